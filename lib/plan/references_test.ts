import { assertEquals, assertThrows } from "@std/assert";
import { planInput } from "../../tests/support/plan_input.ts";
import type { Options } from "../cli/flags/table.ts";
import { AppError } from "../errors/app_error.ts";
import type { Mode } from "./modes.ts";
import { applyReferences } from "./references.ts";
import type { PersonaFacts, PlanInput } from "./types.ts";

const MARA: PersonaFacts = { name: "Mara", relationship: "self", photoPath: "mara.jpg" };
const ILSE: PersonaFacts = { ...MARA, name: "Ilse", voiceClipPath: "ilse.webm" };
const GONE: PersonaFacts = { name: "Gone", relationship: "friend" };
const IMAGE = { lastRender: { image: "last.png" } };

interface Row {
  name: string;
  mode: Mode;
  options: Options;
  facts?: Partial<PlanInput>;
  context?: string[];
  ref?: string;
  voice?: string;
  speaker?: string;
  /** Levels of the notes. */
  notes?: string;
}
const ROWS: readonly Row[] = [
  {
    name: "the photo of a persona is edited",
    mode: "image",
    options: { persona: "Mara" },
    facts: { persona: MARA },
    context: ["mara.jpg"],
    notes: "note",
  },
  {
    name: "the photo comes after typed context images and the last image",
    mode: "image",
    options: { persona: "Mara", context: ["a.png"], lastImage: true },
    facts: { persona: MARA, ...IMAGE },
    context: ["a.png", "last.png", "mara.jpg"],
    notes: "note",
  },
  {
    name: "a lost photo leaves a plain image, with a warning",
    mode: "image",
    options: { persona: "Gone" },
    facts: { persona: GONE },
    notes: "warning",
  },
  {
    name: "the voice of a persona is not used for images",
    mode: "image",
    options: { persona: "Ilse" },
    facts: { persona: ILSE },
    context: ["mara.jpg"],
    notes: "note",
  },
  {
    name: "the photo starts a video, the voice speaks",
    mode: "video",
    options: { persona: "Ilse" },
    facts: { persona: ILSE },
    ref: "mara.jpg",
    voice: "ilse.webm",
    speaker: "Ilse",
    notes: "note note",
  },
  {
    name: "an explicit start frame wins over the photo",
    mode: "video",
    options: { persona: "Mara", ref: "own.png" },
    facts: { persona: MARA },
    ref: "own.png",
    notes: "note",
  },
  {
    name: "an explicit voice wins over the clip",
    mode: "video",
    options: { persona: "Ilse", referenceAudioIdentity: "own.wav" },
    facts: { persona: ILSE },
    ref: "mara.jpg",
    voice: "own.wav",
    notes: "note",
  },
  {
    name: "--voice-persona beats the clip of --persona",
    mode: "video",
    options: { persona: "Mara", voicePersona: "Ilse" },
    facts: { persona: { ...MARA, voiceClipPath: "mara.wav" }, voicePersona: ILSE },
    ref: "mara.jpg",
    voice: "ilse.webm",
    speaker: "Ilse",
    notes: "note note",
  },
  {
    name: "--voice-persona with an explicit voice gives the name only",
    mode: "video",
    options: { voicePersona: "Gone", referenceAudioIdentity: "own.wav" },
    facts: { voicePersona: GONE },
    voice: "own.wav",
    speaker: "Gone",
  },
  {
    name: "a persona does not stand in for the source of another angle",
    mode: "multi-angle",
    options: { persona: "Mara", context: ["a.png"] },
    facts: { persona: MARA },
    context: ["a.png"],
    notes: "warning",
  },
  {
    name: "music has no use for a persona",
    mode: "music",
    options: { persona: "Mara", lastImage: true },
    facts: { persona: MARA, ...IMAGE },
    notes: "warning warning",
  },
  {
    name: "the last image is the face of photobooth",
    mode: "photobooth",
    options: { photobooth: true, lastImage: true },
    facts: IMAGE,
    ref: "last.png",
  },
  {
    name: "a typed face wins over the last image",
    mode: "photobooth",
    options: { photobooth: true, lastImage: true, ref: "own.png" },
    facts: IMAGE,
    ref: "own.png",
  },
  {
    name: "the last image is the source of another angle",
    mode: "multi-angle",
    options: { lastImage: true },
    facts: IMAGE,
    context: ["last.png"],
  },
  {
    name: "a typed source wins over the last image",
    mode: "multi-angle",
    options: { lastImage: true, context: ["a.png"] },
    facts: IMAGE,
    context: ["a.png"],
  },
  {
    name: "a last render without a picture is said",
    mode: "image",
    options: { lastImage: true },
    facts: { lastRender: {} },
    notes: "warning",
  },
  {
    name: "video decides by itself about the last image",
    mode: "video",
    options: { lastImage: true },
    facts: IMAGE,
  },
];
for (const row of ROWS) {
  Deno.test(row.name, () => {
    const applied = applyReferences(planInput(row.options, row.facts), row.mode);
    assertEquals(applied.options.context, row.context);
    assertEquals(applied.options.ref, row.ref);
    assertEquals(applied.options.referenceAudioIdentity, row.voice);
    assertEquals(applied.voicePersonaName, row.speaker);
    assertEquals(applied.notes.map(({ level }) => level).join(" "), row.notes ?? "");
  });
}

Deno.test("an unknown persona stops everything", () => {
  for (const options of [{ persona: "X" }, { voicePersona: "X" }]) {
    const error = assertThrows(() => applyReferences(planInput(options), "video"), AppError, "X");
    assertEquals(error.code, "PERSONA_NOT_FOUND");
  }
});

Deno.test("a voice persona without a clip stops everything", () => {
  const input = planInput({ voicePersona: "Gone" }, { voicePersona: GONE });
  const error = assertThrows(() => applyReferences(input, "video"), AppError, "Gone");
  assertEquals(error.code, "PERSONA_VOICE_NOT_FOUND");
});

const DESCRIBED = { persona: { ...MARA, description: "curly\u001b[31m hair,\nthirties" } };
const PROMPTS: readonly [Options, Mode, string][] = [
  [{ persona: "Mara" }, "image", "a lighthouse"],
  [
    { persona: "Mara", personaDescription: true },
    "image",
    "a lighthouse (Mara: curly hair, thirties)",
  ],
  [
    { persona: "Mara", personaDescription: true },
    "video",
    "a lighthouse (Mara: curly hair, thirties)",
  ],
  [{ persona: "Mara", personaDescription: true }, "music", "a lighthouse"],
];
for (const [options, mode, prompt] of PROMPTS) {
  Deno.test(`prompt of ${mode} with ${JSON.stringify(options)}`, () => {
    assertEquals(applyReferences(planInput(options, DESCRIBED), mode).prompt, prompt);
  });
}
