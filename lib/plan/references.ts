/** How personas and the last render become references, before a branch looks at the options. */
import type { Options } from "../cli/flags/table.ts";
import { AppError } from "../errors/app_error.ts";
import { singleLine } from "../text/control.ts";
import type { Mode } from "./modes.ts";
import type { PersonaFacts, PlanInput, PlanNote } from "./types.ts";

/** Options as the branches shall see them. */
export interface AppliedReferences {
  options: Options;
  /** The prompt, with a persona's description when that was asked for. */
  prompt: string | undefined;
  /** Speaker of the reference voice. */
  voicePersonaName?: string;
  notes: PlanNote[];
}

/**
 * Applies `--last-image` (images only; video decides by its workflow), `--persona` and
 * `--voice-persona`.
 *
 * @throws AppError `PERSONA_NOT_FOUND`, `PERSONA_VOICE_NOT_FOUND`
 */
export function applyReferences(input: PlanInput, mode: Mode): AppliedReferences {
  const persona = required(input.options.persona, input.persona, "--persona");
  const speaker = required(input.options.voicePersona, input.voicePersona, "--voice-persona");
  const applied: AppliedReferences = {
    options: input.options,
    prompt: input.prompt,
    notes: [],
  };
  if (input.options.lastImage) applyLastImage(applied, input.lastRender?.image, mode);
  if (speaker) applyVoice(applied, speaker);
  if (persona) applyPersona(applied, persona, mode);
  return applied;
}

function required(
  asked: string | undefined,
  persona: PersonaFacts | undefined,
  flag: string,
): PersonaFacts | undefined {
  if (asked === undefined || persona !== undefined) return persona;
  throw new AppError("PERSONA_NOT_FOUND", `${flag} "${asked}": no such persona.`, {
    details: { flag, value: asked },
    hint: "List the saved ones with --persona-list; names, ids and tags must match exactly.",
  });
}

function applyLastImage(applied: AppliedReferences, image: string | undefined, mode: Mode): void {
  const { options } = applied;
  if (mode === "video") return;
  if (mode === "music") {
    applied.notes.push({ level: "warning", text: "--last-image is not used for music." });
  } else if (image === undefined) {
    applied.notes.push({ level: "warning", text: "--last-image: the last render has no picture." });
  } else if (mode === "photobooth") {
    applied.options = { ...options, ref: options.ref ?? image };
  } else if (mode === "image" || (options.context ?? []).length === 0) {
    applied.options = { ...options, context: [...options.context ?? [], image] };
  }
}

function applyVoice(applied: AppliedReferences, speaker: PersonaFacts): void {
  applied.voicePersonaName = speaker.name;
  if (applied.options.referenceAudioIdentity !== undefined) return;
  if (speaker.voiceClipPath === undefined) {
    throw new AppError(
      "PERSONA_VOICE_NOT_FOUND",
      `--voice-persona "${speaker.name}": no usable voice clip.`,
      {
        details: { flag: "--voice-persona", value: speaker.name },
        hint: "Save the persona again with --voice-clip FILE, or use --reference-audio-identity.",
      },
    );
  }
  useVoice(applied, speaker.voiceClipPath);
}

function applyPersona(applied: AppliedReferences, persona: PersonaFacts, mode: Mode): void {
  const { name, relationship, photoPath } = persona;
  const who = `persona "${name}" (${relationship})`;
  const say = (level: PlanNote["level"], text: string) => void applied.notes.push({ level, text });
  if (mode === "music") {
    return say("warning", `--persona is not used for music; ${who} is ignored.`);
  }
  addDescription(applied, persona);
  if (mode === "multi-angle") {
    return say(
      "warning",
      `The photo of ${who} is not used by --multi-angle; give it with --context.`,
    );
  }
  const { options } = applied;
  if (mode === "video") {
    if (options.ref !== undefined) say("note", `Using ${who}; --ref stays the start frame.`);
    else if (photoPath !== undefined) {
      applied.options = { ...options, ref: photoPath };
      say("note", `Using ${who}: photo as start frame.`);
    } else say("warning", `The photo of ${who} is missing; going on without it.`);
    if (persona.voiceClipPath !== undefined && options.referenceAudioIdentity === undefined) {
      applied.voicePersonaName = name;
      useVoice(applied, persona.voiceClipPath);
    }
  } else if (photoPath !== undefined) {
    applied.options = { ...options, context: [...options.context ?? [], photoPath] };
    say("note", `Using ${who}: photo as context image.`);
  } else say("warning", `The photo of ${who} is missing; going on without it.`);
}

function useVoice(applied: AppliedReferences, clip: string): void {
  applied.options = { ...applied.options, referenceAudioIdentity: clip };
  const name = applied.voicePersonaName;
  applied.notes.push({ level: "note", text: `Using the voice of persona "${name}".` });
}

function addDescription(applied: AppliedReferences, { name, description }: PersonaFacts): void {
  if (!applied.options.personaDescription || !description || !applied.prompt?.trim()) return;
  // Saved text was not typed for this prompt: one line, without control characters.
  const text = singleLine(description).trim();
  if (text !== "") applied.prompt = `${applied.prompt} (${singleLine(name)}: ${text})`;
}
