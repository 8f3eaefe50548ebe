/** Edits, portraits and camera angles. */
import { rows, type WireRow } from "./rows.ts";

const EDIT = "qwen_image_edit_2511_fp8";
const FULL = `-c square.png -m ${EDIT}`;
const PORTRAIT = "--photobooth --ref square.png";
const ANGLE = "--multi-angle -c square.png";

const AZIMUTHS: readonly (readonly [name: string, phrase: string])[] = [
  ["front", "front view"],
  ["front-right", "front-right quarter view"],
  ["right", "right side view"],
  ["back-right", "back-right quarter view"],
  ["back", "back view"],
  ["back-left", "back-left quarter view"],
  ["left", "left side view"],
  ["front-left", "front-left quarter view"],
];
const ELEVATIONS: readonly (readonly [name: string, phrase: string])[] = [
  ["low-angle", "low-angle shot"],
  ["eye-level", "eye-level shot"],
  ["elevated", "elevated shot"],
  ["high-angle", "high-angle shot"],
];
const DISTANCES: readonly (readonly [name: string, phrase: string])[] = [
  ["close-up", "close-up"],
  ["medium", "medium shot"],
  ["wide", "wide shot"],
];

function angle(line: string, azimuth: string, elevation: string, distance: string): WireRow {
  const positivePrompt = `<sks> ${azimuth} ${elevation} ${distance}`;
  return { line: `${ANGLE} ${line}`, expected: { positivePrompt, hasContextImage1: true } };
}

const MIDDLE = ["eye-level shot", "medium shot"] as const;

/** InstantID as it travels. */
function instantId(strength: number, end: number): Record<string, unknown> {
  return {
    name: "instantid",
    cnImageState: "original",
    hasImage: true,
    controlStrength: strength,
    controlMode: 0,
    controlGuidanceStart: 0,
    controlGuidanceEnd: end,
  };
}

export const REFERENCE_PICTURE_ROWS: readonly WireRow[] = [
  ...rows([
    ["-c square.png blue", { steps: 4, guidanceScale: 3.5, hasContextImage1: true }],
    [`${FULL} blue`, { steps: 20, guidanceScale: 7.5 }],
    [`${FULL} --steps 9 --guidance 2 blue`, { steps: 9, guidanceScale: 2 }],
    ["-c a.png -c b.png blue", { hasContextImage1: true, hasContextImage2: true }],
    ["-c a.png -c b.png -c c.png blue", { hasContextImage3: true }],
    ["-c a.png blue", { hasContextImage2: false }],
    ["-c a.png --sampler euler blue", { comfySampler: "euler" }],
    ["-c a.png -n 2 '{a|b}'", { positivePrompt: "{a|b}", numberOfImages: 2 }],
    ["-c a.png -m gpt-image-2 -Q pro blue", { gptImageQuality: "high", hasContextImage1: true }],
    ["-c a.png -o a.jpg blue", { outputFormat: "jpg" }],
    [`${PORTRAIT} face`, {
      steps: 7,
      guidanceScale: 2,
      scheduler: "dpmpp_sde",
      timeStepSpacing: "karras",
      currentControlNetsJob: [instantId(0.7, 0.6)],
    }],
    [`${PORTRAIT} --steps 9 face`, { steps: 9 }],
    [`${PORTRAIT} --guidance 3 face`, { guidanceScale: 3 }],
    [`${PORTRAIT} -n 4 face`, { numberOfImages: 4 }],
    [`${PORTRAIT} --cn-strength 0.5 face`, { currentControlNetsJob: [instantId(0.5, 0.6)] }],
    [`${PORTRAIT} --cn-guidance-end 0.9 face`, { currentControlNetsJob: [instantId(0.7, 0.9)] }],
    [`${PORTRAIT} --sampler euler face`, { scheduler: "euler" }],
    [`${ANGLE}`, {
      outputFormat: "jpg",
      comfySampler: "euler",
      comfyScheduler: "simple",
      steps: 4,
      guidanceScale: 1,
      loras: ["multiple_angles"],
      loraStrengths: [0.9],
    }],
    [`${ANGLE} -m ${EDIT}`, { steps: 20, guidanceScale: 4 }],
    [`${ANGLE} --angle-strength 0.5`, { loraStrengths: [0.5] }],
    [`${ANGLE} --lora-strength 0.7`, { loraStrengths: [0.7] }],
    [`${ANGLE} --lora other`, {
      loras: ["other", "multiple_angles"],
      loraStrengths: [1, 0.9],
    }],
    [`${ANGLE} --output-format png`, { outputFormat: "png" }],
    [`${ANGLE} --angle-description 'a red mug'`, {
      positivePrompt: "<sks> front view eye-level shot medium shot a red mug",
    }],
    [`${ANGLE} 'a red mug'`, {
      positivePrompt: "<sks> front view eye-level shot medium shot a red mug",
    }],
    [`${ANGLE} -c b.png`, { hasContextImage1: true, hasContextImage2: false }],
  ]),
  ...AZIMUTHS.map(([name, phrase]) => angle(`--azimuth ${name}`, phrase, ...MIDDLE)),
  ...ELEVATIONS.map(([name, phrase]) =>
    angle(`--elevation ${name}`, "front view", phrase, "medium shot")
  ),
  ...DISTANCES.map(([name, phrase]) =>
    angle(`--distance ${name}`, "front view", "eye-level shot", phrase)
  ),
  angle("--azimuth FRONT_RIGHT", "front-right quarter view", ...MIDDLE),
  angle("--azimuth 'back-left quarter'", "back-left quarter view", ...MIDDLE),
  angle("--elevation 'low angle'", "front view", "low-angle shot", "medium shot"),
  angle("--distance 'close up'", "front view", "eye-level shot", "close-up"),
  {
    line: "--angles-360 -c square.png",
    expected: { numberOfImages: 1 },
    each: {
      positivePrompt: AZIMUTHS.map(([, phrase]) => `<sks> ${phrase} eye-level shot medium shot`),
    },
  },
];
