/** What `generate` prints: the delivered results, their record, the plan, the price. */
import {
  about,
  type Fields,
  flag,
  just,
  list,
  number,
  object,
  oneOf,
  orNull,
  type Schema,
  text,
  time,
  whole,
} from "./shape.ts";

const TOKEN = oneOf("spark", "sogni");
const SEED_STRATEGY = orNull(oneOf("random", "prompt-hash"));

/** Of every medium. Lists are in submission order and of one length. */
const RESULT: Fields = {
  type: oneOf("image", "video", "music", "multi-angle", "multi-angle-360"),
  model: text,
  width: orNull(whole),
  height: orNull(whole),
  seed: orNull(whole),
  seedStrategy: SEED_STRATEGY,
  tokenType: TOKEN,
  projectIds: list(text),
  localPath: about("First saved file; null when nothing was saved", orNull(text)),
  localPaths: about("Saved files; null where one could not be saved", list(orNull(text))),
  "outputFormat?": text,
};

const OUTPUTS: Fields = {
  "prompt?": text,
  "seeds?": list(orNull(whole)),
  "urls?": about("Links that expire; null when the service gave none", list(orNull(text))),
  "prompts?": list(text),
};

const ANGLES: Fields = {
  "angles?": list(object({
    azimuth: text,
    elevation: text,
    distance: text,
    prompt: text,
    urls: list(orNull(text)),
    seeds: list(orNull(whole)),
    localPaths: list(orNull(text)),
  })),
  "videoPath?": orNull(text),
  "contactSheet?": about("A picture of all results", text),
};

/** How the model worked. */
const SETTINGS: Fields = {
  "count?": whole,
  "sampler?": orNull(text),
  "scheduler?": orNull(text),
  "shift?": orNull(number),
  "loras?": list(text),
  "loraStrengths?": list(number),
  "controlNet?": { type: "object" },
  "photobooth?": flag,
  "contextImages?": list(text),
  "sourceImage?": orNull(text),
};

/** A clip that takes its size from its start picture. */
const SIZES: Fields = {
  "effectiveWidth?": whole,
  "effectiveHeight?": whole,
  "effectiveFromReference?": object({ width: whole, height: whole }),
  "adjustedVideoDims?": { type: "object" },
};

const FILM: Fields = {
  "workflow?": text,
  "fps?": orNull(number),
  "duration?": about("Seconds, of film or music", orNull(number)),
  "frames?": orNull(whole),
  "targetResolution?": whole,
  "strictSize?": flag,
  "autoResizeVideoAssets?": flag,
  "trimEndFrame?": flag,
  "firstFrameStrength?": number,
  "lastFrameStrength?": number,
  "sam2Coordinates?": list({ type: "object" }),
  "videoModel?": orNull(text),
  ...SIZES,
};

/** References, as they were given. */
const REFERENCES: Fields = {
  "refImage?": orNull(text),
  "refImageEnd?": orNull(text),
  "refAudio?": orNull(text),
  "refAudios?": list(text),
  "audioStart?": number,
  "audioDuration?": number,
  "referenceAudioIdentity?": text,
  "voicePersonaName?": text,
  "refVideo?": orNull(text),
  "refVideos?": list(text),
  "videoStart?": number,
};

const MUSIC: Fields = {
  "bpm?": orNull(number),
  "keyscale?": orNull(text),
  "timesignature?": { type: ["string", "number", "null"] },
  "language?": orNull(text),
  "composerMode?": orNull(flag),
  "lyrics?": orNull(text),
};

const MISSING: Fields = {
  "withheld?": about("Results that the content filter kept back; the exit code is 10", whole),
  "partial?": flag,
  "failures?": list(object({
    index: about("Place among all results, from 0", whole),
    errorCode: text,
    error: text,
    retryable: flag,
  })),
  "sandbox?": about("Present when the practice service answered and nothing was paid", just(true)),
};

const MEDIA: Fields = { ...SETTINGS, ...REFERENCES, ...FILM, ...MUSIC };

/** The success object of a run. */
export const RENDER: Schema = object({
  success: just(true),
  ...RESULT,
  ...OUTPUTS,
  ...ANGLES,
  ...MEDIA,
  ...MISSING,
});

/** What `--last` prints in JSON mode, and what the file holds but for `success`. */
export const LAST_RENDER: Schema = object({
  "success?": just(true),
  timestamp: time,
  ...RESULT,
  ...OUTPUTS,
  ...ANGLES,
  ...MEDIA,
  projectId: orNull(text),
  quality: orNull(text),
  "sandbox?": just(true),
});

const MEDIA_INPUT = object({
  slot: text,
  source: text,
  transfer: oneOf("bytes", "forward", "upload"),
  "prepare?": object({ kind: text }),
});

/** What `--dry-run` prints. */
export const PLAN: Schema = object({
  success: just(true),
  type: just("plan"),
  plan: object({
    medium: oneOf("image", "video", "music"),
    branch: text,
    model: text,
    prompt: text,
    count: whole,
    projects: list(object({
      params: about(
        "What projects.create of the official SDK takes",
        object({ type: oneOf("image", "video", "audio"), modelId: text, numberOfMedia: whole }),
      ),
      media: list(MEDIA_INPUT),
    })),
    order: oneOf("together", "sequential"),
    network: oneOf("fast", "relaxed"),
    tokenType: TOKEN,
    timeoutSeconds: number,
    extension: text,
    seedStrategy: SEED_STRATEGY,
    "seed?": whole,
    notes: list(object({ level: oneOf("note", "warning", "important"), text })),
  }),
});

/** What `--estimate` prints. */
export const ESTIMATE: Schema = object({
  success: just(true),
  type: oneOf("cost", "video-cost"),
  model: text,
  tokenType: TOKEN,
  count: whole,
  "width?": orNull(whole),
  "height?": orNull(whole),
  "duration?": orNull(number),
  "fps?": orNull(number),
  "frames?": orNull(whole),
  "steps?": orNull(whole),
  "medium?": text,
  "sandbox?": just(true),
  estimate: about(
    "null: the service did not say, which is not the same as free",
    object({
      token: about("In the token type above", orNull(number)),
      spark: orNull(number),
      sogni: orNull(number),
      usd: orNull(number),
    }),
  ),
  timestamp: time,
});

/** What `--balance` prints. */
export const BALANCE: Schema = object({
  success: just(true),
  type: just("balance"),
  spark: about("null: not known", orNull(number)),
  sogni: orNull(number),
  tokenType: text,
  "sandbox?": just(true),
  timestamp: time,
});
