/** The record of a persona in `index.json`. */
import { newId } from "./memories.ts";

/** One persona. Times are epoch milliseconds. */
export interface Persona {
  /** 16 hex digits; also the name of its folder. */
  id: string;
  /** As typed. */
  name: string;
  slug: string;
  /** Free text; usually self, partner, child, friend or pet. */
  relationship: string;
  /** Empty when there is none. */
  description: string;
  /** Further names; entries may be empty. */
  tags: string[];
  /** Description of the voice. */
  voice: string | null;
  photoPath: string;
  voiceClipPath: string | null;
  createdAt: number;
  updatedAt: number;
}

/** Checks the whole index; `undefined` when it is none. */
export function asPersonas(value: unknown): Persona[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const personas = value.map(asPersona);
  return personas.every((persona) => persona !== undefined) ? personas : undefined;
}

/** A record needs its name; what else is missing is filled in, what is unknown is kept. */
function asPersona(value: unknown): Persona | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const given = value as Partial<Record<keyof Persona, unknown>>;
  const { id = newId(), name } = given;
  if (typeof id !== "string" || typeof name !== "string") return undefined;
  const text = (key: keyof Persona, otherwise = "") => {
    const found = given[key];
    return typeof found === "string" ? found : otherwise;
  };
  const time = (key: keyof Persona) => typeof given[key] === "number" ? Number(given[key]) : 0;
  return {
    ...value,
    id,
    name,
    slug: text("slug"),
    relationship: text("relationship", "friend"),
    description: text("description"),
    tags: Array.isArray(given.tags) ? given.tags.map(String) : [],
    voice: text("voice") || null,
    photoPath: text("photoPath"),
    voiceClipPath: text("voiceClipPath") || null,
    createdAt: time("createdAt"),
    updatedAt: time("updatedAt"),
  };
}
