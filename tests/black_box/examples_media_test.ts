/**
 * Every documented command line for pictures, film and music, letter by letter, and what ffprobe
 * says of the results: of the files it leaves, and of what lies behind the addresses it prints.
 */
import { assert, assertEquals, assertMatch } from "@std/assert";
import * as fs from "node:fs/promises";
import { ffmpeg } from "../../lib/media/film/test_clips.ts";
import { runProgram } from "../../lib/platform/child.ts";
import type { Sandbox } from "../../lib/sandbox/options.ts";
import type { Place } from "../support/agent.ts";
import {
  argumentsOf,
  EXAMPLE_INPUTS,
  FILM_EXAMPLES,
  type MediaExample,
  MUSIC_EXAMPLES,
  PICTURE_EXAMPLES,
} from "../support/media_examples.ts";
import { assertMedia, type ExpectedMedia } from "../support/media_probe.ts";
import { type PublicFiles, withPublicFiles } from "../support/public_files.ts";
import { wireRequests, withService } from "../support/service.ts";

const MEDIA = { mediaTools: { run: runProgram } };

const GROUPS: Readonly<Record<string, readonly MediaExample[]>> = {
  pictures: PICTURE_EXAMPLES,
  "films from words": FILM_EXAMPLES.filter(({ inputs }) => !inputs),
  "films from pictures, film and sound": FILM_EXAMPLES.filter(({ inputs }) => inputs),
  music: MUSIC_EXAMPLES,
};

for (const [name, examples] of Object.entries(GROUPS)) {
  Deno.test(`${name}: the ${examples.length} documented lines make what they say`, () =>
    withService(MEDIA, async (place, service) => {
      for (const example of examples) await runExample(example, place, service);
    }));
}

async function runExample(example: MediaExample, place: Place, service: Sandbox): Promise<void> {
  for (const name of example.inputs ?? []) await makeInput(place, name);
  if (!example.line.includes("HOST")) return await checkExample(example, place, service);
  const names = example.inputs ?? [];
  const read = async (name: string) => new Uint8Array(await fs.readFile(place.path(name)));
  const files = await Promise.all(names.map(async (name) => [name, await read(name)]));
  await withPublicFiles(Object.fromEntries(files), async (served) => {
    await checkExample(example, place, service, served);
  });
}

async function makeInput({ path }: Place, name: string): Promise<void> {
  await ffmpeg([...EXAMPLE_INPUTS[name] ?? [], path(name)]);
}

async function checkExample(
  { line, results = [], files = {}, prints, prompts }: MediaExample,
  place: Place,
  service: Sandbox,
  served?: PublicFiles,
): Promise<void> {
  service.recorder.clear();
  const host = served === undefined ? "HOST" : new URL(served.url("")).host;
  const argv = argumentsOf(line.replaceAll("HOST", host));
  const { code, stderr, stdout } = await place.run(argv, served ? { env: served.env } : {});
  assertEquals(code, 0, `${line}: ${stderr}`);
  assertEquals(/Warning: (?!the API key)/.test(stderr), false, stderr);
  if (prints) assertMatch(stdout, prints, line);
  const sent = wireRequests(service);
  if (prompts) {
    assertEquals(sent.map(({ frame }) => frame.positivePrompt), prompts);
    assertEquals(sent.map(({ numberOfImages }) => numberOfImages), prompts.map(() => 1));
    assertEquals(new Set(sent.map(({ frame }) => frame.seed)).size, 1);
  }
  const addresses = stdout.match(/https?:\/\/\S+/g) ?? [];
  if (results.length > 0) assertEquals(addresses.length, results.length, stdout);
  for (const [index, expected] of results.entries()) {
    await assertResult(place, addresses[index] ?? "", expected);
  }
  for (const [name, expected] of Object.entries(files)) {
    const { tags } = await assertMedia(place.path(name), expected);
    if (sent.length > 0) checkTags(name, tags, service);
  }
}

/** What lies behind an address now is what was promised. */
async function assertResult(place: Place, url: string, expected: ExpectedMedia): Promise<void> {
  const response = await fetch(url);
  const path = place.path("..", "result");
  await fs.writeFile(path, new Uint8Array(await response.arrayBuffer()));
  assertEquals(response.status, 200, url);
  await assertMedia(path, expected);
}

/** What was made says what it was made of. */
function checkTags(name: string, tags: Record<string, string>, service: Sandbox): void {
  if (!/\.(mp4|mp3|flac|wav)$/.test(name)) return;
  const sent = wireRequests(service);
  assert(sent.some(({ frame }) => frame.positivePrompt === tags.title), `${name}: ${tags.title}`);
  const request = sent.find(({ jobID }) => tags.comment?.includes(String(jobID)));
  assert(request, `${name}: ${tags.comment}`);
  assert(tags.comment?.includes(String(request.frame.modelID)), `${name}: ${tags.comment}`);
}

Deno.test("with -o every kind of result is a file that says what it was made of", () =>
  withService(MEDIA, async (place, service) => {
    const wan = { codecs: "h264", size: "640x640", fps: 32 };
    const examples: MediaExample[] = [
      {
        line: `sogni-agent --video -m ltx23 -w 640 -h 640 --frames 25 -o a.mp4 "waves"`,
        files: { "a.mp4": { codecs: "h264+aac", size: "640x640", fps: 24, frames: 25 } },
      },
      {
        line: `sogni-agent --video -m wan_v2.2-14b-fp8_t2v_lightx2v --duration 1 -n 2 -o b.mp4 x`,
        files: { "b.mp4": wan, "b-2.mp4": wan },
      },
      {
        line: `sogni-agent --music --duration 10 -o theme.mp3 "synth"`,
        files: { "theme.mp3": { codecs: "mp3", channels: 2, seconds: 10 } },
      },
      {
        line: `sogni-agent --music --duration 12 -o theme.flac "synth"`,
        files: { "theme.flac": { codecs: "flac", channels: 2, seconds: 12 } },
      },
      {
        line: `sogni-agent --music --duration 10 --output-format wav -o theme.wav "synth"`,
        files: { "theme.wav": { codecs: "pcm_s16le", channels: 2, seconds: 10 } },
      },
    ];
    for (const example of examples) await checkExample(example, place, service);
  }));

Deno.test("a turn becomes a film: eight pictures, eight clips, nothing left but the film", async () => {
  await withService(MEDIA, async (place, service) => {
    await makeInput(place, "mug.png");
    const line = ["--angles-360", "-c", "mug.png", "--angles-360-video", "turn.mp4"];
    const { code, object } = await place.json(line);
    assertEquals([code, object.videoPath], [0, "turn.mp4"]);
    // Each angle has a prompt and addresses of its own.
    assertEquals(["prompt", "urls"].filter((key) => key in object), []);
    assertEquals((object.angles as unknown[]).length, 8);
    assertEquals(wireRequests(service).length, 16);
    await assertMedia(place.path("turn.mp4"), { frames: 8 * 17, fps: 16 });
    assertEquals((await fs.readdir(place.cwd)).sort(), ["mug.png", "turn.mp4"]);
  });
});
