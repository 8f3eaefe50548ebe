/** References of a hosted call, from the command line to what the API takes. */
import { chooseSpeaker } from "../../plan/personas.ts";
import type { PersonaFacts } from "../../plan/types.ts";
import { checkReferences, type ReferencePurpose } from "../../service/hosted/check_references.ts";
import { type MediaItem, mediaItems } from "../../service/hosted/media_items.ts";
import { collectReferences, type Reference } from "../../service/hosted/references.ts";
import { maxReferenceBytes } from "../../service/hosted/settings.ts";
import type { StatePaths } from "../../store/paths.ts";
import { AppError } from "../../errors/app_error.ts";
import type { CommandContext } from "../context.ts";
import type { HostedSession } from "./session.ts";

/** References that were checked and are where the service can read them. */
export interface Attachments {
  readonly references: readonly Reference[];
  readonly items: readonly MediaItem[];
}

/**
 * Resolves every `--persona`, and `--voice-persona`, which then is the only one with a voice.
 *
 * @throws AppError PERSONA_NOT_FOUND, PERSONA_VOICE_NOT_FOUND, INVALID_ARGUMENT for several voices
 */
export async function findPersonas(
  { host, invocation }: CommandContext,
  paths: StatePaths,
): Promise<PersonaFacts[]> {
  const { persona = [], voicePersona, referenceAudioIdentity } = invocation.options;
  if (persona.length === 0 && voicePersona === undefined) return [];
  const { personaFacts, personasFacts } = await import("../../store/personas.ts");
  const personas = await personasFacts(host, paths, persona);
  if (voicePersona === undefined) {
    chooseSpeaker(personas, referenceAudioIdentity !== undefined);
    return personas;
  }
  const voice = await personaFacts(host, paths, voicePersona);
  if (voice.voiceClipPath === undefined) {
    throw new AppError("PERSONA_VOICE_NOT_FOUND", `"${voicePersona}" has no voice clip.`, {
      details: { persona: voicePersona },
      hint: "Save one with --persona-add NAME --voice-clip FILE.",
    });
  }
  // Only the voice was asked for, and of the others only the photos.
  const { photoPath: _, ...unseen } = voice;
  return [...personas.map(({ voiceClipPath: _clip, ...seen }) => seen), unseen];
}

/**
 * Checks every reference, calls `beforeUpload`, then uploads.
 *
 * @param beforeUpload reads what else must be fine before anything is sent
 */
export async function attach(
  context: CommandContext,
  { client }: HostedSession,
  purpose: ReferencePurpose,
  personas: readonly PersonaFacts[],
  beforeUpload: (references: readonly Reference[]) => Promise<void> = () => Promise.resolve(),
): Promise<Attachments> {
  const { host, invocation, report } = context;
  const references = collectReferences(invocation.options, personas);
  const maxBytes = maxReferenceBytes(host.facts.env);
  await checkReferences(references, { purpose, files: host.files, maxBytes });
  await beforeUpload(references);
  const local = references.filter(({ form }) => form === "local").length;
  if (local > 0) report.note(`Uploading ${local} reference${local === 1 ? "" : "s"}...`);
  const items = await mediaItems(references, { client, files: host.files, purpose, maxBytes });
  return { references, items };
}
