/**
 * Data: every model of the sandbox. A model of a known family is one row; what a family has in
 * common is in `families.ts`. The number by which workers are listed follows from the place in the
 * table, so new rows go to the end.
 */
import type { ModelRow } from "./families.ts";

/** The models, in the order of their numbers. */
export const MODEL_ROWS: readonly ModelRow[] = [
  // Pictures. `seconds` is one step at one megapixel.
  { id: "z_image_turbo_bf16", family: "graph-image", steps: 8, seconds: 0.25, size: 512 },
  { id: "flux2_dev_fp8", family: "graph-image", steps: 20, seconds: 0.9 },
  { id: "qwen_image_2512_fp8", family: "graph-image", steps: 20, seconds: 0.8, guidance: 4 },
  { id: "qwen_image_2512_fp8_lightning", family: "graph-image", steps: 4, seconds: 0.8 },
  { id: "flux1-schnell-fp8", family: "legacy-image", steps: 4, seconds: 0.5 },
  { id: "chroma-v.46-flash_fp8", family: "legacy-image", steps: 10, seconds: 0.5 },
  { id: "krea2_turbo_fp8_scaled", family: "graph-image", steps: 8, seconds: 0.4 },
  { id: "gpt-image-2", family: "vendor-image", seconds: 20 },
  {
    id: "qwen_image_edit_2511_fp8_lightning",
    family: "graph-image",
    steps: 4,
    seconds: 1.1,
    guidance: 3.5,
  },
  { id: "qwen_image_edit_2511_fp8", family: "graph-image", steps: 20, seconds: 1.1, guidance: 7.5 },
  {
    id: "coreml-sogniXLturbo_alpha1_ad",
    family: "legacy-image",
    steps: 7,
    seconds: 0.3,
    guidance: 2,
  },

  // Films. `seconds` is one step at one megapixel and 81 frames.
  { id: "ltx23-22b-fp8_t2v_distilled", family: "ltx23", steps: 8, sound: true },
  { id: "ltx23-22b-fp8_i2v_distilled", family: "ltx23", steps: 8, sound: true },
  { id: "ltx23-22b-fp8_ia2v_distilled", family: "ltx23", steps: 8 },
  { id: "ltx23-22b-fp8_a2v_distilled", family: "ltx23", steps: 8 },
  { id: "ltx23-22b-fp8_v2v_distilled", family: "ltx23", steps: 8, fps: 25 },
  { id: "ltx23-22b-fp8_t2v_dev", family: "ltx23", steps: 20, sound: true },
  { id: "ltx23-22b-fp8_i2v_dev", family: "ltx23", steps: 20, sound: true },
  { id: "ltx23-22b-fp8_ia2v_dev", family: "ltx23", steps: 20 },
  { id: "ltx23-22b-fp8_a2v_dev", family: "ltx23", steps: 20 },
  { id: "ltx2-19b-fp8_t2v_distilled", family: "ltx2", steps: 8, sound: true },
  { id: "ltx2-19b-fp8_t2v", family: "ltx2", steps: 20, sound: true },
  { id: "ltx2-19b-fp8_i2v_distilled", family: "ltx2", steps: 8, sound: true },
  { id: "ltx2-19b-fp8_i2v", family: "ltx2", steps: 20, sound: true },
  { id: "ltx2-19b-fp8_ia2v_distilled", family: "ltx2", steps: 8 },
  { id: "ltx2-19b-fp8_ia2v", family: "ltx2", steps: 20 },
  { id: "ltx2-19b-fp8_a2v_distilled", family: "ltx2", steps: 8 },
  { id: "ltx2-19b-fp8_a2v", family: "ltx2", steps: 20 },
  { id: "ltx2-19b-fp8_v2v_distilled", family: "ltx2", steps: 8, fps: 25 },
  { id: "ltx2-19b-fp8_v2v", family: "ltx2", steps: 20, fps: 25 },
  { id: "wan_v2.2-14b-fp8_t2v_lightx2v", family: "wan22", steps: 4, width: 640, height: 640 },
  { id: "wan_v2.2-14b-fp8_t2v", family: "wan22", steps: 20, width: 640, height: 640 },
  { id: "wan_v2.2-14b-fp8_i2v_lightx2v", family: "wan22", steps: 4 },
  { id: "wan_v2.2-14b-fp8_i2v", family: "wan22", steps: 20 },
  { id: "wan_v2.2-14b-fp8_s2v_lightx2v", family: "wan22", steps: 4 },
  { id: "wan_v2.2-14b-fp8_s2v", family: "wan22", steps: 20 },
  { id: "wan_v2.2-14b-fp8_animate-move_lightx2v", family: "wan22", steps: 4 },
  { id: "wan_v2.2-14b-fp8_animate-replace_lightx2v", family: "wan22", steps: 4 },
  { id: "seedance-2-0", family: "vendor-video", sound: true, width: 1920, height: 1088 },
  { id: "seedance-2-0-mini", family: "vendor-video", sound: true },
  { id: "seedance-2-0-fast", family: "vendor-video", sound: true },
  { id: "happyhorse-1.1-t2v", family: "vendor-video", sound: true, width: 1920, height: 1080 },
  { id: "happyhorse-1.1-i2v", family: "vendor-video", sound: true, width: 1920, height: 1080 },
  { id: "happyhorse-1.1-r2v", family: "vendor-video", sound: true, width: 1920, height: 1080 },

  // Music.
  { id: "ace_step_1.5_xl_turbo", family: "music-turbo" },
  { id: "ace_step_1.5_xl_sft", family: "music-sft" },
  { id: "ace_step_1.5_turbo", family: "music-turbo" },
  { id: "ace_step_1.5_sft", family: "music-sft" },
];
