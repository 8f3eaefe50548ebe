import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { AppError } from "../errors/app_error.ts";
import { FLAGS_BY_SPELLING } from "./flags/lookup.ts";
import { FLAG_ROWS } from "./flags/table.ts";
import type { FlagRow } from "./flags/types.ts";
import { parse } from "./parse.ts";
import { PENDING_FLAGS } from "./pending.ts";
import { COMMAND_WORDS } from "./words.ts";

const SURROUNDINGS = { env: {}, home: "/home/mara" };

Deno.test("whatever is typed is read or refused by an AppError", () => {
  const argument = fc.oneof(
    fc.string(),
    fc.constantFrom(...FLAGS_BY_SPELLING.keys(), ...COMMAND_WORDS.map(({ name }) => name), "--"),
    fc.tuple(fc.constantFrom(...FLAGS_BY_SPELLING.keys()), fc.string())
      .map(([spelling, value]) => `${spelling}=${value}`),
    fc.constantFrom("-1", "0", "1e2", "NaN", "__proto__", "constructor", "--__proto__", "toString"),
  );
  fc.assert(
    fc.property(fc.array(argument, { maxLength: 8 }), (argv) => {
      try {
        const read = parse(argv, SURROUNDINGS);
        assertEquals(typeof read.command, "string");
        assertEquals(Object.getPrototypeOf(read.options), Object.prototype);
      } catch (error) {
        assert(error instanceof AppError, String(error));
        assert(!error.message.includes("undefined"), error.message);
      }
    }),
    { numRuns: 5_000 },
  );
});

Deno.test("valid options come back as they were typed, in both ways of writing", () => {
  const rows = (FLAG_ROWS as readonly FlagRow[]).filter((row) =>
    !row.firstOnly && !["help", "last", "watchWorkflow"].includes(row.key) &&
    !Object.hasOwn(PENDING_FLAGS, row.key)
  );
  const some = fc.uniqueArray(fc.constantFrom(...rows), {
    selector: ({ key }) => key,
    maxLength: 6,
  });
  const typed = some.chain((chosen) => fc.tuple(...chosen.map(use)));
  fc.assert(
    fc.property(typed, fc.boolean(), (uses, prompted) => {
      const groups = uses.map(({ row }) => row.lastOf).filter((group) => group !== undefined);
      fc.pre(new Set(groups).size === groups.length);
      // Turned into commands of their own kind that this build may refuse.
      fc.pre(!uses.some(({ row }) => PENDING_KEYS.has(row.key)));
      const argv = [...(prompted ? ["a prompt"] : []), ...uses.flatMap(({ argv }) => argv)];
      const read = parse(argv, SURROUNDINGS);
      assertEquals(
        { ...read.options },
        Object.fromEntries(uses.map(({ row, value }) => [row.key, value])),
      );
      assertEquals(read.prompt, prompted ? "a prompt" : undefined);
    }),
    { numRuns: 2_000 },
  );
});

/** Keys whose command may be pending. */
const PENDING_KEYS = new Set([
  "doctor",
  "estimate",
  "estimateVideoCost",
  "turnClassify",
  "compileTools",
  "dispatchTool",
]);

interface Use {
  row: FlagRow;
  argv: string[];
  value: unknown;
}

/** One valid use of a flag: how it is typed and what it means. */
function use(row: FlagRow): fc.Arbitrary<Use> {
  const spelling = fc.constantFrom(row.name, ...(row.aliases ?? []));
  if (row.kind === "flag") {
    return spelling.map((name) => ({ row, argv: [name], value: row.value ?? true }));
  }
  if (row.kind === "tuple" || row.kind === "list") {
    const size = row.kind === "tuple" ? row.arity ?? 1 : 3;
    return fc.tuple(spelling, fc.array(plainText(), { minLength: size, maxLength: size }))
      .map(([name, values]) => ({ row, argv: [name, ...values], value: values }));
  }
  return fc.tuple(spelling, scalar(row), fc.boolean()).map(([name, value, inline]) => ({
    row,
    argv: inline ? [`${name}=${value}`] : [name, String(value)],
    value: row.repeatable ? [value] : value,
  }));
}

function scalar(row: FlagRow): fc.Arbitrary<string | number> {
  const { min = -1000, max = 1000 } = row;
  if (row.kind === "int") return fc.integer({ min, max: row.key === "count" ? 16 : max });
  if (row.kind === "number") {
    return fc.double({ min, max, noNaN: true }).map((value) => value === 0 ? 0 : value);
  }
  return row.values ? fc.constantFrom(...row.values) : plainText();
}

/** Text without what has a meaning in some place: commas, a leading dash or tilde. */
function plainText(): fc.Arbitrary<string> {
  return fc.stringMatching(/^[A-Za-z0-9äß]([\w äß./:]{0,12}[\w])?$/);
}
