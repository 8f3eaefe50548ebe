import { assert, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { AppError } from "../errors/app_error.ts";
import { parse } from "./parse.ts";

function refused(argv: string[], env: Record<string, string> = {}): AppError {
  return assertThrows(() => parse(argv, { env, home: "/home/mara" }), AppError);
}

Deno.test("a prompt that stands before the mistake is known", () => {
  const rows: [string[], string | null][] = [
    [["a cat", "--nonsense"], "a cat"],
    [["-n", "2", "a cat", "a dog", "--steps", "x"], "a cat"],
    [["--nonsense", "a cat"], null],
    [["--steps", "x"], null],
    [["jobs", "list", "--nonsense"], null],
  ];
  for (const [argv, prompt] of rows) {
    const soFar = { prompt: null };
    assertThrows(() => parse(argv, { env: {}, home: "/home/mara" }, soFar), AppError);
    assertEquals(soFar.prompt, prompt, argv.join(" "));
  }
});

Deno.test("values that cannot be used are INVALID_ARGUMENT with the contract's details", () => {
  const rows: [string[], Record<string, unknown> | undefined][] = [
    [["--steps"], { flag: "--steps" }],
    [["-n"], { flag: "-n" }],
    [["--memory-set", "k"], { flag: "--memory-set" }],
    [["--steps", "5.5"], { flag: "--steps", value: "5.5" }],
    [["--steps", "many"], { flag: "--steps", value: "many" }],
    [["--steps", ""], { flag: "--steps", value: "" }],
    [["--steps="], { flag: "--steps", value: "" }],
    [["--steps", "--json"], { flag: "--steps", value: "--json" }],
    [["--guidance", "Infinity"], { flag: "--guidance", value: "Infinity" }],
    [["--steps", "0"], { flag: "--steps", value: 0, min: 1 }],
    [["-w", "0"], { flag: "-w", value: 0, min: 1, max: 8192 }],
    [["--width", "8193"], { flag: "--width", value: 8193, min: 1, max: 8192 }],
    [["--bpm", "29"], { flag: "--bpm", value: 29, min: 30, max: 300 }],
    [["--creativity", "2.1"], { flag: "--creativity", value: 2.1, min: 0, max: 2 }],
    [["--audio-start", "-1"], { flag: "--audio-start", value: -1, min: 0 }],
    [["--list-replays", "0"], { flag: "--list-replays", value: 0, min: 1 }],
    [["--list-replays", "-4"], { flag: "--list-replays", value: -4, min: 1 }],
    [["--seed", "-1"], { flag: "--seed", value: -1 }],
    [["--seed", "4294967296"], { flag: "--seed", value: 4294967296 }],
    [["--seed", "1.5"], { flag: "--seed", value: "1.5" }],
    [["--lora-strengths", "1,x"], { flag: "--lora-strengths", value: "x" }],
    [["--lora-strengths", "1,,2"], { flag: "--lora-strengths", value: "" }],
    [["-Q", "best"], { flag: "-Q", value: "best" }],
    [["--token-type", "gold"], { flag: "--token-type", value: "gold" }],
    [["--seed-strategy", "x"], { flag: "--seed-strategy", value: "x" }],
    [["--task-profile", "x"], { flag: "--task-profile", value: "x" }],
    [["--api-tools", "x"], { flag: "--api-tools", value: "x" }],
    [["--api-workflow=x"], { flag: "--api-workflow", value: "x" }],
    [["--output-format", "gif"], { outputFormat: "gif" }],
    [["--workflow", "x2v"], { workflow: "x2v" }],
    [["--distance", "far"], {
      field: "distance",
      value: "far",
      allowed: ["close-up", "medium", "wide"],
    }],
    [["--timesig", "5/4"], { flag: "--timesig", value: "5/4", allowed: ["2", "3", "4", "6"] }],
    [["--control-type", "lines"], {
      flag: "--control-type",
      value: "lines",
      allowed: ["canny", "pose", "depth", "detailer", "outpaint", "inpaint"],
    }],
    [["--concat-videos"], { flag: "--concat-videos", clipsProvided: 0 }],
    [["--concat-videos", "o", "a"], { flag: "--concat-videos", clipsProvided: 1 }],
    [["--concat-videos", "o", "a", "-q", "b"], { flag: "--concat-videos", clipsProvided: 1 }],
    [["--json=yes"], { flag: "--json", value: "yes" }],
    [["--nonsense"], undefined],
    [["--jsn"], undefined],
    [["--JSON"], undefined],
    [["-x"], undefined],
    [["-"], undefined],
    [["-vq"], undefined],
    [["-n4"], undefined],
    [["-n 4"], undefined],
    [["--steps 4"], undefined],
    [["--nonsense=a b"], undefined],
    [["\u2014video", "a cat"], undefined],
    [["--json", "--whats-new"], undefined],
    [["a cat", "--snooze-update"], undefined],
    [["-q", "--__update-check"], undefined],
    [["--json", "self-update"], { command: "self-update" }],
    [["--json", "jobs", "list"], { command: "jobs" }],
  ];
  for (const [argv, details] of rows) {
    const error = refused(argv);
    assertEquals(error.code, "INVALID_ARGUMENT", argv.join(" "));
    assertEquals(error.details, details, argv.join(" "));
    assert(error.hint, argv.join(" "));
    assert(!`${error.message}${error.hint}`.includes("!"), argv.join(" "));
  }
});

Deno.test("the first flag that cannot be used is the one reported", () => {
  const rows: [string[], string][] = [
    [["--steps", "x", "--width", "x"], "--steps"],
    [["--width", "x", "--steps", "x"], "--width"],
    [["--steps", "x", "--nonsense"], "--steps"],
    [["--nonsense", "--steps", "x"], "--nonsense"],
    [["--steps", "x", "--help"], "--steps"],
    [["-n", "99", "--last"], "-n"],
  ];
  for (const [argv, named] of rows) assertStringIncludes(refused(argv).message, named);
});

Deno.test("the hint for an unknown option says what was meant, and how prompts get through", () => {
  const rows: [string[], string][] = [
    [["--widht", "1"], "Did you mean --width?"],
    [["--WIDTH", "1"], "Did you mean --width?"],
    [["--stepz=3"], "Did you mean --steps?"],
    [["-width", "3"], "Did you mean --width?"],
    [["-n4"], "Short options stand alone: -n value."],
    [["-vq"], "Short options stand alone: -v."],
    [["-n 4"], "Write -n and its value as two arguments."],
    [["a", "--whats-new"], "--whats-new works as the first argument only."],
    [["\u2013\u2013steps", "4"], "Flags begin with two plain hyphens."],
  ];
  for (const [argv, hint] of rows) {
    const error = refused(argv);
    assertStringIncludes(error.message, "Unknown option", argv.join(" "));
    assertStringIncludes(error.hint ?? "", hint, argv.join(" "));
    assertStringIncludes(error.hint ?? "", "--help");
    assertStringIncludes(error.hint ?? "", "-- ");
  }
});

Deno.test("a misspelt enum value is answered with the nearest one", () => {
  assertStringIncludes(refused(["--distance", "medum"]).hint ?? "", "--distance medium");
});

Deno.test("the count is capped by SOGNI_MAX_COUNT", () => {
  const rows: [string | undefined, string, number | undefined][] = [
    [undefined, "16", undefined],
    [undefined, "17", 16],
    ["4", "4", undefined],
    ["4", "5", 4],
    ["100", "100", undefined],
    ["0", "17", 16],
    ["-3", "17", 16],
    ["2.5", "16", undefined],
    ["many", "17", 16],
    ["", "17", 16],
  ];
  for (const [limit, count, max] of rows) {
    const env = limit === undefined ? {} : { SOGNI_MAX_COUNT: limit };
    if (max === undefined) {
      assertEquals(parse(["-n", count], { env, home: "" }).options.count, Number(count));
      continue;
    }
    const error = refused(["-n", count], env);
    assertEquals(error.code, "COUNT_LIMIT_EXCEEDED");
    assertEquals(error.details, { flag: "-n", value: Number(count), max });
    assertStringIncludes(error.hint ?? "", `SOGNI_MAX_COUNT=${count}`);
  }
});

Deno.test("paths with control characters are INVALID_PATH; URLs are left to their own check", () => {
  for (const flag of ["-c", "--ref", "-o", "--ref-audio", "--concat-audio"]) {
    for (const character of ["\u0000", "\u0001", "\n", "\r", "\u007f"]) {
      const error = refused([flag, `a${character}.png`]);
      assertEquals([error.code, error.details?.flag], ["INVALID_PATH", flag]);
    }
  }
  // Where a flag takes several paths, each of them counts.
  for (
    const argv of [["--extract-last-frame", "a", "b\n"], ["--concat-videos", "o", "a", "b\u0001"]]
  ) {
    assertEquals(refused(argv).code, "INVALID_PATH");
  }
  const context = ["a\tb.png", "https://example.org/a\n.png", "data:image/png;base64,AA\nAA"];
  const argv = context.flatMap((value) => ["-c", value]);
  assertEquals(parse(argv, { env: {}, home: "" }).options.context, context);
});
