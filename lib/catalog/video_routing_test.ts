import { assertEquals } from "@std/assert";
import { findVideoModel } from "./video_models.ts";
import { PRO_VIDEO_MODELS, SOUND_VIDEO_MODELS, WORKFLOW_SELECTORS } from "./video_routing.ts";

Deno.test("every selector and preset leads to models that do the workflow", () => {
  const tables = [...Object.values(WORKFLOW_SELECTORS), PRO_VIDEO_MODELS, SOUND_VIDEO_MODELS];
  for (const table of tables) {
    for (const [workflow, id] of Object.entries(table)) {
      assertEquals(
        findVideoModel(id)?.workflows.includes(workflow as never),
        true,
        `${workflow} ${id}`,
      );
    }
  }
});

Deno.test("selectors cover the workflows of their family", () => {
  const rows: [string, string[]][] = [
    ["ltx23", ["a2v", "i2v", "ia2v", "t2v", "v2v"]],
    ["ltx25", ["a2v", "i2v", "ia2v", "t2v", "v2v"]],
    ["wan22", ["a2v", "animate-move", "animate-replace", "i2v", "ia2v", "s2v", "t2v", "v2v"]],
    ["happyhorse", ["i2v", "r2v", "t2v"]],
    ["minimax-h3", ["i2v", "r2v", "t2v"]],
  ];
  for (const [selector, workflows] of rows) {
    assertEquals(Object.keys(WORKFLOW_SELECTORS[selector] ?? {}).sort(), workflows, selector);
  }
  assertEquals(Object.keys(PRO_VIDEO_MODELS).sort(), ["a2v", "i2v", "ia2v", "t2v"]);
  assertEquals(WORKFLOW_SELECTORS["wan22"]?.a2v, "ltx23-22b-fp8_a2v_distilled");
});
