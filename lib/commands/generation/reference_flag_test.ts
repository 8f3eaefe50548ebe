import { assertEquals, assertStrictEquals } from "@std/assert";
import { parse } from "../../cli/parse.ts";
import { AppError } from "../../errors/app_error.ts";
import { nameReferenceFlag } from "./reference_flag.ts";

const BAD = "https://127.0.0.1/a.png";
const { options } = parse(["-c", "a.png", "-c", BAD, "--ref-audio", "https://b/s.m4a", "x"], {
  env: {},
  home: "",
});

Deno.test("a refused URL is said of the flag that gave it", () => {
  const refused = new AppError("INVALID_URL", "URL refused: no.", { details: { reason: "port" } });
  const rows: [string, string | undefined][] = [
    [BAD, "--context"],
    ["https://b/s.m4a", "--ref-audio"],
    ["https://elsewhere/x", undefined],
  ];
  for (const [source, flag] of rows) {
    const error = nameReferenceFlag(refused, options, source) as AppError;
    assertEquals(error.message, flag ? `${flag}: URL refused: no.` : "URL refused: no.");
    assertEquals(error.details, flag ? { flag, reason: "port" } : { reason: "port" });
  }
});

Deno.test("other errors, and those that name their flag, stay as they are", () => {
  const others = [
    new Error("x"),
    new AppError("MISSING_FILE", "x"),
    new AppError("INVALID_URL", "--ref x", { details: { flag: "--ref" } }),
  ];
  for (const error of others) assertStrictEquals(nameReferenceFlag(error, options, BAD), error);
});
