import { assert, assertEquals } from "@std/assert";
import {
  durationText,
  type ProgressState,
  renderBar,
  renderEvent,
  renderPlain,
} from "./progress.ts";
import { chooseProgressMode, ProgressPrinter } from "./progress_printer.ts";
import { Reporter } from "./reporter.ts";

const STATE: ProgressState = {
  label: "Image",
  fraction: 0.5,
  completed: 1,
  total: 2,
  etaSeconds: 4.2,
  elapsedSeconds: 3,
};

Deno.test("the bar shows how far, how many and how long", () => {
  assertEquals(renderBar(STATE, 80), "Image ▕████████████            ▏  50%  1/2  about 5s left");
  assertEquals(
    renderBar({ ...STATE, fraction: 0 }, 80, false),
    "Image [------------------------]   0%  1/2  about 5s left",
  );
});

Deno.test("the bar keeps to the width and to one line", () => {
  const line = renderBar({ ...STATE, phase: "queued\n\u001b[31m (3 ahead)" }, 40);
  assert(line.length < 40);
  assert(!line.includes("\n") && !line.includes("\u001b"));
});

Deno.test("strange fractions are tamed", () => {
  for (const fraction of [NaN, -1, 2, Infinity]) {
    assert(/ (0|100)%/.test(renderBar({ ...STATE, fraction }, 80)));
  }
});

Deno.test("plain lines and events", () => {
  assertEquals(renderPlain(STATE), "Progress: 50%");
  assertEquals(JSON.parse(renderEvent(STATE)), {
    event: "progress",
    percent: 50,
    completed: 1,
    total: 2,
    etaSeconds: 4,
    elapsedSeconds: 3,
    phase: null,
  });
});

Deno.test("durations are short", () => {
  assertEquals([0.2, 59, 60, 125].map(durationText), ["1s", "59s", "1m 00s", "2m 05s"]);
});

const MODES: [string, Parameters<typeof chooseProgressMode>[0], string][] = [
  ["a terminal", { quiet: false, stderrIsTerminal: true, env: {} }, "bar"],
  ["a pipe", { quiet: false, stderrIsTerminal: false, env: {} }, "plain"],
  ["quiet", { quiet: true, stderrIsTerminal: true, env: {} }, "none"],
  ["a dumb terminal", { quiet: false, stderrIsTerminal: true, env: { TERM: "dumb" } }, "plain"],
  ["accessible", { quiet: false, stderrIsTerminal: true, env: { ACCESSIBLE: "1" } }, "plain"],
  ["asked for", { asked: "ndjson", quiet: true, stderrIsTerminal: false, env: {} }, "ndjson"],
];
for (const [name, surroundings, mode] of MODES) {
  Deno.test(`progress on ${name}: ${mode}`, () => {
    assertEquals(chooseProgressMode(surroundings), mode);
  });
}

Deno.test("the bar takes itself away before a line", () => {
  const written: string[] = [];
  const report = new Reporter(
    { write: (_, data) => void written.push(data) },
    { json: false, quiet: false, openclaw: false },
  );
  const printer = new ProgressPrinter(report, "bar", 80, true);
  printer.show(STATE, 1000);
  printer.show({ ...STATE, fraction: 0.51 }, 1001);
  report.note("Saved to a.png");
  assertEquals(written.length, 3);
  assertEquals(written.slice(1), ["\r\u001b[K", "Saved to a.png\n"]);
});

Deno.test("plain progress comes in quarters", () => {
  const written: string[] = [];
  const report = new Reporter(
    { write: (_, data) => void written.push(data) },
    { json: false, quiet: false, openclaw: false },
  );
  const printer = new ProgressPrinter(report, "plain", 80, true);
  for (let percent = 0; percent <= 100; percent++) {
    printer.show({ ...STATE, fraction: percent / 100 });
  }
  assertEquals(written, ["Progress: 25%\n", "Progress: 50%\n", "Progress: 75%\n"]);
});
