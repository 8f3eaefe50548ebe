import { assertEquals } from "@std/assert";
import { type AskedValue, liveProblem, readLiveModel } from "./live_model.ts";

const LIVE = readLiveModel({
  type: "image",
  steps: { min: 4, max: 50, step: 1, default: 8 },
  guidance: { min: 0, max: 7.5, step: 0.1, default: 1 },
  shift: { min: 3, max: 3, default: 3 },
  fps: { allowed: [16, 32], default: 32 },
  sampler: { allowed: ["euler", "DPM++ 2M"], default: "euler" },
  scheduler: { allowed: [], default: null },
  width: "wide",
  maxPixels: 1_000_000,
});

Deno.test("ranges and choices are read, and nothing else", () => {
  assertEquals(LIVE, {
    ranges: { steps: { min: 4, max: 50 }, guidance: { min: 0, max: 7.5 } },
    choices: { fps: [16, 32], sampler: ["euler", "DPM++ 2M"] },
  });
  for (const answer of [undefined, null, "text", 7, []]) {
    assertEquals(readLiveModel(answer), { ranges: {}, choices: {} });
  }
});

const ROWS: readonly [AskedValue, Record<string, unknown> | undefined][] = [
  [{ flag: "--steps", name: "steps", value: 4 }, undefined],
  [{ flag: "--steps", name: "steps", value: 50 }, undefined],
  [{ flag: "--steps", name: "steps", value: 3 }, { min: 4, max: 50, value: 3 }],
  [{ flag: "--steps", name: "steps", value: 51 }, { min: 4, max: 50, value: 51 }],
  [{ flag: "--guidance", name: "guidance", value: 7.6 }, { max: 7.5 }],
  [{ flag: "--music-shift", name: "shift", value: 6 }, undefined],
  [{ flag: "--fps", name: "fps", value: 24 }, { allowed: [16, 32] }],
  [{ flag: "--fps", name: "fps", value: 16 }, undefined],
  [{ flag: "--sampler", name: "sampler", value: "euler" }, undefined],
  [{ flag: "--sampler", name: "sampler", value: "dpm++_2m" }, undefined],
  [{ flag: "--sampler", name: "sampler", value: "heun" }, { allowed: ["euler", "DPM++ 2M"] }],
  [{ flag: "--scheduler", name: "scheduler", value: "any" }, undefined],
  [{ flag: "--width", name: "width", value: 9999 }, undefined],
];
for (const [asked, details] of ROWS) {
  Deno.test(`${asked.flag} ${asked.value} is ${details ? "refused" : "taken"}`, () => {
    const problem = liveProblem("a-model", LIVE, [asked]);
    assertEquals(problem?.code, details && "INVALID_ARGUMENT");
    for (const [key, value] of Object.entries(details ?? {})) {
      assertEquals(problem?.details?.[key], value);
    }
  });
}
