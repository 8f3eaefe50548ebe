import { assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { parse } from "../../cli/parse.ts";
import { AppError } from "../../errors/app_error.ts";
import { argumentsOf } from "./arguments.ts";

const PLACE = { env: {}, home: "/home/user" };

for (
  const [value, argv] of [
    [["-o", "a.png", "a fox"], ["-o", "a.png", "a fox"]],
    [{ args: ["a fox"] }, ["a fox"]],
    [{ prompt: "a fox" }, ["--", "a fox"]],
    [{ prompt: "-5 degrees", output: "a.png" }, ["--output=a.png", "--", "-5 degrees"]],
    [{ width: 768, video: true, prompt: "x" }, ["--width=768", "--video", "--", "x"]],
    [{ video: false, prompt: "x" }, ["--", "x"]],
    [{ thinking: false }, ["--no-thinking"]],
    [{ "max-cost": 3, prompt: "x" }, ["--max-cost=3", "--", "x"]],
    [{ context: ["a.png", "b.png"], prompt: "x" }, [
      "--context=a.png",
      "--context=b.png",
      "--",
      "x",
    ]],
  ] as [unknown, string[]][]
) {
  Deno.test(`${JSON.stringify(value)} is ${argv.join(" ")}`, () => {
    assertEquals(argumentsOf(value, "f:1"), argv);
  });
}

for (
  const [value, words] of [
    ["a fox", "f:1 is no job"],
    [null, "f:1 is no job"],
    [{ args: ["x"], prompt: "y" }, "f:1 is no job"],
    [{ widht: 5 }, '"widht"'],
    [{ video: "yes" }, "video must be true or false"],
    [{ width: { a: 1 } }, "width must be text or a number"],
    [{ prompt: 5 }, "prompt must be text"],
  ] as [unknown, string][]
) {
  Deno.test(`${JSON.stringify(value)} is refused`, () => {
    const error = assertThrows(() => argumentsOf(value, "f:1"), AppError, words);
    assertEquals(error.code, "INVALID_ARGUMENT");
  });
}

Deno.test("any prompt comes through as it is", () => {
  fc.assert(fc.property(fc.string({ minLength: 1, unit: "grapheme" }), (prompt) => {
    assertEquals(parse(argumentsOf({ prompt }, "f:1"), PLACE).prompt, prompt);
  }));
});

Deno.test("whatever the JSON, it is read or refused", () => {
  fc.assert(fc.property(fc.jsonValue(), (value) => {
    try {
      argumentsOf(value, "f:1");
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
    }
  }));
});
