/** What the user wants remembered: keys, values and categories, in the order they came. */
import type { Host } from "../platform/host.ts";
import { readJsonFile, updateJsonFile } from "./json_file.ts";
import { randomHex } from "../text/random_hex.ts";
import type { StatePaths } from "./paths.ts";

/** One memory. Times are epoch milliseconds. */
export interface Memory {
  /** 16 hex digits. */
  id: string;
  /** Exact and case-sensitive. */
  key: string;
  value: string;
  category: string;
  /** `user` for what the command line stored. */
  source: string;
  updatedAt: number;
  createdAt: number;
}

type Machine = Pick<Host, "files" | "facts">;

/** The category of a memory that was given none. */
export const DEFAULT_CATEGORY = "preference";

/** Every memory, oldest first. */
export async function listMemories(host: Machine, paths: StatePaths): Promise<Memory[]> {
  return await readJsonFile(host, paths.memories, asMemories) ?? [];
}

/** The memory of this key. */
export async function getMemory(
  host: Machine,
  paths: StatePaths,
  key: string,
): Promise<Memory | undefined> {
  return (await listMemories(host, paths)).find((memory) => memory.key === key);
}

/** Adds a memory, or replaces value and category of the one that has the key. */
export async function setMemory(
  host: Machine,
  paths: StatePaths,
  given: { key: string; value: string; category?: string | undefined },
  now: number = Date.now(),
): Promise<"created" | "updated"> {
  const { key, value, category = DEFAULT_CATEGORY } = given;
  let action: "created" | "updated" = "created";
  await updateJsonFile(host, paths.memories, asMemories, (memories = []) => {
    const changed = { key, value, category, source: "user", updatedAt: now };
    const at = memories.findIndex((memory) => memory.key === key);
    const old = memories[at];
    if (!old) return [...memories, { id: newId(), ...changed, createdAt: now }];
    action = "updated";
    return memories.with(at, { ...old, ...changed });
  });
  return action;
}

/** Removes every memory of this key; false when there was none. */
export async function removeMemory(
  host: Machine,
  paths: StatePaths,
  key: string,
): Promise<boolean> {
  const left = await updateJsonFile(host, paths.memories, asMemories, (memories = []) => {
    const others = memories.filter((memory) => memory.key !== key);
    return others.length === memories.length ? undefined : others;
  });
  return left !== undefined;
}

/** 16 random hex digits. */
export function newId(): string {
  return randomHex(8);
}

function asMemories(value: unknown): Memory[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const memories = value.map(asMemory);
  return memories.every((memory) => memory !== undefined) ? memories : undefined;
}

/** A record needs its key and value; what else is missing is filled in, what is unknown is kept. */
function asMemory(value: unknown): Memory | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const given = value as Partial<Record<keyof Memory, unknown>>;
  if (typeof given.key !== "string") return undefined;
  if (!["string", "number", "boolean"].includes(typeof given.value)) return undefined;
  return {
    ...value,
    id: typeof given.id === "string" ? given.id : newId(),
    key: given.key,
    value: String(given.value),
    category: typeof given.category === "string" ? given.category : DEFAULT_CATEGORY,
    source: typeof given.source === "string" ? given.source : "user",
    updatedAt: typeof given.updatedAt === "number" ? given.updatedAt : 0,
    createdAt: typeof given.createdAt === "number" ? given.createdAt : 0,
  };
}
