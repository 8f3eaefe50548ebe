import { assertEquals } from "@std/assert";
import { videoModel } from "../../catalog/video_models.ts";
import { isAllowedSize, normalizeSize, requestedSize, scaleShortSide } from "./size.ts";
import type { SizeSources } from "./size.ts";

const LTX = videoModel("ltx23");
const WAN = videoModel("wan22-i2v");
const LTX2 = videoModel("ltx2-19b-fp8_t2v");
const H3 = videoModel("minimax-h3-t2v");
const MODEL = { width: 1920, height: 1088 };

Deno.test("the requested size by its sources", () => {
  const rows: [string, Omit<SizeSources, "model">, [number, number]][] = [
    ["model", {}, [1920, 1088]],
    ["flags", { flagWidth: 640, flagHeight: 480 }, [640, 480]],
    ["one flag keeps the model's other side", { flagWidth: 1280 }, [1280, 1088]],
    ["one flag with the other side configured", { flagWidth: 1280, configHeight: 720 }, [
      1280,
      720,
    ]],
    ["exact", { exact: { width: 800, height: 600 } }, [800, 600]],
    ["exact beats configuration", { exact: { width: 800, height: 600 }, configWidth: 1 }, [
      800,
      600,
    ]],
    ["flags beat exact", { flagWidth: 9, flagHeight: 8, exact: { width: 1, height: 1 } }, [9, 8]],
    ["configuration", { configWidth: 700, configHeight: 500 }, [700, 500]],
    ["target", { targetResolution: 544 }, [960, 544]],
    ["target beats preset", { targetResolution: 544, presetShortSide: 1088 }, [960, 544]],
    ["preset", { presetShortSide: 1920 }, [3388, 1920]],
    ["no target with flags", { flagWidth: 640, flagHeight: 480, targetResolution: 100 }, [
      640,
      480,
    ]],
    ["no target with configuration", { configWidth: 700, targetResolution: 100 }, [700, 1088]],
    ["ratio wide", { aspectRatio: 16 / 9 }, [1934, 1088]],
    ["ratio tall", { aspectRatio: 9 / 16 }, [1088, 1934]],
    ["ratio and target", { aspectRatio: 9 / 16, targetResolution: 720 }, [720, 1280]],
    ["ratio over configuration", { aspectRatio: 1, configWidth: 700, configHeight: 500 }, [
      500,
      500,
    ]],
    ["no ratio with flags", { aspectRatio: 1, flagWidth: 640 }, [640, 1088]],
    ["no ratio with exact", { aspectRatio: 1, exact: { width: 8, height: 6 } }, [8, 6]],
    ["ratio out of range", { aspectRatio: 5 }, [1920, 1088]],
    ["ratio at the edge", { aspectRatio: 4 }, [4352, 1088]],
  ];
  for (const [name, sources, [width, height]] of rows) {
    assertEquals(requestedSize({ ...sources, model: MODEL }), { width, height }, name);
  }
});

Deno.test("sizes become ones that the model can make", () => {
  const rows: [string, typeof LTX, [number, number], [number, number]][] = [
    ["fits", LTX, [1920, 1088], [1920, 1088]],
    ["cut to the multiple", LTX, [1934, 1088], [1920, 1088]],
    ["scaled down exactly", LTX, [3840, 2160], [2048, 1152]],
    ["scaled down", LTX, [3388, 1920], [2048, 1152]],
    ["scaled up", LTX, [320, 180], [1088, 640]],
    ["extreme", LTX, [8192, 100], [2048, 640]],
    ["wan down", WAN, [1920, 1080], [1536, 864]],
    ["wan up", WAN, [100, 100], [480, 480]],
    ["wan cut", WAN, [853, 480], [848, 480]],
    ["one pixel", WAN, [1, 8192], [480, 1536]],
    ["minimum rounded up to the multiple", LTX2, [480, 480], [512, 512]],
    ["area", H3, [1344, 1344], [992, 992]],
  ];
  for (const [name, model, [width, height], [w, h]] of rows) {
    assertEquals(normalizeSize({ width, height }, model), { width: w, height: h }, name);
  }
});

Deno.test("every size of a sweep comes out allowed", () => {
  for (
    const model of [LTX, WAN, LTX2, H3, videoModel("seedance2"), videoModel("happyhorse-1.1-i2v")]
  ) {
    for (let width = 1; width <= 8192; width += 397) {
      for (let height = 1; height <= 8192; height += 211) {
        const size = normalizeSize({ width, height }, model);
        assertEquals(isAllowedSize(size, model), true, `${model.id} ${width}x${height}`);
        if (model.maxPixels) {
          assertEquals(size.width * size.height <= model.maxPixels, true);
        }
      }
    }
  }
});

Deno.test("the short side is scaled with both sides rounded", () => {
  assertEquals(scaleShortSide({ width: 1920, height: 1080 }, 720), { width: 1280, height: 720 });
  assertEquals(scaleShortSide({ width: 832, height: 480 }, 1088), { width: 1886, height: 1088 });
  assertEquals(scaleShortSide({ width: 100, height: 200 }, 50), { width: 50, height: 100 });
});
