/** The documented command lines, from argv to the plan. */
import { assertEquals, assertThrows } from "@std/assert";
import { parse } from "../../lib/cli/parse.ts";
import { AppError } from "../../lib/errors/app_error.ts";
import { planGeneration } from "../../lib/plan/plan.ts";
import type { Plan, PlanInput } from "../../lib/plan/types.ts";
import { planInput } from "../support/plan_input.ts";

const MARA = { name: "Mara", relationship: "self", photoPath: "/p/mara.jpg" };

function plan(argv: readonly string[], facts: Partial<PlanInput> = {}): Plan {
  const { options, prompt } = parse(argv, { env: {}, home: "/home/user" });
  return planGeneration(planInput(options, { prompt, ...facts }));
}

const ROWS: readonly [string[], Partial<PlanInput>, Record<string, unknown>][] = [
  [["-Q", "hq", "-o", "lighthouse.png", "glass"], {}, {
    branch: "text-to-image",
    model: "z_image_turbo_bf16",
    extension: "png",
  }],
  [["-c", "subject.jpg", "neon"], {}, { branch: "edit" }],
  [["--photobooth", "--ref", "face.jpg", "portrait"], {}, { branch: "photobooth", count: 1 }],
  [["--photobooth", "--ref", "face.jpg", "-n", "4", "x"], {}, { branch: "photobooth", count: 4 }],
  [
    ["--multi-angle", "-c", "mug.png", "--azimuth", "front_right", "--elevation", "eye level"],
    {},
    { branch: "multi-angle", prompt: "" },
  ],
  [["--angles-360", "-c", "mug.png", "-o", "turntable/"], {}, {
    branch: "multi-angle-360",
    order: "sequential",
    extension: "jpg",
  }],
  [["-n", "3", "a {red|blue|green} bicycle"], {}, { branch: "text-to-image", order: "together" }],
  [["--token-type", "auto", "a paper boat"], {}, { tokenType: "spark", tokenFallback: true }],
  [["--music", "--duration", "30", "synth"], {}, { branch: "music", extension: "mp3" }],
  [
    ["--music", "--lyrics", "Carry", "--bpm", "128", "--output-format", "mp3", "pop"],
    {},
    { medium: "music" },
  ],
  [["--persona", "Mara", "-o", "hero.png", "a pilot"], { personas: [MARA] }, {
    branch: "edit",
    extension: "png",
  }],
  [["--video", "waves roll in"], {}, { branch: "video", extension: "mp4" }],
  [["--", "--dashes in a prompt"], {}, { prompt: "--dashes in a prompt" }],
];
for (const [argv, facts, expected] of ROWS) {
  Deno.test(`sogni-agent ${argv.join(" ")}`, () => {
    const made: Record<string, unknown> = { ...plan(argv, facts) };
    for (const [key, value] of Object.entries(expected)) assertEquals(made[key], value, key);
  });
}

Deno.test("the angle of a command line reaches the prompt", () => {
  const argv = ["--multi-angle", "-c", "a.png", "--azimuth", "Front-Right", "--distance", "wide"];
  assertEquals(
    plan(argv).projects[0]?.params.positivePrompt,
    "<sks> front-right quarter view eye-level shot wide shot",
  );
});

const REFUSED: readonly [string[], string][] = [
  [["--output-format", "mp3", "x"], "INVALID_ARGUMENT"],
  [["-n", "17", "x"], "COUNT_LIMIT_EXCEEDED"],
  [["--music", "-w", "512", "x"], "INVALID_ARGUMENT"],
  [["--persona", "Nobody", "x"], "PERSONA_NOT_FOUND"],
  [["--multi-angle"], "INVALID_ARGUMENT"],
  [[], "INVALID_ARGUMENT"],
];
for (const [argv, code] of REFUSED) {
  Deno.test(`sogni-agent ${argv.join(" ")} fails with ${code}`, () => {
    assertEquals(assertThrows(() => plan(argv), AppError).code, code);
  });
}
