import { assert, assertEquals } from "@std/assert";
import { createModelList } from "../models/model_list.ts";
import { imageRequest } from "../testing/job_requests.ts";
import { type JobRequest, readJobRequest, resultSize } from "./job_request.ts";

function read(top: Record<string, unknown> = {}, frame: Record<string, unknown> = {}): JobRequest {
  const request = readJobRequest(imageRequest(top, frame));
  assert(request);
  return request;
}

Deno.test("fields are read in the sandbox's own terms", () => {
  const request = read(
    {
      jobID: "abc",
      numberOfImages: 3,
      tokenType: "sogni",
      outputFormat: "jpeg",
      disableSafety: true,
    },
    { seed: 5, steps: 9, gptImageQuality: "high", positivePrompt: "x [[fault:duplicate]]" },
  );
  assertEquals(
    {
      id: request.id,
      count: request.count,
      tokenType: request.tokenType,
      format: request.format,
      filterDisabled: request.filterDisabled,
      seed: request.seed,
      steps: request.steps,
      quality: request.quality,
      prompt: request.prompt,
      faults: request.inlineFaults.length,
    },
    {
      id: "ABC",
      count: 3,
      tokenType: "sogni",
      format: "jpg",
      filterDisabled: true,
      seed: 5,
      steps: 9,
      quality: "high",
      prompt: "x",
      faults: 1,
    },
  );
});

Deno.test("seeds that ask for a random one are none", () => {
  for (const seed of [-1, undefined, null, "5"]) assertEquals(read({}, { seed }).seed, undefined);
  assertEquals(read({}, { seed: 0 }).seed, 0);
});

Deno.test("flags name the uploads that must be there", () => {
  const table: [Record<string, unknown>, string[]][] = [
    [{}, []],
    [{ hasContextImage1: true, hasContextImage2: false }, ["contextImage1"]],
    [{ hasContextImage16: true, hasStartingImage: true }, ["startingImage", "contextImage16"]],
    [{ hasReferenceAudioIdentity: true }, ["referenceAudio"]],
    [{ hasReferenceVideo2: true, hasReferenceMask: true }, ["referenceMask", "referenceVideo2"]],
    [{ currentControlNetsJob: [{ name: "pose", hasImage: true }] }, ["cnImage"]],
    [{ currentControlNetsJob: [{ name: "pose" }] }, []],
  ];
  for (const [frame, slots] of table) assertEquals([...read({}, frame).slots], slots);
});

Deno.test("the size is the one asked for, the preset's or the model's", () => {
  const model = createModelList().find("z_image_turbo_bf16");
  assert(model);
  const none = { width: undefined, height: undefined };
  assertEquals(resultSize(read(), model), { width: 64, height: 48 });
  const wide = resultSize(read({}, { ...none, sizePreset: "landscape_16_9" }), model);
  assertEquals([wide.width > wide.height, wide.width % 64], [true, 0]);
  const plain = resultSize(read({}, { ...none, sizePreset: "custom" }), model);
  assertEquals([plain.width, plain.height], [512, 512]);
});

Deno.test("what is no request is nothing", () => {
  for (
    const data of [null, "x", {}, { jobID: "A" }, { jobID: "A", keyFrames: [] }, {
      jobID: "A",
      keyFrames: [{ modelID: 3 }],
    }]
  ) {
    assertEquals(readJobRequest(data), undefined, JSON.stringify(data));
  }
});
