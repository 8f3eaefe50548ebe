import { assert, assertEquals } from "@std/assert";
import {
  EDIT_MODEL_IDS,
  findImageModel,
  IMAGE_MODELS,
  imageModel,
  sendableContextImages,
} from "./image_models.ts";

const CONTEXT_LIMITS: readonly [string, number][] = [
  ["gpt-image-2", 16],
  ["gptimage2", 16],
  ["gpt_image_2", 16],
  ["qwen_image_edit_2511_fp8", 3],
  ["qwen_image_edit_2511_fp8_lightning", 3],
  ["qwen_image_edit_9999", 3],
  ["my_qwen_image_edit", 3],
  ["krea2_identity_edit_v1_2", 2],
  ["dark_beast_krea2_identity_edit_v1_2", 2],
  ["flux1-kontext-dev", 2],
  ["flux2_dev_fp8", 6],
  ["flux1-schnell-fp8", 6],
  ["some-flux-3", 6],
  ["z_image_turbo_bf16", 0],
  ["qwen_image_2512_fp8", 0],
  ["something else", 0],
];
for (const [selector, limit] of CONTEXT_LIMITS) {
  Deno.test(`${selector} takes ${limit} context images`, () => {
    assertEquals(imageModel(selector).maxContextImages, limit);
  });
}

Deno.test("no more context images are sent than the service's client lets pass", () => {
  const sent = (selector: string) => sendableContextImages(imageModel(selector));
  assertEquals(sent("gpt-image-2"), 16);
  assertEquals([sent("flux2_dev_fp8"), sent("some-flux-3"), sent("gpt_image_2")], [3, 3, 3]);
  assertEquals([sent("krea2_identity_edit_v1_2"), sent("z_image_turbo_bf16")], [2, 0]);
});

Deno.test("ids and names are unique", () => {
  const names = IMAGE_MODELS.flatMap(({ id, aliases = [], sameRules = [] }) => [
    id,
    ...aliases,
    ...sameRules,
  ]);
  assertEquals(new Set(names).size, names.length);
});

Deno.test("an alias gives the id, a look-alike keeps its own", () => {
  assertEquals(imageModel("gpt-image").id, "gpt-image-2");
  assertEquals(imageModel("gpt_image_2").id, "gpt_image_2");
  assertEquals(imageModel("gpt_image_2").vendorQuality, true);
});

Deno.test("an unlisted model works with the service's general side lengths", () => {
  assertEquals(findImageModel("brand-new-model"), undefined);
  assertEquals(imageModel("brand-new-model"), {
    id: "brand-new-model",
    side: { min: 256, max: 2048 },
    maxContextImages: 0,
  });
});

Deno.test("default sizes keep to their own model's limits", () => {
  for (const { id, side, defaultSize } of IMAGE_MODELS) {
    for (const value of defaultSize ?? []) assert(value >= side.min && value <= side.max, id);
  }
});

Deno.test("the models to name for editing all take context images", () => {
  assert(EDIT_MODEL_IDS.includes("qwen_image_edit_2511_fp8_lightning"));
  for (const id of EDIT_MODEL_IDS) assert(imageModel(id).maxContextImages > 0, id);
});
