import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { AppError } from "../../errors/app_error.ts";
import { parseFaultScript } from "./parse.ts";
import { FAULT_PARAMETERS } from "./script.ts";

Deno.test("a script may be an array, one rule, or an object with rules", () => {
  const rule = { fault: "stall", job: 2 };
  for (const value of [[rule], rule, { rules: [rule] }]) {
    assertEquals(parseFaultScript(JSON.stringify(value)), [{ fault: "stall", job: 2 }]);
  }
  assertEquals(parseFaultScript("[]"), []);
});

Deno.test("every fault is accepted with its name alone", () => {
  for (const fault of Object.keys(FAULT_PARAMETERS)) {
    assertEquals(parseFaultScript(JSON.stringify({ fault })).length, 1, fault);
  }
});

Deno.test("what cannot be used is named", () => {
  const table: [string, string][] = [
    ["nonsense", "is not JSON"],
    ["[3]", "rule 1 is not an object"],
    ['[{"fault":"stall"},{"fault":"explode"}]', 'rule 2 names the unknown fault "explode"'],
    ["[{}]", "rule 1 names the unknown fault null"],
    ['{"fault":"stall","code":3}', 'unknown parameter "code"'],
    ['{"fault":"stall","phase":"later"}', '"phase" must be one of connected, request, queued'],
    ['{"fault":"error","code":true}', '"code" must be a number or word (got true)'],
    ['{"fault":"filtered","sources":"image"}', '"sources" must be a list of texts'],
    ['{"fault":"error","fields":[]}', '"fields" must be an object'],
    ['{"fault":"toString"}', 'unknown fault "toString"'],
    ['{"fault":"stall","constructor":1}', 'unknown parameter "constructor"'],
  ];
  for (const [text, message] of table) {
    const error = assertThrows(() => parseFaultScript(text), AppError);
    assertEquals(error.code, "INVALID_ARGUMENT");
    assertStringIncludes(error.message, message);
  }
});
