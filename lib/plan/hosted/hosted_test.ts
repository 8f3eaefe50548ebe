import { assertEquals, assertThrows } from "@std/assert";
import type { PluginConfig } from "../../catalog/plugin_config.ts";
import type { Options } from "../../cli/flags/table.ts";
import { AppError } from "../../errors/app_error.ts";
import { planInput } from "../../../tests/support/plan_input.ts";
import { keyframeModel, keyframeWorkflow } from "./keyframe_workflow.ts";
import { storyboardWishes } from "./storyboard_request.ts";
import { bindsInputMedia, checkWorkflowInput } from "./workflow_input.ts";

function plan(options: Options, config: PluginConfig = {}) {
  const input = { ...planInput(options), prompt: "a pencil robot", config };
  const workflow = keyframeWorkflow(input).input as {
    title: string;
    steps: { arguments: Record<string, unknown> }[];
  };
  return {
    title: workflow.title,
    keyframe: workflow.steps[0]?.arguments,
    clip: workflow.steps[1]?.arguments,
  };
}

Deno.test("the default workflow is the contract's example", () => {
  const input = { ...planInput({ seed: 123456 }), prompt: "P" };
  assertEquals(keyframeWorkflow(input).input, {
    title: "Generated keyframe to video",
    steps: [
      {
        id: "keyframe",
        toolName: "generate_image",
        arguments: {
          prompt: "P",
          width: 512,
          height: 512,
          model: "z_image_turbo_bf16",
          numberOfVariations: 1,
          seed: 123456,
        },
      },
      {
        id: "clip",
        toolName: "generate_video",
        arguments: { prompt: "P", width: 512, height: 512, duration: 5, numberOfVariations: 1 },
        dependsOn: [{
          sourceStepId: "keyframe",
          sourceArtifactIndex: 0,
          targetArgument: "referenceImageIndices",
          mediaType: "image",
          transform: "image_index",
          required: true,
        }],
      },
    ],
  });
});

Deno.test("arguments come from their flags", () => {
  const { title, keyframe, clip } = plan({
    seed: 1,
    workflowTitle: "T",
    videoPrompt: "closer",
    negativePrompt: "blur",
    width: 640,
    height: 384,
    videoModel: "seedance2",
    duration: 7,
    count: 3,
    generateAudio: false,
    expandPrompt: true,
  });
  assertEquals(title, "T");
  assertEquals(keyframe, {
    prompt: "a pencil robot",
    negativePrompt: "blur",
    width: 640,
    height: 384,
    model: "z_image_turbo_bf16",
    numberOfVariations: 3,
    seed: 1,
  });
  assertEquals(clip, {
    prompt: "closer",
    negativePrompt: "blur",
    width: 640,
    height: 384,
    videoModel: "seedance2",
    duration: 7,
    numberOfVariations: 3,
    generateAudio: false,
    expandPrompt: true,
  });
});

Deno.test("sizes and models by preset, configuration and attachment", () => {
  const sizes: [Options, PluginConfig, [number, number]][] = [
    [{ quality: "hq" }, { defaultWidth: 700, defaultHeight: 300 }, [768, 768]],
    [{ quality: "fast" }, { defaultWidth: 700 }, [512, 512]],
    [{}, { defaultWidth: 700, defaultHeight: 300 }, [700, 300]],
    [{ width: 800 }, {}, [800, 512]],
  ];
  for (const [options, config, [width, height]] of sizes) {
    const { keyframe } = plan(options, config);
    assertEquals([keyframe?.width, keyframe?.height], [width, height]);
  }
  const models: [Options, PluginConfig, string][] = [
    [{ model: "m", quality: "pro" }, {}, "m"],
    [{ quality: "pro", context: ["a.png"] }, {}, "flux2_dev_fp8"],
    [{ context: ["a.png"] }, {}, "qwen_image_edit_2511_fp8_lightning"],
    [{ context: ["a.png"] }, { defaultEditModel: "e" }, "e"],
    [{ photobooth: true }, {}, "coreml-sogniXLturbo_alpha1_ad"],
    [{}, { defaultImageModel: "i" }, "i"],
    [{}, {}, "z_image_turbo_bf16"],
  ];
  for (const [options, config, expected] of models) {
    assertEquals(keyframeModel({ ...planInput(options), config }), expected);
  }
});

Deno.test("without a seed one is derived, and said", () => {
  const { seed } = keyframeWorkflow({ ...planInput({}), prompt: "P" });
  assertEquals(seed.note, `Using prompt-hash seed: ${seed.seed}`);
});

Deno.test("a workflow that the user wrote", () => {
  const step = { toolName: "generate_image", arguments: {} };
  const bound = (sourceStepId: unknown) => ({ ...step, dependsOn: [{ sourceStepId }] });
  const good: unknown[] = [
    { steps: [step] },
    { steps: [{ ...step, id: "a" }, { ...bound("a"), id: "b", extra: 1 }], more: true },
    { steps: [bound("$input_media")] },
  ];
  for (const input of good) assertEquals(checkWorkflowInput(input), input);
  const bad: unknown[] = [
    null,
    [],
    5,
    "x",
    {},
    { steps: {} },
    { steps: [] },
    { steps: [null] },
    { steps: [{ arguments: {} }] },
    { steps: [{ toolName: "", arguments: {} }] },
    { steps: [{ toolName: "t" }] },
    { steps: [{ toolName: "t", arguments: [] }] },
    { steps: [{ ...step, id: "a" }, { ...step, id: "a" }] },
    { steps: [{ ...step, id: 5 }] },
    { steps: [{ ...step, dependsOn: {} }] },
    { steps: [bound("later"), { ...step, id: "later" }] },
    { steps: [bound(undefined)] },
  ];
  for (const input of bad) {
    const error = assertThrows(
      () => checkWorkflowInput(input),
      AppError,
      undefined,
      JSON.stringify(input),
    );
    assertEquals(error.code, "INVALID_WORKFLOW_INPUT");
  }
  assertEquals(bindsInputMedia({ steps: [step] }), false);
  assertEquals(bindsInputMedia({ steps: [step, bound("$input_media")] }), true);
});

Deno.test("a JSON input beats the flags of a storyboard film", () => {
  const options: Options = {
    storyboardFrames: 6,
    duration: 12,
    targetResolution: 1080,
    quality: "hq",
    generateAudio: true,
    model: "m",
  };
  assertEquals(storyboardWishes(options, "P", undefined), {
    request: { userText: "P", frames: 6, duration: 12, shortSide: 1080 },
    choices: { quality: "hq", model: "m", generateAudio: true },
  });
  const json = {
    script: "S",
    prompt: "Q",
    title: "T",
    frameCount: 8,
    videoDurationSec: 10,
    videoTargetResolution: 480,
    imageModel: "im",
    gptImageQuality: "low",
    outputFormat: "jpg",
    videoModel: "vm",
    generateAudio: false,
  };
  assertEquals(storyboardWishes(options, "P", json), {
    request: { userText: "Q", title: "T", frames: 8, duration: 10, shortSide: 480 },
    choices: {
      quality: "hq",
      imageQuality: "low",
      outputFormat: "jpg",
      model: "m",
      imageModel: "im",
      videoModel: "vm",
      generateAudio: false,
    },
    storyline: "S",
  });
});
