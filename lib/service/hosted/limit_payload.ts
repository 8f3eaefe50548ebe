/** Answers inside an error: whole when they are small, cut where they would bury the error. */
import { isObject } from "./read.ts";

const MAX_TEXT = 2000;
const MAX_ITEMS = 50;
const MAX_CHARACTERS = 16_000;
const MAX_DEPTH = 12;

/** The same value with long texts and lists cut; what was cut ends in `…`. */
export function limitPayload(value: unknown): unknown {
  const budget = { left: MAX_CHARACTERS };
  return limit(value, budget, 0);
}

function limit(value: unknown, budget: { left: number }, depth: number): unknown {
  if (typeof value === "string") {
    const length = Math.min(value.length, MAX_TEXT, Math.max(0, budget.left));
    budget.left -= length;
    return length < value.length ? `${value.slice(0, length)}…` : value;
  }
  budget.left -= 8;
  if (typeof value !== "object" || value === null) return value;
  if (budget.left < 0 || depth > MAX_DEPTH) return "…";
  if (Array.isArray(value)) {
    const kept: unknown[] = [];
    for (const item of value) {
      if (kept.length >= MAX_ITEMS || budget.left < 0) {
        kept.push("…");
        break;
      }
      kept.push(limit(item, budget, depth + 1));
    }
    return kept;
  }
  if (!isObject(value)) return value;
  const kept: [string, unknown][] = [];
  for (const [key, item] of Object.entries(value)) {
    if (kept.length >= MAX_ITEMS || budget.left < 0) {
      kept.push(["…", "…"]);
      break;
    }
    budget.left -= key.length;
    kept.push([
      key.length > MAX_TEXT ? `${key.slice(0, MAX_TEXT)}…` : key,
      limit(item, budget, depth + 1),
    ]);
  }
  return Object.fromEntries(kept);
}
