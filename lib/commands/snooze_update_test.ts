import { assertEquals } from "@std/assert";
import { inHome } from "../store/testing.ts";
import { snoozeUpdate } from "./snooze_update.ts";

const DAY = 24 * 60 * 60 * 1000;
const NOW = 1_800_000_000_000;
const RECORD = ".config/sogni/update-check.json";

Deno.test("each use climbs the ladder and is written", () =>
  inHome(async ({ host, paths, put, text }) => {
    await put(RECORD, JSON.stringify({ lastCheckedAt: 1, lastKnownLatest: "3.11.0" }));
    for (const [level, days] of [[1, 1], [2, 2], [3, 7], [3, 7]] as const) {
      const snooze = { version: "3.11.0", level, until: NOW + days * DAY };
      assertEquals(await snoozeUpdate(host, "3.10.0", NOW), snooze);
      assertEquals(JSON.parse(await text(paths.updateCheck)).snooze, snooze);
    }
  }));

Deno.test("without a newer version there is nothing to snooze, and nothing is written", () =>
  inHome(async ({ host, paths, put, text }) => {
    assertEquals(await snoozeUpdate(host, "3.10.0", NOW), undefined);
    assertEquals(await host.files.stat(paths.updateCheck), undefined);
    const record = JSON.stringify({ lastCheckedAt: 1, lastKnownLatest: "3.10.0" });
    await put(RECORD, record);
    assertEquals(await snoozeUpdate(host, "3.10.0", NOW), undefined);
    assertEquals(await text(paths.updateCheck), record);
  }));
