/** People, memories and manner for the hosted assistant; what cannot be read is left out. */
import type { Host } from "../../platform/host.ts";
import type { PersonalNotes } from "../../service/hosted/system_prompt.ts";
import { listMemories } from "../../store/memories.ts";
import type { StatePaths } from "../../store/paths.ts";
import { listPersonas } from "../../store/personas.ts";
import { getPersonality } from "../../store/personality.ts";

/** Reads the notes; a damaged store never stops a chat. */
export async function personalNotes(host: Host, paths: StatePaths): Promise<PersonalNotes> {
  const personas = await listPersonas(host, paths).catch(() => []);
  const memories = await listMemories(host, paths).catch(() => []);
  const personality = await getPersonality(host, paths).catch(() => null);
  return {
    people: personas.map(({ name, tags, relationship, voiceClipPath }) => ({
      name,
      tags,
      relationship,
      hasVoiceClip: voiceClipPath !== null,
    })),
    memories: memories.map(({ key, value }) => ({ key, value })),
    ...(personality === null ? {} : { personality }),
  };
}
