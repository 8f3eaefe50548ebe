/** A model is an entry of the catalogue and nothing else: planning code names none. */
import { assert, assertEquals } from "@std/assert";
import { readFileSync } from "node:fs";
import { IMAGE_MODELS, sendableContextImages } from "../../lib/catalog/image_models.ts";
import { MUSIC_MODELS } from "../../lib/catalog/music_models.ts";
import { planGeneration } from "../../lib/plan/plan.ts";
import { planInput } from "../support/plan_input.ts";
import { sourceFiles } from "../support/source_files.ts";

Deno.test("no file of lib/plan holds the id of an image or music model in code", () => {
  const ids = [...IMAGE_MODELS, ...MUSIC_MODELS].map(({ id }) => id);
  const sources = sourceFiles("lib/plan").filter((path) => !path.endsWith("_test.ts"));
  assert(sources.length > 10);
  for (const path of sources) {
    const code = readFileSync(path, "utf8");
    // Prose of hints may name a model; an identifier in code stands alone between quotes.
    for (const id of ids) assert(!code.includes(`"${id}"`), `${path} names ${id}`);
  }
});

for (const model of IMAGE_MODELS) {
  const { id, side } = model;
  const maxContextImages = sendableContextImages(model);
  Deno.test(`${id} can be planned from its row alone`, () => {
    const plain = planGeneration(planInput({ model: id }));
    assertEquals(plain.model, id);
    const { width = 0, height = 0 } = plain.projects[0]?.params ?? {};
    assert(Math.min(width, height) >= side.min && Math.max(width, height) <= side.max);
    if (maxContextImages === 0) return;
    const context = Array.from({ length: maxContextImages }, (_, index) => `${index}.png`);
    assertEquals(planGeneration(planInput({ model: id, context })).branch, "edit");
  });
}

for (const { id } of MUSIC_MODELS) {
  Deno.test(`${id} can be planned from its row alone`, () => {
    assertEquals(planGeneration(planInput({ music: true, model: id })).model, id);
  });
}
