import { assert, assertEquals } from "@std/assert";
import { createModelList } from "./model_list.ts";
import { sizePresets } from "./size_presets.ts";

Deno.test("ids and numbers are unique", () => {
  const { all } = createModelList();
  assertEquals(new Set(all.map(({ id }) => id)).size, all.length);
  assertEquals(new Set(all.map(({ sid }) => sid)).size, all.length);
});

Deno.test("the shape of a tier follows from the medium", () => {
  for (const { id, media, tier } of createModelList().all) {
    const type = "type" in tier ? tier.type : "image";
    assertEquals(type, media, id);
    if (!("type" in tier)) {
      assert(tier.sampler.allowed.length > 0 && tier.scheduler.allowed.length > 0, id);
    }
    if (tier.steps) assert(tier.steps.min <= tier.steps.default, id);
  }
});

Deno.test("every kind of medium that the command line uses is there", () => {
  const models = createModelList();
  const table: [string, string][] = [
    ["z_image_turbo_bf16", "image"],
    ["qwen_image_edit_2511_fp8_lightning", "image"],
    ["coreml-sogniXLturbo_alpha1_ad", "image"],
    ["gpt-image-2", "image"],
    ["ltx23-22b-fp8_t2v_distilled", "video"],
    ["ltx2-19b-fp8_v2v", "video"],
    ["wan_v2.2-14b-fp8_animate-replace_lightx2v", "video"],
    ["seedance-2-0-fast", "video"],
    ["happyhorse-1.1-r2v", "video"],
    ["ace_step_1.5_xl_sft", "audio"],
  ];
  for (const [id, media] of table) assertEquals(models.find(id)?.media, media, id);
  assertEquals(models.find("nonsense"), undefined);
});

Deno.test("workers can be set by model and are none for unknown ones", () => {
  const models = createModelList({ flux2_dev_fp8: 0 });
  assertEquals(models.workers("flux2_dev_fp8"), 0);
  assert(models.workers("z_image_turbo_bf16") > 0);
  assertEquals(models.workers("nonsense"), 0);
});

Deno.test("size presets are on the grid and keep their ratio", () => {
  for (const { id, width, height, ratio } of sizePresets(1024)) {
    const [across = 1, down = 1] = ratio.split(":").map(Number);
    assertEquals([width % 64, height % 64], [0, 0], id);
    assert(Math.abs(width / height - across / down) < 0.1, id);
  }
});
