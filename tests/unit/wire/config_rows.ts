/** What the plugin configuration decides where no flag does. */
import type { PluginConfig } from "../../../lib/catalog/plugin_config.ts";
import type { SentRequest } from "../../support/wire_harness.ts";
import type { WireRow } from "./rows.ts";

const LTX_I2V = "ltx23-22b-fp8_i2v_distilled";

const TABLE: readonly [config: PluginConfig, line: string, expected: SentRequest][] = [
  [{ defaultImageModel: "flux2_dev_fp8" }, "cat", { modelID: "flux2_dev_fp8" }],
  [{ defaultImageModel: "flux2_dev_fp8" }, "-Q hq cat", { modelID: "z_image_turbo_bf16" }],
  [{ defaultImageModel: "flux2_dev_fp8" }, "-m gpt-image-2 cat", { modelID: "gpt-image-2" }],
  [{ defaultEditModel: "gpt-image-2" }, "-c square.png cat", { modelID: "gpt-image-2" }],
  [{ defaultEditModel: "gpt-image-2" }, "cat", { modelID: "z_image_turbo_bf16" }],
  [{ defaultWidth: 640, defaultHeight: 768 }, "cat", { width: 640, height: 768 }],
  [{ defaultWidth: 640, defaultHeight: 768 }, "-w 512 cat", { width: 512, height: 768 }],
  [{ defaultWidth: 640, defaultHeight: 768 }, "-Q hq cat", { width: 768, height: 768 }],
  [{ defaultWidth: 1280, defaultHeight: 768 }, "--video waves", { width: 1280, height: 768 }],
  [{ defaultWidth: 1280, defaultHeight: 768 }, "--video '640x640 waves'", {
    width: 640,
    height: 640,
  }],
  [{ defaultWidth: 1280, defaultHeight: 768 }, "--video --target-resolution 1088 waves", {
    width: 1280,
    height: 768,
  }],
  [{ defaultCount: 3 }, "cat", { numberOfImages: 3 }],
  [{ defaultCount: 3 }, "-n 1 cat", { numberOfImages: 1 }],
  [{ defaultFps: 30 }, "--video waves", { fps: 30, frames: 153 }],
  [{ defaultFps: 30 }, "--video --fps 25 waves", { fps: 25, frames: 129 }],
  [{ defaultDurationSec: 8 }, "--video waves", { frames: 193 }],
  [{ defaultDurationSec: 8 }, "--video --duration 2 waves", { frames: 49 }],
  [{ defaultDurationSec: 8 }, "--video 'a 3 second video'", { frames: 73 }],
  [{ defaultTokenType: "sogni" }, "cat", { tokenType: "sogni" }],
  [{ defaultTokenType: "sogni" }, "--token-type spark cat", { tokenType: "spark" }],
  [{ defaultTokenType: "sogni" }, "-m gpt-image-2 cat", { tokenType: "spark" }],
  [{ defaultNetwork: "relaxed" }, "cat", { network: "relaxed" }],
  [{ defaultMusicDurationSec: 60 }, "--music synth", { duration: 60 }],
  [{ defaultMusicDurationSec: 60 }, "--music --duration 20 synth", { duration: 20 }],
  [{ defaultMusicModel: "sft" }, "--music synth", { modelID: "ace_step_1.5_xl_sft", steps: 50 }],
  [{ videoModels: { i2v: LTX_I2V } }, "--video --ref square.png pan", { modelID: LTX_I2V }],
  [{ videoModels: { i2v: LTX_I2V } }, "--video -m wan22 --ref square.png pan", {
    modelID: "wan_v2.2-14b-fp8_i2v_lightx2v",
  }],
  [{ seedStrategy: "random" }, "cat", { seed: 123_456_789 }],
  [{ seedStrategy: "random" }, "-s 5 cat", { seed: 5 }],
  [{ modelDefaults: { z_image_turbo_bf16: { steps: 6, guidance: 2 } } }, "cat", {
    steps: 6,
    guidanceScale: 2,
  }],
  [{ modelDefaults: { z_image_turbo_bf16: { steps: 6 } } }, "--steps 9 cat", { steps: 9 }],
];

export const CONFIG_ROWS: readonly WireRow[] = TABLE.map(([config, line, expected]) => ({
  line,
  expected,
  facts: { config },
}));
