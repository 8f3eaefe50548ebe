import { assert } from "@std/assert";
import { planVideoOf } from "../../../tests/support/video_plan.ts";

const LENGTH = 100_000;

Deno.test("no prompt can stall planning", () => {
  const pieces = [
    "1",
    "12",
    " ",
    "\n",
    "-",
    ",",
    ":",
    "'",
    '"',
    "‘",
    "’a",
    "“",
    "«",
    "{",
    "{a|",
    "}",
    "a ",
    "A",
    "5s ",
    "5s-",
    "1x",
    "9:",
    "0:00-",
    "720p ",
    "use this prompt ",
    "exact prompt:",
    "width ",
    "TOM: '",
    "\nT",
    ". A",
    "storyboard ",
    "portrait ",
    ", ",
    "says ",
    "[VISUAL",
    "```",
    "你",
    "\u0000",
  ];
  for (const piece of pieces) {
    const prompt = `x ${piece.repeat(Math.ceil(LENGTH / piece.length))}`;
    const start = performance.now();
    planVideoOf({ seed: 1, ref: "square.png" }, prompt);
    const took = performance.now() - start;
    assert(took < 1000, `${JSON.stringify(piece)} took ${Math.round(took)} ms`);
  }
});
