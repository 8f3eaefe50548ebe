/** Saved people: a photo, perhaps a voice clip, and what is known about them. */
import { join } from "node:path";
import { AppError } from "../errors/app_error.ts";
import type { PersonaFacts } from "../plan/types.ts";
import type { Host } from "../platform/host.ts";
import { readJsonFile, updateJsonFile } from "./json_file.ts";
import { newId } from "./memories.ts";
import type { StatePaths } from "./paths.ts";
import {
  indexPath,
  locateFiles,
  type MediaSource,
  removePersonaFiles,
  storeFiles,
} from "./persona_files.ts";
import { asPersonas, type Persona } from "./persona_record.ts";

type Machine = Pick<Host, "files" | "facts">;

/** What a new persona is made of. */
export interface NewPersona {
  name: string;
  relationship?: string | undefined;
  description?: string | undefined;
  tags?: readonly string[];
  voice?: string | undefined;
  photo: MediaSource;
  voiceClip?: MediaSource | undefined;
}

/** Every persona in the order of creation; paths are where the files are now. */
export async function listPersonas(host: Machine, paths: StatePaths): Promise<Persona[]> {
  const personas = await readJsonFile(host, indexPath(paths), asPersonas) ?? [];
  return await Promise.all(personas.map((persona) => locateFiles(host, paths, persona)));
}

/** The persona of this name, else id, else tag; all compared without regard to case. */
export async function resolvePersona(
  host: Machine,
  paths: StatePaths,
  wanted: string,
): Promise<Persona | undefined> {
  return findPersona(await listPersonas(host, paths), wanted);
}

/** Like {@link resolvePersona} in a list. */
export function findPersona(personas: readonly Persona[], wanted: string): Persona | undefined {
  const same = (text: string) => text !== "" && text.toLowerCase() === wanted.toLowerCase();
  return personas.find(({ name }) => same(name)) ?? personas.find(({ id }) => same(id)) ??
    personas.find(({ tags }) => tags.some(same));
}

/**
 * The personas as planning sees them, in the order asked for; one that was named twice, perhaps by
 * name and by tag, comes once.
 *
 * @throws AppError PERSONA_NOT_FOUND
 */
export async function personasFacts(
  host: Machine,
  paths: StatePaths,
  wanted: readonly string[],
): Promise<PersonaFacts[]> {
  const found = new Map<string, PersonaFacts>();
  for (const each of wanted) {
    const facts = await personaFacts(host, paths, each);
    found.set(facts.name.toLowerCase(), found.get(facts.name.toLowerCase()) ?? facts);
  }
  return [...found.values()];
}

/**
 * The persona as planning sees it, with the files that exist.
 *
 * @throws AppError PERSONA_NOT_FOUND
 */
export async function personaFacts(
  host: Machine,
  paths: StatePaths,
  wanted: string,
): Promise<PersonaFacts> {
  const persona = await resolvePersona(host, paths, wanted);
  if (!persona) {
    throw new AppError("PERSONA_NOT_FOUND", `No persona has the name, id or tag "${wanted}".`, {
      details: { persona: wanted },
      hint: "See the saved ones with --persona-list, or add one: " +
        `sogni-agent --persona-add "${wanted}" --ref photo.jpg`,
    });
  }
  const isThere = async (path: string | null) =>
    path !== null && (await host.files.stat(path).catch(() => undefined))?.kind === "file";
  const { name, relationship, photoPath, voiceClipPath, description } = persona;
  return {
    name,
    relationship,
    ...(await isThere(photoPath) ? { photoPath } : {}),
    ...(voiceClipPath !== null && await isThere(voiceClipPath) ? { voiceClipPath } : {}),
    ...(description === "" ? {} : { description }),
  };
}

/**
 * Stores a persona. Its files are there before the index names it, so a crash leaves no persona
 * without a photo.
 *
 * @throws AppError PERSONA_EXISTS, STATE_WRITE_FAILED
 */
export async function addPersona(
  host: Machine,
  paths: StatePaths,
  given: NewPersona,
  now: number = Date.now(),
): Promise<Persona> {
  const id = newId();
  refuseDuplicate(await listPersonas(host, paths), given.name);
  try {
    let persona: Persona | undefined;
    await updateJsonFile(host, indexPath(paths), asPersonas, async (personas = []) => {
      refuseDuplicate(personas, given.name);
      persona = await newPersona(host, paths, id, given, now);
      return [...personas, persona];
    });
    if (!persona) throw new Error("the index was not changed");
    return persona;
  } catch (error) {
    await host.files.remove(join(paths.personas, id)).catch(() => {});
    throw error;
  }
}

async function newPersona(
  host: Machine,
  paths: StatePaths,
  id: string,
  given: NewPersona,
  now: number,
): Promise<Persona> {
  const sources = { photo: given.photo, "voice-clip": given.voiceClip };
  const stored = await storeFiles(host, paths, id, sources);
  return {
    id,
    name: given.name,
    slug: slugOf(given.name),
    relationship: given.relationship ?? "friend",
    description: given.description ?? "",
    tags: [...given.tags ?? []],
    voice: given.voice ?? null,
    photoPath: stored.photo ?? "",
    voiceClipPath: stored["voice-clip"] ?? null,
    createdAt: now,
    updatedAt: now,
  };
}

/** Removes the persona of this name (no id, no tag) and its files; false when there is none. */
export async function removePersona(
  host: Machine,
  paths: StatePaths,
  name: string,
): Promise<boolean> {
  let removed: Persona | undefined;
  const left = await updateJsonFile(host, indexPath(paths), asPersonas, (personas = []) => {
    removed = personas.find((persona) => persona.name.toLowerCase() === name.toLowerCase());
    return removed && personas.filter((persona) => persona !== removed);
  });
  if (!removed || !left) return false;
  // The index comes first: a crash in between leaves files that no persona names.
  await removePersonaFiles(host, paths, removed, left);
  return true;
}

/** Letters and digits of the name, joined by dashes; kept for programs that read the index. */
export function slugOf(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "");
}

function refuseDuplicate(personas: readonly Persona[], name: string): void {
  const there = personas.find((persona) => persona.name.toLowerCase() === name.toLowerCase());
  if (!there) return;
  throw new AppError("PERSONA_EXISTS", `A persona named "${there.name}" exists already.`, {
    details: { name: there.name },
    hint: `Choose another name, or remove it first: --persona-remove "${there.name}"`,
  });
}
