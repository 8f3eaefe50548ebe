import { assert, assertEquals } from "@std/assert";
import { findFlag } from "./lookup.ts";
import { FLAG_GROUPS, FLAG_ROWS } from "./table.ts";
import type { FlagRow } from "./types.ts";

const ROWS: readonly FlagRow[] = FLAG_ROWS;

Deno.test("no spelling means two flags", () => {
  const seen = new Map<string, string>();
  for (const row of ROWS) {
    for (const spelling of [row.name, ...(row.aliases ?? [])]) {
      assertEquals(seen.get(spelling), undefined, spelling);
      seen.set(spelling, row.name);
      assertEquals(findFlag(spelling), row);
    }
  }
});

Deno.test("spellings are long names in kebab case or single letters", () => {
  for (const row of ROWS) {
    assert(/^--(?:__)?[a-z0-9]+(?:-[a-z0-9]+)*$/.test(row.name), row.name);
    for (const alias of row.aliases ?? []) {
      assert(/^(?:--[a-z0-9]+(?:-[a-z0-9]+)*|-[A-Za-z])$/.test(alias), alias);
    }
  }
});

Deno.test("rows that share a key agree in kind and in being lists", () => {
  for (const row of ROWS) {
    for (const other of ROWS.filter(({ key }) => key === row.key)) {
      assertEquals(other.kind, row.kind, row.name);
      assertEquals(other.repeatable, row.repeatable, row.name);
    }
  }
});

Deno.test("enums have values, and synonyms lead to them", () => {
  for (const row of ROWS) {
    assertEquals(row.values !== undefined, row.kind === "enum", row.name);
    for (const [synonym, value] of Object.entries(row.synonyms ?? {})) {
      assert(row.values?.includes(value), `${row.name} ${synonym}`);
      assertEquals(synonym, synonym.toLowerCase().replace(/[\s_]+/g, "-"), row.name);
    }
  }
});

Deno.test("every flag is in one group, and each has a sentence of help", () => {
  assertEquals(FLAG_GROUPS.flatMap(({ rows }) => rows).length, ROWS.length);
  for (const row of ROWS) {
    assert(FLAG_GROUPS.filter(({ rows }) => rows.includes(row)).length === 1, row.name);
    assert(/^[A-Z].*\.$/.test(row.help) && !row.help.includes("!"), row.name);
  }
});
