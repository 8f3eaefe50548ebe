/** Runs every example command of every surface: planned, or against the sandbox. */
import { assert, assertEquals } from "@std/assert";
import { readdir, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "../../lib/cli/parse.ts";
import { execute } from "../../lib/commands/execute.ts";
import { ffmpeg, inFolder, makeClip, testHost } from "../../lib/media/film/test_clips.ts";
import { encodeImage } from "../../lib/media/image/codec.ts";
import { gradientImage } from "../../lib/media/image/testing.ts";
import { createLocalHost } from "../../lib/platform/local_host.ts";
import { HOSTED_ROUTES } from "../../lib/sandbox/hosted/routes.ts";
import { withSandbox } from "../../lib/sandbox/testing/with_sandbox.ts";
import { serviceEnv } from "../../tests/support/service.ts";
import { type Example, EXAMPLES } from "./examples.ts";
import { shellLine } from "./shell_line.ts";

const PICTURES = "subject face mug cat cover hero first last ilse product"
  .split(" ");
const PNG = ["mug", "hero", "first", "last"];
const WORKFLOW = {
  title: "Kettle",
  steps: [{
    id: "still",
    toolName: "generate_image",
    arguments: { prompt: "a kettle" },
  }],
};

Deno.test("every example does what it says", async (test) => {
  await withSandbox({ routes: HOSTED_ROUTES }, async (sandbox) => {
    await inFolder(async (folder) => {
      await makeFiles(folder);
      const env = { ...serviceEnv(sandbox), SOGNI_NO_UPDATE_CHECK: "1" };
      for (const example of EXAMPLES) {
        await test.step(
          shellLine(example.argv),
          () => prove(example, folder, env, sandbox),
        );
      }
    });
  });
});

async function prove(
  { argv, proof }: Example,
  folder: string,
  env: Record<string, string>,
  endpoint: { restEndpoint: string; socketEndpoint: string; apiKey: string },
): Promise<void> {
  // Some files are read by way of the process's own folder, which a test shares with others.
  const present = await readdir(folder);
  const here = argv.map((argument) =>
    present.includes(argument.replace(/^@/, ""))
      ? argument.replace(/^@?/, `$&${folder}/`)
      : argument
  );
  const line = proof === "plan" && !argv.includes("--dry-run") ? ["--dry-run", ...here] : here;
  const invocation = parse(line, { env, home: join(folder, "home") });
  if (typeof proof === "object") return;
  let stdout = "";
  let stderr = "";
  const { facts } = testHost(folder, env);
  const code = await execute(invocation, {
    ...createLocalHost({
      facts,
      startSandbox: () => Promise.resolve(endpoint),
    }),
    onInterrupt: () => {},
    write: (stream, data) => {
      if (stream === "stdout") stdout += data;
      else stderr += data;
    },
  });
  assertEquals(code, 0, stdout + stderr);
  if (argv.includes("--json")) {
    assertEquals(JSON.parse(stdout).success ?? true, true, stdout);
  }
  if (proof === "plan") assert(stdout.includes('"projects"'), stdout);
  const output = proof === "run" ? argv[argv.indexOf("-o") + 1] : undefined;
  if (argv.includes("-o") && output) {
    assert((await stat(join(folder, output))).size > 100);
  }
}

async function makeFiles(folder: string): Promise<void> {
  const image = gradientImage(256, 256);
  const bytes = {
    png: await encodeImage(image, "png"),
    jpg: await encodeImage(image, "jpg"),
  };
  for (const name of PICTURES) {
    const type = PNG.includes(name) ? "png" : "jpg";
    await writeFile(join(folder, `${name}.${type}`), bytes[type]);
  }
  for (const name of ["clip.mp4", "part-1.mp4", "part-2.mp4"]) {
    await makeClip(join(folder, name));
  }
  await makeClip(join(folder, "dance.mp4"), { seconds: 5 });
  for (const name of ["song.mp3", "voice.wav"]) {
    await ffmpeg([
      "-f",
      "lavfi",
      "-i",
      "sine=duration=4",
      `file:${join(folder, name)}`,
    ]);
  }
  await writeFile(join(folder, "workflow.json"), JSON.stringify(WORKFLOW));
}
