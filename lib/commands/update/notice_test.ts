import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { mkdir } from "node:fs/promises";
import { inHome, type TestHome } from "../../store/testing.ts";
import { type NoticeRequest, showUpdateNotice } from "./notice.ts";
import { bannerNotice } from "./notice_text.ts";

const DAY = 24 * 60 * 60 * 1000;
const NOW = 1_800_000_000_000;
const RECORD = ".config/sogni/update-check.json";

function show({ paths }: TestHome, given: Partial<NoticeRequest> = {}): string {
  let said = "";
  showUpdateNotice({
    record: paths.updateCheck,
    running: "3.10.0",
    system: "linux",
    stderrIsTerminal: false,
    env: {},
    now: () => NOW,
    write: (text) => said += text,
    ...given,
  });
  return said;
}

Deno.test("agents get one line, once a day, and the time is recorded beside the rest", () =>
  inHome(async (test) => {
    const record = { lastCheckedAt: NOW, lastKnownLatest: "3.11.0", more: 1 };
    await test.put(RECORD, JSON.stringify(record));
    const line = show(test);
    assertMatch(line, /^\[sogni-agent\] Update available: 3\.10\.0 -> 3\.11\.0 [^\n]+\n$/);
    for (const part of ["sogni-agent self-update", "--whats-new", "--snooze-update"]) {
      assertStringIncludes(line, part);
    }
    assertEquals(JSON.parse(await test.text(test.paths.updateCheck)), {
      ...record,
      lastNotifiedAt: NOW,
    });
    assertEquals(show(test), "");
    assertEquals(show(test, { now: () => NOW + DAY - 1 }), "");
    assertMatch(show(test, { now: () => NOW + DAY }), /^\[sogni-agent\]/);
  }));

Deno.test("people get five lines each time, and nothing is recorded", () =>
  inHome(async (test) => {
    const text = JSON.stringify({ lastCheckedAt: NOW, lastKnownLatest: "3.11.0" });
    await test.put(RECORD, text);
    const request = { stderrIsTerminal: true, env: { NO_COLOR: "1" } };
    const banner = show(test, request);
    const lines = banner.split("\n");
    assertEquals(lines.length, 6);
    assertEquals([lines[0], lines[4], lines[5]], ["", "", ""]);
    assertStringIncludes(lines[1] ?? "", "3.10.0 -> 3.11.0");
    assertEquals(show(test, request), banner);
    assertEquals(await test.text(test.paths.updateCheck), text);
  }));

Deno.test("the banner has colour unless it is unwanted", () =>
  inHome(async (test) => {
    await test.put(RECORD, JSON.stringify({ lastCheckedAt: NOW, lastKnownLatest: "3.11.0" }));
    const coloured = (env: Record<string, string>) =>
      show(test, { stderrIsTerminal: true, env }).includes("\u001b[");
    assertEquals([{}, { NO_COLOR: "" }, { NO_COLOR: "1" }, { TERM: "dumb" }].map(coloured), [
      true,
      true,
      false,
      false,
    ]);
    const facts = { current: "1.0.0", latest: "2.0.0", command: "brew upgrade sogni-agent" };
    const count = (command: string) =>
      bannerNotice({ ...facts, command }, false).split("sogni-agent self-update").length - 1;
    assertStringIncludes(bannerNotice(facts, false), "brew upgrade sogni-agent");
    assertEquals([facts.command, "sogni-agent self-update"].map(count), [1, 1]);
  }));

Deno.test("nothing is said without a newer version or while it is snoozed", () =>
  inHome(async (test) => {
    assertEquals(show(test), "");
    const snooze = { version: "3.11.0", level: 1, until: NOW + 1 };
    const rows = [
      "broken",
      '{"lastKnownLatest":"3.10.0"}',
      JSON.stringify({ lastKnownLatest: "3.11.0", snooze }),
      '{"lastKnownLatest":"v9.0.0"}',
    ];
    for (const text of rows) {
      await test.put(RECORD, text);
      assertEquals(show(test), "", text);
      assertEquals(show(test, { stderrIsTerminal: true }), "", text);
    }
  }));

Deno.test("a record that cannot be written does not silence the notice", () =>
  inHome(async (test) => {
    await test.put(RECORD, '{"lastKnownLatest":"3.11.0"}');
    await mkdir(`${test.paths.updateCheck}.lock`);
    assert(show(test).startsWith("[sogni-agent]"));
  }));
