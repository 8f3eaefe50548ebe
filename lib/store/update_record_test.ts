import { assertEquals } from "@std/assert";
import { readdir } from "node:fs/promises";
import { inHome } from "./testing.ts";
import { changeUpdateRecord } from "./update_record.ts";
import { parseUpdateRecord } from "./update_record_text.ts";

Deno.test("a record is read field by field", () => {
  const rows: [string | undefined, unknown][] = [
    [undefined, undefined],
    ["", undefined],
    ["{", undefined],
    ["[]", undefined],
    ["null", undefined],
    ["{}", { lastCheckedAt: 0, lastKnownLatest: null, currentVersion: null }],
    [
      '\ufeff{"lastCheckedAt":5,"lastKnownLatest":"3.11.0","currentVersion":"3.10.0","lastNotifiedAt":7}',
      {
        lastCheckedAt: 5,
        lastKnownLatest: "3.11.0",
        currentVersion: "3.10.0",
        lastNotifiedAt: 7,
      },
    ],
    [
      '{"lastCheckedAt":"5","lastKnownLatest":4,"snooze":{"version":"3.11.0","level":2,"until":9}}',
      {
        lastCheckedAt: 0,
        lastKnownLatest: null,
        currentVersion: null,
        snooze: { version: "3.11.0", level: 2, until: 9 },
      },
    ],
    [
      '{"lastCheckedAt":1,"snooze":{"version":"3.11.0"},"lastNotifiedAt":"x"}',
      { lastCheckedAt: 1, lastKnownLatest: null, currentVersion: null },
    ],
  ];
  for (const [text, expected] of rows) assertEquals(parseUpdateRecord(text), expected, text);
});

Deno.test("a change keeps every other field, also those it does not know", () =>
  inHome(async ({ host, paths, put, text, mode }) => {
    await put(
      ".config/sogni/update-check.json",
      '{"lastCheckedAt":1,"lastKnownLatest":"3.11.0","snooze":{"version":"3.11.0","level":1,"until":2},"more":true}',
    );
    await changeUpdateRecord(host, paths.updateCheck, (current) => {
      assertEquals(current?.snooze?.level, 1);
      return { lastCheckedAt: 10 };
    });
    assertEquals(JSON.parse(await text(paths.updateCheck)), {
      lastCheckedAt: 10,
      lastKnownLatest: "3.11.0",
      snooze: { version: "3.11.0", level: 1, until: 2 },
      more: true,
    });
    assertEquals(await mode(paths.updateCheck), 0o600);
  }));

Deno.test("without a change nothing is written, and a damaged record is kept aside", () =>
  inHome(async ({ host, paths, put, text }) => {
    await changeUpdateRecord(host, paths.updateCheck, () => undefined);
    assertEquals(await host.files.stat(paths.updateCheck), undefined);
    await put(".config/sogni/update-check.json", "not json");
    await changeUpdateRecord(host, paths.updateCheck, (current) => {
      assertEquals(current, undefined);
      return { lastCheckedAt: 3 };
    });
    assertEquals(JSON.parse(await text(paths.updateCheck)), { lastCheckedAt: 3 });
    const kept = (await readdir(paths.base)).filter((name) => name.includes(".damaged-"));
    assertEquals(kept.length, 1);
  }));
