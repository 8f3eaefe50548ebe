/** Rows of the tables: a command line, and what has to reach the socket. */
import type { PlanInput } from "../../../lib/plan/types.ts";
import type { SentRequest } from "../../support/wire_harness.ts";

/** One command line. `undefined` means that the field must be absent or null. */
export interface WireRow {
  line: string;
  /** Of the first request. */
  expected: SentRequest;
  /** A field of all requests, in order. */
  each?: Record<string, readonly unknown[]>;
  facts?: Partial<PlanInput>;
}

/** Rows of a line and its fields. */
export function rows(
  table: readonly (readonly [line: string, expected: SentRequest])[],
): WireRow[] {
  return table.map(([line, expected]) => ({ line, expected }));
}

/** Rows of a line and its `WIDTHxHEIGHT`; further fields hold for all of them. */
export function sizes(
  table: readonly (readonly [line: string, size: string])[],
  common: SentRequest = {},
): WireRow[] {
  return table.map(([line, size]) => {
    const [width, height] = size.split("x").map(Number);
    return { line, expected: { ...common, width, height } };
  });
}

/** Rows of a line and its model. */
export function models(
  table: readonly (readonly [line: string, modelID: string])[],
): WireRow[] {
  return table.map(([line, modelID]) => ({ line, expected: { modelID } }));
}
