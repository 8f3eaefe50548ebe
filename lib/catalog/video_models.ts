/**
 * Video models as data: a row names a model and what differs from its family.
 *
 * A new model of a known family is one row here and nothing anywhere else.
 */
import { SLOW_SECONDS, VIDEO_FAMILIES } from "./video_families.ts";
import type { VideoFamily, VideoFamilyName, VideoModel, VideoWorkflow } from "./video_families.ts";

type Row = readonly [
  id: string,
  family: Exclude<VideoFamilyName, "unknown">,
  workflows: readonly VideoWorkflow[],
  aliases: readonly string[],
  differs?: Partial<VideoFamily>,
];

const LTX23_V2V = {
  fps: 25,
  controlNets: ["canny", "pose", "depth", "detailer", "outpaint", "inpaint"],
};
const LTX2_V2V = { fps: 25, controlNets: ["canny", "pose", "depth", "detailer"] };
const AUDIBLE = { nativeAudio: true };
const MORPH = { morph: { lora: "transition", strength: 1, trigger: "zhuanchang" } };
const DEV = { steps: 20, timeoutSeconds: SLOW_SECONDS };
const DEV25 = { steps: 30, guidance: 3, timeoutSeconds: SLOW_SECONDS };
const SMALL_VENDOR = { width: 1280, height: 720, maxDimension: 1280 };
const NO_EXTRA = { shift: 8, steps: 20, timeoutSeconds: SLOW_SECONDS };
const TURBO = { steps: 4 };
const BALANCED = { steps: 8 };

const ROWS: readonly Row[] = [
  ["ltx23-22b-fp8_t2v_distilled", "ltx23", ["t2v"], ["ltx23-t2v", "ltx23"], AUDIBLE],
  ["ltx23-22b-fp8_i2v_distilled", "ltx23", ["i2v"], ["ltx23-i2v"], { ...AUDIBLE, ...MORPH }],
  ["ltx23-22b-fp8_ia2v_distilled", "ltx23", ["ia2v"], ["ltx23-ia2v"]],
  ["ltx23-22b-fp8_a2v_distilled", "ltx23", ["a2v"], ["ltx23-a2v"]],
  ["ltx23-22b-fp8_v2v_distilled", "ltx23", ["v2v"], ["ltx23-v2v"], LTX23_V2V],
  ["ltx23-22b-fp8_t2v_dev", "ltx23", ["t2v"], [], { ...AUDIBLE, ...DEV }],
  ["ltx23-22b-fp8_i2v_dev", "ltx23", ["i2v"], [], { ...AUDIBLE, ...MORPH, ...DEV }],
  ["ltx23-22b-fp8_ia2v_dev", "ltx23", ["ia2v"], [], DEV],
  ["ltx23-22b-fp8_a2v_dev", "ltx23", ["a2v"], [], DEV],
  ["ltx23-22b-10eros-v1.4-fp8mixed_i2v", "ltx23", ["i2v"], ["ltx23-eros", "10eros"], {
    steps: 9,
    scheduler: "manual_sigmas",
    voiceIdentity: false,
  }],

  ["ltx2-19b-fp8_t2v_distilled", "ltx2", ["t2v"], []],
  ["ltx2-19b-fp8_t2v", "ltx2", ["t2v"], [], DEV],
  ["ltx2-19b-fp8_i2v_distilled", "ltx2", ["i2v"], []],
  ["ltx2-19b-fp8_i2v", "ltx2", ["i2v"], [], DEV],
  ["ltx2-19b-fp8_ia2v_distilled", "ltx2", ["ia2v"], []],
  ["ltx2-19b-fp8_ia2v", "ltx2", ["ia2v"], [], DEV],
  ["ltx2-19b-fp8_a2v_distilled", "ltx2", ["a2v"], []],
  ["ltx2-19b-fp8_a2v", "ltx2", ["a2v"], [], DEV],
  ["ltx2-19b-fp8_v2v_distilled", "ltx2", ["v2v"], [], LTX2_V2V],
  ["ltx2-19b-fp8_v2v", "ltx2", ["v2v"], [], { ...LTX2_V2V, ...DEV }],

  ["ltx25-22b-int8_t2v_distilled", "ltx25", ["t2v"], ["ltx25-t2v", "ltx25"], AUDIBLE],
  ["ltx25-22b-int8_t2v_dev", "ltx25", ["t2v"], [], { ...AUDIBLE, ...DEV25 }],
  ["ltx25-22b-int8_i2v_distilled", "ltx25", ["i2v"], ["ltx25-i2v"], AUDIBLE],
  ["ltx25-22b-int8_i2v_dev", "ltx25", ["i2v"], [], { ...AUDIBLE, ...DEV25 }],
  ["ltx25-22b-int8_ia2v_distilled", "ltx25", ["ia2v"], ["ltx25-ia2v"]],
  ["ltx25-22b-int8_ia2v_dev", "ltx25", ["ia2v"], [], DEV25],
  ["ltx25-22b-int8_a2v_distilled", "ltx25", ["a2v"], ["ltx25-a2v"]],
  ["ltx25-22b-int8_a2v_dev", "ltx25", ["a2v"], [], DEV25],
  ["ltx25-22b-int8_v2v_distilled", "ltx25", ["v2v"], ["ltx25-v2v"], {
    controlNets: LTX23_V2V.controlNets,
  }],
  ["ltx25-22b-int8_v2v_dev", "ltx25", ["v2v"], [], {
    ...DEV25,
    controlNets: LTX2_V2V.controlNets,
  }],

  ["wan_v2.2-14b-fp8_t2v_lightx2v", "wan22", ["t2v"], ["wan22-t2v", "wan22"], {
    width: 640,
    height: 640,
    shift: 5,
  }],
  ["wan_v2.2-14b-fp8_t2v", "wan22", ["t2v"], [], {
    ...NO_EXTRA,
    width: 640,
    height: 640,
    shift: 5,
  }],
  ["wan_v2.2-14b-fp8_i2v_lightx2v", "wan22", ["i2v"], ["wan22-i2v"]],
  ["wan_v2.2-14b-fp8_i2v", "wan22", ["i2v"], [], NO_EXTRA],
  ["wan_v2.2-14b-fp8_s2v_lightx2v", "wan22", ["s2v"], ["wan22-s2v"], { sampler: "uni_pc" }],
  ["wan_v2.2-14b-fp8_s2v", "wan22", ["s2v"], [], { ...NO_EXTRA, sampler: "uni_pc" }],
  ["wan_v2.2-14b-fp8_animate-move_lightx2v", "wan22", ["animate-move"], ["wan22-animate-move"], {
    durationSeconds: [1, 20],
  }],
  [
    "wan_v2.2-14b-fp8_animate-replace_lightx2v",
    "wan22",
    ["animate-replace"],
    ["wan22-animate-replace"],
    { durationSeconds: [1, 20] },
  ],

  ["seedance-2-0", "seedance2", ["t2v", "ia2v", "v2v"], [
    "seedance2",
    "seedance2-t2v",
    "seedance2-ia2v",
    "seedance2-v2v",
  ], { maxDimension: 4096 }],
  ["seedance-2-0-mini", "seedance2", ["t2v", "ia2v", "v2v"], [
    "seedance2-mini",
    "seedance2-mini-t2v",
  ], SMALL_VENDOR],
  ["seedance-2-0-fast", "seedance2", ["t2v", "ia2v", "v2v"], [
    "seedance2-fast",
    "seedance2-fast-t2v",
  ], SMALL_VENDOR],
  ["seedance-2-5", "seedance2", ["t2v", "ia2v", "a2v", "v2v"], [
    "seedance2-5",
    "seedance2-5-t2v",
    "seedance2-5-ia2v",
    "seedance2-5-v2v",
  ], {
    ...SMALL_VENDOR,
    durationSeconds: [4, 30],
    frames: { base: 1, step: 1, plusOne: true, min: 97, max: 721 },
    references: { images: 30, videos: 10, audios: 10, total: 50 },
  }],

  ["happyhorse-1.1-t2v", "happyhorse", ["t2v"], []],
  ["happyhorse-1.1-i2v", "happyhorse", ["i2v"], [], {
    references: { images: 1, videos: 0, audios: 0, total: 1 },
  }],
  ["happyhorse-1.1-r2v", "happyhorse", ["r2v"], [], {
    references: { images: 9, videos: 0, audios: 0, total: 9 },
  }],

  ["wan3.0-video", "wan3", ["t2v", "i2v", "r2v", "a2v", "ia2v"], [
    "wan3",
    "wan3.0",
    "wan3-video",
    "wan-3",
    "wan-3.0",
  ]],
  ["wan3.0-spicy-video", "wan3", ["t2v", "i2v", "r2v", "a2v", "ia2v"], [
    "wan3-enhanced",
    "wan3.0-enhanced",
    "wan3-spicy",
    "wan3.0-spicy",
  ]],

  ["minimax-h3-fl2va-fp8_t2v", "minimax-h3", ["t2v"], ["minimax-h3", "minimax-h3-t2v"]],
  ["minimax-h3-fl2va-fp8_i2v", "minimax-h3", ["i2v"], ["minimax-h3-i2v"]],
  ["minimax-h3-fl2va-fp8_flf2v", "minimax-h3", ["i2v"], ["minimax-h3-flf2v"]],
  ["minimax-h3-ref2va-fp8_r2v", "minimax-h3", ["r2v"], ["minimax-h3-r2v"]],
  ["minimax-h3-fl2va-fp8_t2v_balanced", "minimax-h3", ["t2v"], [
    "minimax-h3-balanced",
    "minimax-h3-t2v-balanced",
  ], BALANCED],
  [
    "minimax-h3-fl2va-fp8_i2v_balanced",
    "minimax-h3",
    ["i2v"],
    ["minimax-h3-i2v-balanced"],
    BALANCED,
  ],
  [
    "minimax-h3-fl2va-fp8_flf2v_balanced",
    "minimax-h3",
    ["i2v"],
    ["minimax-h3-flf2v-balanced"],
    BALANCED,
  ],
  [
    "minimax-h3-ref2va-fp8_r2v_balanced",
    "minimax-h3",
    ["r2v"],
    ["minimax-h3-r2v-balanced"],
    BALANCED,
  ],
  ["minimax-h3-fl2va-fp8_t2v_turbo", "minimax-h3", ["t2v"], [
    "minimax-h3-turbo",
    "minimax-h3-t2v-turbo",
  ], TURBO],
  ["minimax-h3-fl2va-fp8_i2v_turbo", "minimax-h3", ["i2v"], ["minimax-h3-i2v-turbo"], TURBO],
  ["minimax-h3-fl2va-fp8_flf2v_turbo", "minimax-h3", ["i2v"], ["minimax-h3-flf2v-turbo"], TURBO],
  ["minimax-h3-ref2va-fp8_r2v_turbo", "minimax-h3", ["r2v"], ["minimax-h3-r2v-turbo"], {
    ...TURBO,
    width: 960,
    height: 544,
  }],
  ["minimax-h3-fastvideo-int8_t2v_turbo", "minimax-h3", ["t2v"], [
    "minimax-h3-fasth3-turbo",
    "minimax-h3-fasth3-t2v-turbo",
  ], TURBO],
  [
    "minimax-h3-fastvideo-int8_i2v_turbo",
    "minimax-h3",
    ["i2v"],
    ["minimax-h3-fasth3-i2v-turbo"],
    TURBO,
  ],
  [
    "minimax-h3-fastvideo-int8_flf2v_turbo",
    "minimax-h3",
    ["i2v"],
    ["minimax-h3-fasth3-flf2v-turbo"],
    TURBO,
  ],
];

/** Every video model in the table. */
export const VIDEO_MODELS: readonly VideoModel[] = ROWS.map((
  [id, family, workflows, aliases, differs],
) => ({ ...VIDEO_FAMILIES[family], ...differs, id, family, workflows, aliases }));

/** Default model of each workflow when neither flags, configuration nor prompt choose one. */
export const DEFAULT_VIDEO_MODELS: Readonly<Record<Exclude<VideoWorkflow, "r2v">, string>> = {
  t2v: "ltx23-22b-fp8_t2v_distilled",
  i2v: "wan_v2.2-14b-fp8_i2v_lightx2v",
  s2v: "wan_v2.2-14b-fp8_s2v_lightx2v",
  ia2v: "ltx23-22b-fp8_ia2v_distilled",
  a2v: "ltx23-22b-fp8_a2v_distilled",
  v2v: "ltx23-22b-fp8_v2v_distilled",
  "animate-move": "wan_v2.2-14b-fp8_animate-move_lightx2v",
  "animate-replace": "wan_v2.2-14b-fp8_animate-replace_lightx2v",
};

/** The video part of the quality presets: steps, and the length of the shorter side. */
export const VIDEO_PRESETS: Readonly<
  Record<"fast" | "hq" | "pro", { steps: number; shortSide?: number }>
> = {
  fast: { steps: 8 },
  hq: { steps: 8, shortSide: 1088 },
  pro: { steps: 20, shortSide: 1920 },
};

const BY_NAME = new Map(
  VIDEO_MODELS.flatMap((model) =>
    [model.id, ...model.aliases].map((name) => [name, model] as const)
  ),
);

/** The model of this id or selector, when it is in the table. */
export function findVideoModel(name: string): VideoModel | undefined {
  return BY_NAME.get(name) ?? BY_NAME.get(name.toLowerCase());
}

/** The model of this id; an id that is not in the table gets careful general rules. */
export function videoModel(id: string): VideoModel {
  const known = findVideoModel(id);
  if (known) return known;
  const family = guessFamily(id);
  return {
    ...VIDEO_FAMILIES[family],
    id,
    family,
    workflows: [],
    aliases: [],
    steps: VIDEO_FAMILIES[family].steps === null ? null : guessSteps(id),
  };
}

function guessFamily(id: string): VideoFamilyName {
  const name = id.toLowerCase();
  const known = [
    ["ltx23", "ltx23"],
    ["ltx25", "ltx25"],
    ["ltx2", "ltx2"],
    ["wan_v2.2", "wan22"],
    ["seedance", "seedance2"],
    ["happyhorse", "happyhorse"],
  ] as const;
  return known.find(([start]) => name.startsWith(start))?.[1] ?? "unknown";
}

// The contract's fallback for models without a row.
function guessSteps(id: string): number {
  const name = id.toLowerCase();
  if (name.includes("ltx") && name.includes("distilled")) return 8;
  return /lightx2v|lightning|turbo|lcm/.test(name) ? 4 : 20;
}
