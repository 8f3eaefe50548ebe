import { assert, assertEquals } from "@std/assert";
import { createModelList, type ModelEntry } from "../models/model_list.ts";
import { amountIn, type PricedWork, priceWork } from "./prices.ts";

const models = createModelList();

function model(id: string): ModelEntry {
  const found = models.find(id);
  assert(found, id);
  return found;
}

Deno.test("more work costs more", () => {
  const image = { model: model("z_image_turbo_bf16"), count: 1, width: 512, height: 512, steps: 8 };
  const film = { model: model("ltx23-22b-fp8_t2v_distilled"), count: 1, frames: 121, fps: 24 };
  const vendor = { model: model("seedance-2-0"), count: 1, frames: 121, fps: 24 };
  const table: [PricedWork, Partial<PricedWork>][] = [
    [image, { count: 2 }],
    [image, { width: 1024 }],
    [image, { steps: 20 }],
    [image, { contextImages: 1 }],
    [image, { hasControlNet: true }],
    [image, { previews: 3 }],
    [film, { frames: 241 }],
    [film, { width: 3840 }],
    [vendor, { frames: 241 }],
    [{ model: model("gpt-image-2"), count: 1 }, { quality: "high" }],
    [{ model: model("ace_step_1.5_xl_turbo"), count: 1, duration: 30 }, { duration: 60 }],
  ];
  for (const [work, more] of table) {
    assert(
      priceWork({ ...work, ...more }).spark > priceWork(work).spark,
      JSON.stringify([work.model.id, more]),
    );
  }
});

Deno.test("what is left out is the model's default", () => {
  const z = model("z_image_turbo_bf16");
  assertEquals(
    priceWork({ model: z, count: 1 }),
    priceWork({ model: z, count: 1, width: 512, height: 512, steps: 8 }),
  );
  assertEquals(
    priceWork({ model: z, count: 1, width: 0, height: 0, steps: 0 }),
    priceWork({ model: z, count: 1 }),
  );
});

Deno.test("every model has a price above nothing in both tokens", () => {
  for (const entry of models.all) {
    const price = priceWork({ model: entry, count: 1 });
    for (const token of ["spark", "sogni"] as const) {
      assert(amountIn(price, token) > 0, entry.id);
      assert(Number.isFinite(amountIn(price, token)), entry.id);
    }
  }
});
