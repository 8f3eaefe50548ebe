/**
 * The tables of rules, from argv to the socket: each line is parsed, planned and sent by the real
 * service code to the sandbox in this process, and its request is read as it arrived there.
 */
import { assert, assertEquals } from "@std/assert";
import { type SentRequest, type Wire, withWire } from "../support/wire_harness.ts";
import { CONFIG_ROWS } from "./wire/config_rows.ts";
import { FILM_ROWS } from "./wire/film_rows.ts";
import { LENGTH_ROWS } from "./wire/length_rows.ts";
import { MONEY_ROWS } from "./wire/money_rows.ts";
import { MUSIC_ROWS } from "./wire/music_rows.ts";
import { PICTURE_ROWS } from "./wire/picture_rows.ts";
import { PROMPT_ROWS } from "./wire/prompt_rows.ts";
import { REFERENCE_PICTURE_ROWS } from "./wire/reference_picture_rows.ts";
import type { WireRow } from "./wire/rows.ts";
import { VENDOR_ROWS } from "./wire/vendor_rows.ts";

const TABLES: Readonly<Record<string, readonly WireRow[]>> = {
  "pictures from words": PICTURE_ROWS,
  "edits, portraits and angles": REFERENCE_PICTURE_ROWS,
  "tokens and seeds": MONEY_ROWS,
  "films": FILM_ROWS,
  "lengths of films": LENGTH_ROWS,
  "films of vendors": VENDOR_ROWS,
  "music": MUSIC_ROWS,
  "what prompts change": PROMPT_ROWS,
  "configuration": CONFIG_ROWS,
};

for (const [name, table] of Object.entries(TABLES)) {
  Deno.test(`on the wire: ${name} (${table.length} lines)`, () =>
    withWire(async (wire) => {
      for (const row of table) await check(wire, row);
    }));
}

async function check(wire: Wire, { line, expected, each = {}, facts }: WireRow): Promise<void> {
  const sent = await wire.send(line, facts).catch((cause: unknown) => {
    throw new Error(`sogni-agent ${line}`, { cause });
  });
  const [first = {}] = sent;
  const found = Object.fromEntries(Object.keys(expected).map((key) => [key, field(first, key)]));
  assertEquals({ line, ...found }, { line, ...expected });
  for (const [key, values] of Object.entries(each)) {
    assertEquals({ line, [key]: sent.map((request) => request[key]) }, { line, [key]: values });
  }
}

/** Absent and null are the same to the service. */
function field(request: SentRequest, key: string): unknown {
  return request[key] ?? (key.startsWith("has") ? false : undefined);
}

Deno.test("there are more than three hundred lines, no two alike", () => {
  const lines = Object.values(TABLES).flat().map((row) => JSON.stringify(row));
  assert(lines.length >= 300, `${lines.length} lines`);
  assertEquals(lines.filter((line, index) => lines.indexOf(line) !== index), []);
});
