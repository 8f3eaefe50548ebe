/**
 * The image models that we know facts about. To add one, add a row to {@link IMAGE_MODELS}; a model
 * without a row still works, by the rules of {@link unlistedImageModel}.
 */

/** Facts about an image model. Sizes are pixels. */
export interface ImageModel {
  readonly id: string;
  /** Other names that `--model` takes; the id is sent. */
  readonly aliases?: readonly string[];
  /** Other ids that follow the same rules and are sent as they are. */
  readonly sameRules?: readonly string[];
  /** Runs at an outside vendor, paid with Premium Spark only. */
  readonly premium?: true;
  readonly steps?: number;
  readonly guidance?: number;
  readonly sampler?: string;
  readonly scheduler?: string;
  /** Smallest and largest side that the service takes. */
  readonly side: { readonly min: number; readonly max: number };
  /** Both sides must be multiples of this. */
  readonly multiple?: number;
  /** Longest side divided by shortest, at most. */
  readonly maxAspect?: number;
  /** Width times height. */
  readonly pixels?: { readonly min: number; readonly max: number };
  /** Size when none is asked for, where the branch's own would not do. */
  readonly defaultSize?: readonly [number, number];
  readonly maxContextImages: number;
  /** Formats besides png and jpg. */
  readonly webp?: true;
  /** Takes the vendor's quality level in place of a preset's model. */
  readonly vendorQuality?: true;
  /** Can re-render a subject from another camera angle. */
  readonly multiAngle?: true;
  /** How long a render may take, where the branch's own limit is too short. */
  readonly timeoutSeconds?: number;
}

const SIDE = { min: 256, max: 2048 } as const;
const WIDE_SIDE = { min: 256, max: 2560 } as const;
const KREA_EDIT = {
  steps: 10,
  guidance: 1,
  sampler: "euler",
  scheduler: "simple",
  side: { min: 512, max: 2048 },
  multiple: 16,
  defaultSize: [1024, 1024],
  maxContextImages: 2,
} as const;

/** Every listed image model. */
export const IMAGE_MODELS: readonly ImageModel[] = [
  { id: "z_image_turbo_bf16", side: WIDE_SIDE, maxContextImages: 0 },
  { id: "flux2_dev_fp8", side: SIDE, maxContextImages: 6, timeoutSeconds: 300 },
  {
    id: "qwen_image_2512_fp8",
    steps: 20,
    side: WIDE_SIDE,
    maxContextImages: 0,
    timeoutSeconds: 180,
  },
  { id: "qwen_image_2512_fp8_lightning", side: WIDE_SIDE, maxContextImages: 0 },
  { id: "flux1-schnell-fp8", side: SIDE, maxContextImages: 6 },
  { id: "chroma-v.46-flash_fp8", side: SIDE, maxContextImages: 0 },
  { id: "krea2_turbo_fp8_scaled", side: WIDE_SIDE, maxContextImages: 0 },
  {
    id: "gpt-image-2",
    aliases: ["gptimage2", "gpt-image"],
    sameRules: ["gpt_image_2"],
    premium: true,
    side: { min: 256, max: 3840 },
    multiple: 16,
    maxAspect: 3,
    pixels: { min: 655_360, max: 8_294_400 },
    defaultSize: [1024, 1024],
    maxContextImages: 16,
    webp: true,
    vendorQuality: true,
    timeoutSeconds: 300,
  },
  {
    id: "qwen_image_edit_2511_fp8_lightning",
    side: WIDE_SIDE,
    maxContextImages: 3,
    multiAngle: true,
  },
  {
    id: "qwen_image_edit_2511_fp8",
    side: WIDE_SIDE,
    maxContextImages: 3,
    multiAngle: true,
    timeoutSeconds: 180,
  },
  {
    id: "coreml-sogniXLturbo_alpha1_ad",
    steps: 7,
    guidance: 2,
    side: SIDE,
    maxContextImages: 0,
  },
  { id: "krea2_identity_edit_v1_2", ...KREA_EDIT },
  { id: "dark_beast_krea2_identity_edit_v1_2", ...KREA_EDIT },
  { id: "dark_beast_krea2_fp8", side: SIDE, maxContextImages: 0 },
];

/** Context images by what an unlisted id contains; the first match counts. */
const CONTEXT_IMAGES_BY_NAME: readonly (readonly [part: string, limit: number])[] = [
  ["qwen_image_edit", 3],
  ["kontext", 2],
  ["flux", 6],
];

/** Context images that the service's client (5.54.0) sends: three, and these exceptions. */
const SENT_CONTEXT_IMAGES: Readonly<Record<string, number>> = { "gpt-image-2": 16 };
const SENT_BY_DEFAULT = 3;

/**
 * How many context images reach the service. FLUX is documented with six, but the SDK refuses more
 * than three (`getMaxContextImages` in its lib/validation, before the uploads), and its typed
 * interface has no other way to bring one in: `contextImages` is counted, uploads are private. A
 * refusal of ours before anything is sent is better than its own afterwards.
 */
export function sendableContextImages({ id, maxContextImages }: ImageModel): number {
  return Math.min(maxContextImages, SENT_CONTEXT_IMAGES[id] ?? SENT_BY_DEFAULT);
}

/** Models to name when a model takes no context images. */
export const EDIT_MODEL_IDS: readonly string[] = IMAGE_MODELS
  .filter((model) => model.maxContextImages > 0)
  .map((model) => model.id);

/** The facts of an image model by id or alias; an unlisted id gets those that hold for all. */
export function imageModel(selector: string): ImageModel {
  return findImageModel(selector) ?? unlistedImageModel(selector);
}

/** The listed image model of this id or alias. */
export function findImageModel(selector: string): ImageModel | undefined {
  const listed = IMAGE_MODELS.find((model) =>
    model.id === selector || model.aliases?.includes(selector)
  );
  if (listed) return listed;
  const ruled = IMAGE_MODELS.find((model) => model.sameRules?.includes(selector));
  return ruled ? { ...ruled, id: selector } : undefined;
}

/** What holds for an image model that has no row. */
export function unlistedImageModel(id: string): ImageModel {
  const limit = CONTEXT_IMAGES_BY_NAME.find(([part]) => id.includes(part))?.[1] ?? 0;
  return { id, side: SIDE, maxContextImages: limit };
}
