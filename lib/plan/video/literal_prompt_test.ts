import { assertEquals } from "@std/assert";
import { findLiteralPrompt } from "./literal_prompt.ts";

Deno.test("a literal prompt is what follows its marker", () => {
  const rows: [string, string | undefined][] = [
    ["use this prompt exactly: a red fox", "a red fox"],
    ['Use this prompt exactly: "a red fox"', "a red fox"],
    ["exact prompt: “a red fox”", "a red fox"],
    ["Please make a video. Prompt to use:\n```\na red fox\nin snow\n```", "a red fox\nin snow"],
    ["exact prompt:\n```text\na fox\n```\nthanks", "a fox"],
    ["Do not change the prompt. Prompt: a fox: red", "a fox: red"],
    ["don't alter my prompt, prompt: 'a fox'", "a fox"],
    ["use the following prompt verbatim: a fox", "a fox"],
    ['exact prompt: "a" and "b"', '"a" and "b"'],
    ["prompt: a fox", undefined],
    ["do not change the prompt, thanks", undefined],
    ["exact prompt: ab", undefined],
    ["a prompt answer", undefined],
    ["a fox in the snow", undefined],
  ];
  for (const [prompt, text] of rows) assertEquals(findLiteralPrompt(prompt), text, prompt);
});
