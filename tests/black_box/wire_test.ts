/** What a command line becomes on the wire. */
import { assertEquals } from "@std/assert";
import type { Place } from "../support/agent.ts";
import { type WireRequest, wireRequests, withService } from "../support/service.ts";

type Row = [args: string[], expected: Record<string, unknown>];

async function sent(place: Place, service: Parameters<typeof wireRequests>[0], args: string[]) {
  service.recorder.clear();
  const { code, stderr } = await place.run(["-q", ...args, "a red bicycle"]);
  assertEquals(code, 0, `${args.join(" ")}: ${stderr}`);
  const [request] = wireRequests(service);
  return flat(request);
}

/** The fields of the request and of its key frame, by the names of the wire. */
function flat(request: WireRequest | undefined): Record<string, unknown> {
  return { ...request, ...request?.frame };
}

async function check(rows: Row[]): Promise<void> {
  await withService({}, async (place, service) => {
    for (const [args, expected] of rows) {
      const found = await sent(place, service, args);
      const told = Object.fromEntries(Object.keys(expected).map((key) => [key, found[key]]));
      assertEquals({ args, ...told }, { args, ...expected });
    }
  });
}

Deno.test("presets choose model, steps and size", async () => {
  await check([
    [[], { modelID: "z_image_turbo_bf16", width: 512, height: 512 }],
    [["-Q", "fast"], { modelID: "z_image_turbo_bf16", steps: 8, width: 512, height: 512 }],
    [["-Q", "hq"], { modelID: "z_image_turbo_bf16", width: 768, height: 768 }],
    [["--quality", "pro"], { modelID: "flux2_dev_fp8", steps: 40, width: 1024, height: 1024 }],
    [["-Q", "hq", "-w", "640"], { width: 640, height: 512 }],
    [["-Q", "pro", "-m", "z_image_turbo_bf16"], { modelID: "z_image_turbo_bf16" }],
  ]);
});

Deno.test("every setting of a picture arrives under its name", async () => {
  await check([
    [["--steps", "5"], { steps: 5 }],
    [["--guidance=2.5"], { guidanceScale: 2.5 }],
    [[], { guidanceScale: 1, negativePrompt: "", stylePrompt: "" }],
    [["-s", "0"], { seed: 0 }],
    [["--seed", "4294967295"], { seed: 4_294_967_295 }],
    [["--sampler", "euler", "--scheduler", "simple"], {
      comfySampler: "euler",
      comfyScheduler: "simple",
    }],
    [["--negative-prompt", "fog, rain"], { negativePrompt: "fog, rain" }],
    [[], { disableSafety: false, outputFormat: "png", numberOfImages: 1, tokenType: "spark" }],
    [["--no-filter"], { disableSafety: true }],
    [["--output-format", "jpg"], { outputFormat: "jpg" }],
    [["-o", "out.jpeg"], { outputFormat: "jpg" }],
    [["-n", "3"], { numberOfImages: 3 }],
    [["--token-type", "sogni"], { tokenType: "sogni" }],
    [["--token-type", "auto"], { tokenType: "spark" }],
    [["-w", "384", "-h=640"], { width: 384, height: 640, sizePreset: "custom" }],
    [["--lora", "a-lora", "--lora-strength", "0.5"], {
      loras: ["a-lora"],
      loraStrengths: [0.5],
    }],
    [[], { positivePrompt: "a red bicycle", network: "fast" }],
  ]);
});

Deno.test("the prompt is sent as typed, also when it begins with a dash or names a command", async () => {
  await withService({}, async ({ run }, service) => {
    const prompts: [string[], string][] = [
      [["-q", "--", "-5 degrees"], "-5 degrees"],
      [["-q", "--", "--json"], "--json"],
      [["-q", "--", "sandbox"], "sandbox"],
      [
        ["-q", '  two  blanks, ünïcode, "quotes" and 4 images of a cat '],
        '  two  blanks, ünïcode, "quotes" and 4 images of a cat ',
      ],
      [["a {red|blue} car", "-q"], "a {red|blue} car"],
    ];
    for (const [args] of prompts) assertEquals((await run(args)).code, 0, args.join(" "));
    assertEquals(
      wireRequests(service).map(({ frame }) => frame.positivePrompt),
      prompts.map(([, prompt]) => prompt),
    );
  });
});
