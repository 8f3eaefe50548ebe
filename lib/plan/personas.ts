/** What saved people bring into a picture or a video. */
import { findVideoModel } from "../catalog/video_models.ts";
import { invalidArgument } from "../errors/app_error.ts";
import { singleLine } from "../text/control.ts";
import type { Mode } from "./modes.ts";
import type { AppliedReferences } from "./references.ts";
import type { PersonaFacts, PlanNote } from "./types.ts";

/**
 * Applies every `--persona` in order: photos as context images, in a video as start frame, the one
 * voice among them, and their descriptions when asked for.
 *
 * @throws AppError `INVALID_ARGUMENT` when a video would need several start frames or voices
 */
export function applyPersonas(
  applied: AppliedReferences,
  personas: readonly PersonaFacts[],
  mode: Mode,
): void {
  if (personas.length === 0) return;
  const say = (level: PlanNote["level"], text: string) => void applied.notes.push({ level, text });
  if (mode === "music") {
    for (const each of personas) {
      say("warning", `--persona is not used for music; ${who(each)} is ignored.`);
    }
    return;
  }
  for (const each of personas) addDescription(applied, each);
  if (mode === "multi-angle") {
    for (const each of personas) {
      say(
        "warning",
        `The photo of ${who(each)} is not used by --multi-angle; give it with --context.`,
      );
    }
    return;
  }
  const asContext = mode !== "video" || takesSeveralPictures(applied, personas);
  for (const each of personas) {
    if (each.photoPath === undefined) {
      const stays = mode === "video" && applied.options.ref !== undefined;
      if (stays) say("note", `Using ${who(each)}; --ref stays the start frame.`);
      else say("warning", `The photo of ${who(each)} is missing; going on without it.`);
    } else if (asContext) {
      applied.options = {
        ...applied.options,
        context: [...applied.options.context ?? [], each.photoPath],
      };
      say("note", `Using ${who(each)}: photo as context image.`);
    }
  }
  if (mode !== "video") return;
  if (!asContext) applyStartFrame(applied, personas, say);
  const speaker = chooseSpeaker(personas, applied.options.referenceAudioIdentity !== undefined);
  if (speaker) useVoice(applied, speaker.name, speaker.voiceClipPath);
}

/**
 * The persona whose voice speaks; `undefined` when none has a clip or a voice was given.
 *
 * @param isGiven a voice was chosen by its own flag
 * @throws AppError `INVALID_ARGUMENT` when several have one
 */
export function chooseSpeaker(
  personas: readonly PersonaFacts[],
  isGiven: boolean,
): PersonaFacts & { voiceClipPath: string } | undefined {
  if (isGiven) return undefined;
  const speakers = personas.flatMap((each) =>
    each.voiceClipPath === undefined ? [] : [{ ...each, voiceClipPath: each.voiceClipPath }]
  );
  if (speakers.length <= 1) return speakers[0];
  const names = speakers.map(({ name }) => name);
  throw invalidArgument(
    `--persona: ${listed(names)} have a voice clip each, and only one voice can speak.`,
    { flag: "--persona", value: names },
    `Say whose it is, e.g. --voice-persona "${names[0]}".`,
  );
}

/** Lets a saved clip be the voice. */
export function useVoice(applied: AppliedReferences, name: string, clip: string): void {
  applied.voicePersonaName = name;
  applied.options = { ...applied.options, referenceAudioIdentity: clip };
  applied.notes.push({ level: "note", text: `Using the voice of persona "${name}".` });
}

/** Vendor models take several loose pictures; all others have a start frame and no more. */
function takesSeveralPictures(
  { options }: AppliedReferences,
  personas: readonly PersonaFacts[],
): boolean {
  if (options.ref !== undefined || options.refEnd !== undefined) return false;
  const photos = personas.filter(({ photoPath }) => photoPath !== undefined).length;
  const limits = findVideoModel(options.model ?? "")?.references;
  return photos > 1 && limits !== undefined && limits.images > 1;
}

function applyStartFrame(
  applied: AppliedReferences,
  personas: readonly PersonaFacts[],
  say: (level: PlanNote["level"], text: string) => void,
): void {
  const shown = personas.filter(({ photoPath }) => photoPath !== undefined);
  if (applied.options.ref !== undefined) {
    for (const each of shown) say("note", `Using ${who(each)}; --ref stays the start frame.`);
    return;
  }
  const [first] = shown;
  if (first?.photoPath === undefined) return;
  if (shown.length > 1) {
    const names = shown.map(({ name }) => name);
    throw invalidArgument(
      `--persona: ${listed(names)} cannot start one video; its start frame is one picture.`,
      { flag: "--persona", value: names, maxImages: 1, provided: shown.length },
      "Make a picture of them first (the same --persona flags without --video), then animate it " +
        "with --video --ref FILE; or choose a model that takes several pictures, e.g. -m seedance2.",
    );
  }
  applied.options = { ...applied.options, ref: first.photoPath };
  say("note", `Using ${who(first)}: photo as start frame.`);
}

function addDescription(applied: AppliedReferences, { name, description }: PersonaFacts): void {
  if (!applied.options.personaDescription || !description || !applied.prompt?.trim()) return;
  // Saved text was not typed for this prompt: one line, without control characters.
  const text = singleLine(description).trim();
  if (text !== "") applied.prompt = `${applied.prompt} (${singleLine(name)}: ${text})`;
}

function who({ name, relationship }: PersonaFacts): string {
  return `persona "${name}" (${relationship})`;
}

function listed(names: readonly string[]): string {
  return `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}
