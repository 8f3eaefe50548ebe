import { assertEquals } from "@std/assert";
import { inHome } from "../store/testing.ts";
import { VERSION } from "../platform/version.ts";
import { checkForUpdate } from "./update_check.ts";

const NOW = 1_800_000_000_000;
const RECORD = ".config/sogni/update-check.json";

Deno.test("the first check writes what it found", () =>
  inHome(async ({ host, paths, text }) => {
    await checkForUpdate(host, () => Promise.resolve("9.0.0"), () => NOW);
    assertEquals(JSON.parse(await text(paths.updateCheck)), {
      lastCheckedAt: NOW,
      lastKnownLatest: "9.0.0",
      currentVersion: VERSION,
    });
  }));

Deno.test("a failed check writes the time, and keeps the version, the snooze and the notice", () =>
  inHome(async ({ host, paths, put, text }) => {
    const snooze = { version: "9.0.0", level: 2, until: NOW + 1 };
    const before = { lastCheckedAt: 1, lastKnownLatest: "9.0.0", lastNotifiedAt: 4, snooze };
    await put(RECORD, JSON.stringify(before));
    await checkForUpdate(host, () => Promise.reject(new Error("offline")), () => NOW);
    assertEquals(JSON.parse(await text(paths.updateCheck)), {
      ...before,
      lastCheckedAt: NOW,
      currentVersion: VERSION,
    });
  }));

Deno.test("of many processes that start at once only one asks", () =>
  inHome(async ({ host, text, paths }) => {
    let asked = 0;
    const ask = () => {
      asked++;
      return Promise.resolve("9.1.0");
    };
    await Promise.all([1, 2, 3, 4].map(() => checkForUpdate(host, ask, () => NOW)));
    await checkForUpdate(host, ask, () => NOW + 1000);
    assertEquals(asked, 1);
    assertEquals(JSON.parse(await text(paths.updateCheck)).lastKnownLatest, "9.1.0");
  }));

Deno.test("a home that is gone stays gone, and a folder that cannot be written is not asked for", () =>
  inHome(async ({ host, home, put }) => {
    let asked = 0;
    const ask = () => Promise.resolve(String(asked++));
    const gone = { ...host, facts: { ...host.facts, home: `${home}/gone` } };
    await checkForUpdate(gone, ask);
    assertEquals(await host.files.stat(`${home}/gone`), undefined);
    await put(".config", "a file in the way");
    await checkForUpdate(host, ask).catch(() => {});
    assertEquals(asked, 0);
  }));
