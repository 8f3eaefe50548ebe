import { assertEquals, assertThrows } from "@std/assert";
import { imageModel } from "../../catalog/image_models.ts";
import type { PluginConfig } from "../../catalog/plugin_config.ts";
import { IMAGE_PRESETS } from "../../catalog/presets.ts";
import type { Quality } from "../../catalog/presets.ts";
import type { Options } from "../../cli/flags/table.ts";
import { AppError } from "../../errors/app_error.ts";
import { chooseImageSize } from "./size.ts";

interface Row {
  model?: string;
  options?: Options;
  config?: PluginConfig;
  quality?: Quality;
  fallback?: readonly [number, number];
  size: string;
  noted?: boolean;
}

const GPT = "gpt-image-2";
const ROWS: readonly Row[] = [
  { size: "512x512" },
  { options: { width: 640 }, size: "640x512" },
  { options: { height: 300 }, size: "512x300" },
  { options: { width: 1023, height: 577 }, size: "1023x577" },
  { options: { width: 2560, height: 256 }, size: "2560x256" },
  { config: { defaultWidth: 700, defaultHeight: 800 }, size: "700x800" },
  { config: { defaultWidth: 700 }, size: "700x512" },
  { config: { defaultHeight: 800 }, options: { width: 640 }, size: "640x800" },
  { config: { defaultWidth: 64, defaultHeight: 4096 }, size: "256x2560", noted: true },
  { quality: "fast", size: "512x512" },
  { quality: "fast", config: { defaultWidth: 700 }, size: "700x512" },
  { quality: "hq", size: "768x768" },
  { quality: "hq", config: { defaultWidth: 700 }, size: "768x768" },
  { quality: "pro", size: "1024x1024" },
  { quality: "pro", options: { width: 640 }, size: "640x512" },
  { quality: "pro", options: { width: 640, height: 640 }, size: "640x640" },
  { fallback: [1024, 1024], size: "1024x1024" },
  { fallback: [1024, 1024], quality: "hq", size: "1024x1024" },
  { fallback: [1024, 1024], options: { height: 768 }, size: "1024x768" },
  { model: GPT, size: "1024x1024" },
  { model: GPT, quality: "hq", size: "1024x1024" },
  { model: GPT, options: { width: 1536 }, size: "1536x1024" },
  { model: GPT, options: { width: 3840 }, size: "3840x1280", noted: true },
  { model: GPT, options: { width: 1000, height: 1000 }, size: "1008x1008", noted: true },
  { model: GPT, options: { width: 3840, height: 2160 }, size: "3840x2160" },
  { model: GPT, config: { defaultWidth: 512, defaultHeight: 512 }, size: "816x816", noted: true },
  { model: "krea2_identity_edit_v1_2", size: "1024x1024" },
  {
    model: "krea2_identity_edit_v1_2",
    options: { width: 1001, height: 1024 },
    size: "1008x1024",
    noted: true,
  },
];
for (const row of ROWS) {
  const { size, noted, ...rest } = row;
  Deno.test(`${JSON.stringify(rest)} is ${size}`, () => {
    const choice = chooseImageSize({
      options: row.options ?? {},
      config: row.config ?? {},
      model: imageModel(row.model ?? "z_image_turbo_bf16"),
      preset: row.quality && IMAGE_PRESETS[row.quality],
      fallback: row.fallback ?? [512, 512],
    });
    assertEquals(`${choice.width}x${choice.height}`, size);
    assertEquals(choice.notes.length, noted ? 1 : 0);
  });
}

const REFUSED: readonly [string, Options, string, Record<string, unknown>, string][] = [
  ["z_image_turbo_bf16", { width: 255 }, "--width", { min: 256, max: 2560 }, "--width 256"],
  ["z_image_turbo_bf16", { height: 2561 }, "--height", { min: 256, max: 2560 }, "--height 2560"],
  ["flux2_dev_fp8", { width: 2049 }, "--width", { min: 256, max: 2048 }, "--width 2048"],
  ["krea2_identity_edit_v1_2", { width: 511 }, "--width", { min: 512 }, "--width 512"],
  [GPT, { width: 3841 }, "--width", { max: 3840 }, "--width 3840"],
  [GPT, { width: 512, height: 512 }, "--width", { minPixels: 655_360 }, "--width 816 --height 816"],
  [
    GPT,
    { width: 3840, height: 3840 },
    "--width",
    { maxPixels: 8_294_400 },
    "--width 2880 --height 2880",
  ],
  [GPT, { width: 2048, height: 512 }, "--width", { maxAspect: 3 }, "--width 2048 --height 688"],
  [GPT, { height: 400 }, "--height", { value: 400 }, "--width 1296 --height 512"],
];
for (const [model, options, flag, details, hint] of REFUSED) {
  Deno.test(`${JSON.stringify(options)} is refused for ${model}`, () => {
    const error = assertThrows(
      () =>
        chooseImageSize({
          options,
          config: {},
          model: imageModel(model),
          preset: undefined,
          fallback: [512, 512],
        }),
      AppError,
      flag,
    );
    assertEquals(error.code, "INVALID_ARGUMENT");
    assertEquals(error.details?.["flag"], flag);
    assertEquals(error.details?.["model"], model);
    for (const [key, value] of Object.entries(details)) assertEquals(error.details?.[key], value);
    assertEquals(error.hint?.includes(hint), true, error.hint);
  });
}
