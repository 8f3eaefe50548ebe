import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
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
    options: { persona: ["Mara"] },
    facts: { personas: [MARA] },
    context: ["mara.jpg"],
    notes: "note",
  },
  {
    name: "the photo comes after typed context images and the last image",
    mode: "image",
    options: { persona: ["Mara"], context: ["a.png"], lastImage: true },
    facts: { personas: [MARA], ...IMAGE },
    context: ["a.png", "last.png", "mara.jpg"],
    notes: "note",
  },
  {
    name: "a lost photo leaves a plain image, with a warning",
    mode: "image",
    options: { persona: ["Gone"] },
    facts: { personas: [GONE] },
    notes: "warning",
  },
  {
    name: "the voice of a persona is not used for images",
    mode: "image",
    options: { persona: ["Ilse"] },
    facts: { personas: [ILSE] },
    context: ["mara.jpg"],
    notes: "note",
  },
  {
    name: "the photo starts a video, the voice speaks",
    mode: "video",
    options: { persona: ["Ilse"] },
    facts: { personas: [ILSE] },
    ref: "mara.jpg",
    voice: "ilse.webm",
    speaker: "Ilse",
    notes: "note note",
  },
  {
    name: "an explicit start frame wins over the photo",
    mode: "video",
    options: { persona: ["Mara"], ref: "own.png" },
    facts: { personas: [MARA] },
    ref: "own.png",
    notes: "note",
  },
  {
    name: "an explicit voice wins over the clip",
    mode: "video",
    options: { persona: ["Ilse"], referenceAudioIdentity: "own.wav" },
    facts: { personas: [ILSE] },
    ref: "mara.jpg",
    voice: "own.wav",
    notes: "note",
  },
  {
    name: "--voice-persona beats the clip of --persona",
    mode: "video",
    options: { persona: ["Mara"], voicePersona: "Ilse" },
    facts: { personas: [{ ...MARA, voiceClipPath: "mara.wav" }], voicePersona: ILSE },
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
    name: "the photos of several personas follow in the order of the flags",
    mode: "image",
    options: { persona: ["Ilse", "Mara"], context: ["a.png"] },
    facts: { personas: [{ ...ILSE, photoPath: "ilse.jpg" }, MARA] },
    context: ["a.png", "ilse.jpg", "mara.jpg"],
    notes: "note note",
  },
  {
    name: "one of several photos is lost: the others are used",
    mode: "image",
    options: { persona: ["Gone", "Mara"] },
    facts: { personas: [GONE, MARA] },
    context: ["mara.jpg"],
    notes: "warning note",
  },
  {
    name: "of several personas in a video with a start frame the one with a clip speaks",
    mode: "video",
    options: { persona: ["Mara", "Ilse"], ref: "both.png" },
    facts: { personas: [MARA, ILSE] },
    ref: "both.png",
    voice: "ilse.webm",
    speaker: "Ilse",
    notes: "note note note",
  },
  {
    name: "--voice-persona settles who of several speaks",
    mode: "video",
    options: { persona: ["Mara", "Ilse"], voicePersona: "Ilse", ref: "both.png" },
    facts: { personas: [{ ...MARA, voiceClipPath: "mara.wav" }, ILSE], voicePersona: ILSE },
    ref: "both.png",
    voice: "ilse.webm",
    speaker: "Ilse",
    notes: "note note note",
  },
  {
    name: "several photos are loose references where the model takes them",
    mode: "video",
    options: { persona: ["Mara", "Nils"], model: "seedance2" },
    facts: { personas: [MARA, { ...MARA, name: "Nils", photoPath: "nils.jpg" }] },
    context: ["mara.jpg", "nils.jpg"],
    notes: "note note",
  },
  {
    name: "the only photo of several personas starts a video",
    mode: "video",
    options: { persona: ["Gone", "Mara"] },
    facts: { personas: [GONE, MARA] },
    ref: "mara.jpg",
    notes: "warning note",
  },
  {
    name: "a persona does not stand in for the source of another angle",
    mode: "multi-angle",
    options: { persona: ["Mara"], context: ["a.png"] },
    facts: { personas: [MARA] },
    context: ["a.png"],
    notes: "warning",
  },
  {
    name: "music has no use for a persona",
    mode: "music",
    options: { persona: ["Mara"], lastImage: true },
    facts: { personas: [MARA], ...IMAGE },
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
  for (const options of [{ persona: ["X"] }, { voicePersona: "X" }]) {
    const error = assertThrows(() => applyReferences(planInput(options), "video"), AppError, "X");
    assertEquals(error.code, "PERSONA_NOT_FOUND");
  }
});

const REFUSED: readonly [Options, PersonaFacts[], said: string, hint: string][] = [
  [{ persona: ["Mara", "Nils"] }, [MARA, { ...MARA, name: "Nils" }], "Mara and Nils", "--ref FILE"],
  [
    { persona: ["Ilse", "Nils"], ref: "both.png" },
    [ILSE, { ...ILSE, name: "Nils" }],
    "Ilse and Nils have a voice clip",
    '--voice-persona "Ilse"',
  ],
];
for (const [options, personas, said, hint] of REFUSED) {
  Deno.test(`a video refuses what it cannot show or say at once: ${said}`, () => {
    const input = planInput(options, { personas });
    const error = assertThrows(() => applyReferences(input, "video"), AppError, said);
    assertEquals([error.code, error.details?.flag], ["INVALID_ARGUMENT", "--persona"]);
    assertStringIncludes(error.hint ?? "", hint);
  });
}

Deno.test("a voice persona without a clip stops everything", () => {
  const input = planInput({ voicePersona: "Gone" }, { voicePersona: GONE });
  const error = assertThrows(() => applyReferences(input, "video"), AppError, "Gone");
  assertEquals(error.code, "PERSONA_VOICE_NOT_FOUND");
});

const DESCRIBED = { personas: [{ ...MARA, description: "curly\u001b[31m hair,\nthirties" }] };
const PROMPTS: readonly [Options, Mode, string][] = [
  [{ persona: ["Mara"] }, "image", "a lighthouse"],
  [
    { persona: ["Mara"], personaDescription: true },
    "image",
    "a lighthouse (Mara: curly hair, thirties)",
  ],
  [
    { persona: ["Mara"], personaDescription: true },
    "video",
    "a lighthouse (Mara: curly hair, thirties)",
  ],
  [{ persona: ["Mara"], personaDescription: true }, "music", "a lighthouse"],
];
for (const [options, mode, prompt] of PROMPTS) {
  Deno.test(`prompt of ${mode} with ${JSON.stringify(options)}`, () => {
    assertEquals(applyReferences(planInput(options, DESCRIBED), mode).prompt, prompt);
  });
}
