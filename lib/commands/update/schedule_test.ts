import { assertEquals } from "@std/assert";
import type { Snooze, UpdateRecord } from "../../store/update_record_text.ts";
import { isDue, newerVersion, nextSnooze, versionToAnnounce, wasAnnounced } from "./schedule.ts";

const DAY = 24 * 60 * 60 * 1000;
const NOW = 1_800_000_000_000;

function record(fields: Partial<UpdateRecord> = {}): UpdateRecord {
  return { lastCheckedAt: NOW, lastKnownLatest: "3.11.0", currentVersion: "3.10.0", ...fields };
}

Deno.test("a check is due once a day", () => {
  const rows: [UpdateRecord | undefined, boolean][] = [
    [undefined, true],
    [record(), false],
    [record({ lastCheckedAt: NOW - DAY + 1 }), false],
    [record({ lastCheckedAt: NOW - DAY }), true],
    [record({ lastCheckedAt: NOW + 60_000 }), false],
    [record({ lastCheckedAt: NOW + 2 * DAY }), true],
    [record({ lastCheckedAt: 0 }), true],
  ];
  for (const [given, due] of rows) assertEquals(isDue(given, NOW), due, JSON.stringify(given));
});

Deno.test("only a newer version that is not snoozed is announced", () => {
  const snooze = (version: string, until: number): Snooze => ({ version, level: 1, until });
  const rows: [UpdateRecord | undefined, string | undefined][] = [
    [undefined, undefined],
    [record(), "3.11.0"],
    [record({ lastKnownLatest: "3.10.0" }), undefined],
    [record({ lastKnownLatest: "3.9.0" }), undefined],
    [record({ lastKnownLatest: "latest" }), undefined],
    [record({ lastKnownLatest: null }), undefined],
    [record({ snooze: snooze("3.11.0", NOW + 1) }), undefined],
    [record({ snooze: snooze("3.11.0", NOW) }), "3.11.0"],
    [record({ snooze: snooze("3.10.5", NOW + DAY) }), "3.11.0"],
  ];
  for (const [given, expected] of rows) {
    assertEquals(versionToAnnounce(given, "3.10.0", NOW), expected, JSON.stringify(given));
  }
  assertEquals(newerVersion(record({ snooze: snooze("3.11.0", NOW + 1) }), "3.10.0"), "3.11.0");
});

Deno.test("agents are told once a day", () => {
  assertEquals(wasAnnounced(undefined, NOW), false);
  assertEquals(wasAnnounced(record(), NOW), false);
  assertEquals(wasAnnounced(record({ lastNotifiedAt: NOW - DAY + 1 }), NOW), true);
  assertEquals(wasAnnounced(record({ lastNotifiedAt: NOW - DAY }), NOW), false);
});

Deno.test("snoozing climbs a ladder that a newer version begins again", () => {
  let snooze: Snooze | undefined;
  const days = [1, 2, 7, 7].map(() => {
    snooze = nextSnooze(snooze, "3.11.0", NOW);
    return [snooze.level, (snooze.until - NOW) / DAY];
  });
  assertEquals(days, [[1, 1], [2, 2], [3, 7], [3, 7]]);
  assertEquals(nextSnooze(snooze, "3.12.0", NOW), {
    version: "3.12.0",
    level: 1,
    until: NOW + DAY,
  });
});
