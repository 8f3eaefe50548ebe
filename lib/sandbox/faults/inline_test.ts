import { assertEquals } from "@std/assert";
import { readMarkers } from "./inline.ts";

const TABLE: { text: string; prompt: string; rules: unknown[] }[] = [
  { text: "a cat", prompt: "a cat", rules: [] },
  { text: "a  cat", prompt: "a  cat", rules: [] },
  { text: "a cat [[fault:stall]]", prompt: "a cat", rules: [{ fault: "stall" }] },
  {
    text: '[[fault:error code=4078 message="not covered" level=output]] a cat',
    prompt: "a cat",
    rules: [{ fault: "error", code: 4078, message: "not covered", level: "output" }],
  },
  {
    text: "a [[fault:duplicate]] cat [[fault:slow factor=2.5]]",
    prompt: "a cat",
    rules: [{ fault: "duplicate" }, { fault: "slow", factor: 2.5 }],
  },
  {
    text: "x [[fault:filtered detected=true]]",
    prompt: "x",
    rules: [{ fault: "filtered", detected: true }],
  },
  // What is no valid rule stays where it can be seen.
  { text: "a [[fault:explode]]", prompt: "a [[fault:explode]]", rules: [] },
  { text: "a [[fault:stall code=1]]", prompt: "a [[fault:stall code=1]]", rules: [] },
  { text: "a [[fault:]] [fault:stall]", prompt: "a [[fault:]] [fault:stall]", rules: [] },
];

Deno.test("markers leave the prompt and become rules", () => {
  for (const { text, prompt, rules } of TABLE) {
    const marked = readMarkers(text);
    assertEquals(marked.prompt, prompt);
    assertEquals<unknown>(marked.rules, rules);
  }
});
