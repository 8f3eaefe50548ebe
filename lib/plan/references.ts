/** How personas and the last render become references, before a branch looks at the options. */
import type { Options } from "../cli/flags/table.ts";
import { AppError } from "../errors/app_error.ts";
import type { Mode } from "./modes.ts";
import { applyPersonas, useVoice } from "./personas.ts";
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
  const { persona: asked = [], voicePersona } = input.options;
  const personas = input.personas ?? [];
  if (personas.length === 0 && asked[0] !== undefined) throw unknown("--persona", asked[0]);
  if (voicePersona !== undefined && !input.voicePersona) {
    throw unknown("--voice-persona", voicePersona);
  }
  const applied: AppliedReferences = {
    options: input.options,
    prompt: input.prompt,
    notes: [],
  };
  if (input.options.lastImage) applyLastImage(applied, input.lastRender?.image, mode);
  if (input.voicePersona) applyVoice(applied, input.voicePersona);
  applyPersonas(applied, personas, mode);
  return applied;
}

function unknown(flag: string, asked: string): AppError {
  return new AppError("PERSONA_NOT_FOUND", `${flag} "${asked}": no such persona.`, {
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
  useVoice(applied, speaker.name, speaker.voiceClipPath);
}
