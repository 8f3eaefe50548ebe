/** People, memories and manner for the hosted assistant; what cannot be read is left out. */
import { AppError } from "../../errors/app_error.ts";
import type { Host } from "../../platform/host.ts";
import type { PersonalNotes } from "../../service/hosted/system_prompt.ts";
import { listMemories } from "../../store/memories.ts";
import type { StatePaths } from "../../store/paths.ts";
import { listPersonas } from "../../store/personas.ts";
import { getPersonality } from "../../store/personality.ts";

/**
 * Reads the notes; a damaged store never stops a chat.
 *
 * @param warn hears of what could not be read, and where a damaged file was kept
 */
export async function personalNotes(
  host: Host,
  paths: StatePaths,
  warn: (text: string) => void,
): Promise<PersonalNotes> {
  const without = <T>(nothing: T) => (error: unknown): T => {
    if (error instanceof AppError) warn([error.message, error.hint].filter(Boolean).join(" "));
    return nothing;
  };
  const personas = await listPersonas(host, paths).catch(without([]));
  const memories = await listMemories(host, paths).catch(without([]));
  const personality = await getPersonality(host, paths).catch(without(null));
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
