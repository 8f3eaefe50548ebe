import { assertEquals } from "@std/assert";
import { Reporter, type ReportStyle } from "./reporter.ts";

function reporter(style: Partial<ReportStyle> = {}) {
  const written: string[] = [];
  const report = new Reporter(
    { write: (stream, data) => void written.push(`${stream}: ${data}`) },
    { json: false, quiet: false, openclaw: false, ...style },
  );
  return { report, written };
}

Deno.test("notes and warnings go to stderr and are silent with --quiet, important lines are not", () => {
  for (const quiet of [false, true]) {
    const { report, written } = reporter({ quiet });
    report.note("a note");
    report.warn("a warning");
    report.warn("Warning: marked already");
    report.important("a fact");
    assertEquals(
      written,
      quiet ? ["stderr: a fact\n"] : [
        "stderr: a note\n",
        "stderr: Warning: a warning\n",
        "stderr: Warning: marked already\n",
        "stderr: a fact\n",
      ],
    );
  }
});

Deno.test("a result is text on stdout, or one JSON object", () => {
  const text = reporter();
  text.report.result({ success: true }, ["one", "two"]);
  text.report.result({ success: true }, "three");
  assertEquals(text.written, ["stdout: one\n", "stdout: two\n", "stdout: three\n"]);
  assertEquals(text.report.done, false);

  const json = reporter({ json: true });
  json.report.result({ success: true, url: "u" }, "u");
  assertEquals(json.written, ['stdout: {"success":true,"url":"u"}\n']);
  assertEquals(json.report.done, true);
});

Deno.test("with --json the first object is the only one", () => {
  const { report, written } = reporter({ json: true });
  report.result({ success: true }, "");
  report.failure({ success: false }, ["Error: late"]);
  report.result({ success: true }, "");
  assertEquals(written, ['stdout: {"success":true}\n']);
});

Deno.test("a failure is JSON, text, or both under OpenClaw", () => {
  const rows: [Partial<ReportStyle>, string[]][] = [
    [{}, ["stderr: Error: x\n", "stderr: Hint: y\n"]],
    [{ json: true }, ['stdout: {"success":false}\n']],
    [{ openclaw: true }, [
      'stdout: {"success":false}\n',
      "stderr: Error: x\n",
      "stderr: Hint: y\n",
    ]],
    [{ openclaw: true, json: true }, ['stdout: {"success":false}\n']],
    [{ quiet: true }, ["stderr: Error: x\n", "stderr: Hint: y\n"]],
  ];
  for (const [style, expected] of rows) {
    const { report, written } = reporter(style);
    report.failure({ success: false }, ["Error: x", "Hint: y"]);
    assertEquals(written, expected);
  }
});

Deno.test("text from outside cannot steer the terminal", () => {
  const { report, written } = reporter();
  report.note("a\u001b[31mred\u0007");
  report.result({}, "b\u001b]0;title\u0007c");
  report.failure({}, ["d\u202ee"]);
  assertEquals(written, ["stderr: ared\n", "stdout: bc\n", "stderr: de\n"]);
});

Deno.test("a progress bar takes itself away before each line", () => {
  const { report, written } = reporter();
  report.onBeforeLine(() => written.push("cleared"));
  report.note("a note");
  report.result({}, "a result");
  report.failure({}, []);
  assertEquals(written, [
    "cleared",
    "stderr: a note\n",
    "cleared",
    "stdout: a result\n",
    "cleared",
  ]);
});

Deno.test("what is hidden is in nothing that is said, also where JSON would escape it", () => {
  const key = 'sk-"quoted"-key';
  const text = reporter();
  text.report.hide(` ${key}\n`);
  text.report.important(`[sdk] refused ${key}`);
  text.report.result({}, [`it said ${key}.`, "plain"]);
  assertEquals(text.written, [
    "stderr: [sdk] refused [REDACTED]\n",
    "stdout: it said [REDACTED].\n",
    "stdout: plain\n",
  ]);
  const json = reporter({ json: true });
  json.report.hide(key);
  json.report.result({ content: `it said ${key}.` }, "");
  assertEquals(json.written, ['stdout: {"content":"it said [REDACTED]."}\n']);
});

Deno.test("JSON holds no character that a terminal obeys", () => {
  const { report, written } = reporter({ json: true });
  report.failure({ error: "a\u009b31m\u202e\u007f" }, []);
  assertEquals(written, ['stdout: {"error":"a\\u009b31m\\u202e\\u007f"}\n']);
});
