/**
 * Every documented command line for pictures, film and music, as it stands, and what ffprobe says of
 * the files that it leaves. A line that saves nothing by itself gets an `-o`.
 */
import { assert, assertEquals } from "@std/assert";
import * as fs from "node:fs/promises";
import { ffmpeg } from "../../lib/media/film/test_clips.ts";
import { runProgram } from "../../lib/platform/child.ts";
import type { Sandbox } from "../../lib/sandbox/options.ts";
import type { Place } from "../support/agent.ts";
import { assertMedia, type ExpectedMedia } from "../support/media_probe.ts";
import { wireRequests, withService } from "../support/service.ts";

const MEDIA = { mediaTools: { run: runProgram } };

/** The files that the lines name. */
const INPUTS: Readonly<Record<string, readonly string[]>> = {
  "subject.jpg": picture("800x600"),
  "face.jpg": picture("640x640"),
  "mug.png": picture("700x700"),
  "cat.jpg": picture("1024x768"),
  "cover.jpg": picture("1024x1024"),
  "hero.png": picture("1280x720"),
  "first.png": picture("1280x704"),
  "last.png": picture("1280x704"),
  "song.mp3": ["-f", "lavfi", "-i", "sine=440:duration=12"],
  "voice.webm": ["-f", "lavfi", "-i", "sine=300:duration=3", "-c:a", "libopus"],
  "dance.mp4": film("320x180", 20),
  "clip.mp4": film("320x180", 2),
};

function picture(size: string): string[] {
  return ["-f", "lavfi", "-i", `testsrc2=size=${size}:rate=1`, "-frames:v", "1"];
}

function film(size: string, seconds: number): string[] {
  const source = `testsrc2=size=${size}:rate=24:duration=${seconds}`;
  return ["-f", "lavfi", "-i", source, "-pix_fmt", "yuv420p", "-preset", "ultrafast"];
}

async function make({ path }: Place, ...names: string[]): Promise<void> {
  for (const name of names) await ffmpeg([...INPUTS[name] ?? [], path(name)]);
}

/** Lines that need the named files, and what each file they leave must be. */
type Example = [
  line: string[],
  inputs: string[],
  outputs: Record<string, ExpectedMedia>,
];

async function runExamples(examples: readonly Example[]): Promise<void> {
  await withService(MEDIA, async (place, service) => {
    for (const [line, inputs, outputs] of examples) {
      await make(place, ...inputs);
      service.recorder.clear();
      const { code, stderr, stdout } = await place.run(line);
      assertEquals(code, 0, `${line.join(" ")}: ${stderr}`);
      assertEquals(/Warning: (?!the API key)/.test(stderr), false, stderr);
      assert(stdout.trim() !== "", line.join(" "));
      for (const [name, expected] of Object.entries(outputs)) {
        const { tags } = await assertMedia(place.path(name), expected);
        checkTags(name, tags, service);
      }
    }
  });
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

const PNG = { codecs: "png" };
const JPG = { codecs: "mjpeg" };

Deno.test("pictures: presets, edits and portraits", () =>
  runExamples([
    [["-Q", "hq", "-o", "lighthouse.png", "a lighthouse made of stained glass"], [], {
      "lighthouse.png": { ...PNG, size: "768x768" },
    }],
    [["-c", "subject.jpg", "-o", "neon.png", "give it a warm neon rim light"], ["subject.jpg"], {
      "neon.png": { ...PNG, size: "512x512" },
    }],
    [
      [
        ...["--photobooth", "--ref", "face.jpg", "-o", "studio.png"],
        "studio portrait in the style of the eighties",
      ],
      ["face.jpg"],
      { "studio.png": { ...PNG, size: "1024x1024" } },
    ],
    [
      ["--photobooth", "--ref", "face.jpg", "-n", "4", "-o", "shots.png", "business headshot"],
      [],
      {
        "shots.png": { ...PNG, size: "1024x1024" },
        "shots-2.png": { ...PNG, size: "1024x1024" },
        "shots-4.png": { ...PNG, size: "1024x1024" },
      },
    ],
    [["--token-type", "auto", "-o", "boat.png", "a paper boat in the rain"], [], {
      "boat.png": { ...PNG, size: "512x512" },
    }],
  ]));

Deno.test("camera angles: one, and a whole turn", () =>
  runExamples([
    [
      [
        ...["--multi-angle", "-c", "mug.png", "--azimuth", "front-right"],
        ...["--elevation", "eye-level", "--distance", "medium", "-o", "mug/"],
      ],
      ["mug.png"],
      { "mug/front-right.jpg": { ...JPG, size: "512x512" } },
    ],
    [["--angles-360", "-c", "mug.png", "-o", "turntable/"], [], {
      "turntable/front.jpg": { ...JPG, size: "512x512" },
      "turntable/back-left.jpg": { ...JPG, size: "512x512" },
      "turntable/front-left.jpg": { ...JPG, size: "512x512" },
    }],
  ]));

Deno.test("a turn becomes a film: eight pictures, eight clips, nothing left but the film", async () => {
  await withService(MEDIA, async (place, service) => {
    await make(place, "mug.png");
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

Deno.test("variations are one project each, in the order of the options", async () => {
  const rows: [string[], string[]][] = [
    [["-n", "3", "a {red|blue|green} bicycle"], [
      "a red bicycle",
      "a blue bicycle",
      "a green bicycle",
    ]],
    [["-n", "4", "a {fox|owl} in a {forest|library}"], [
      "a fox in a forest",
      "a owl in a library",
      "a fox in a forest",
      "a owl in a library",
    ]],
  ];
  await withService({}, async ({ json }, service) => {
    for (const [line, prompts] of rows) {
      service.recorder.clear();
      const { object } = await json(line);
      assertEquals(object.prompts, prompts);
      const sent = wireRequests(service);
      assertEquals(sent.map(({ frame }) => frame.positivePrompt), prompts);
      assertEquals(sent.map(({ numberOfImages }) => numberOfImages), prompts.map(() => 1));
      assertEquals(new Set(sent.map(({ frame }) => frame.seed)).size, 1);
    }
  });
});

Deno.test("--last tells of the render before, --balance of both tokens", async () => {
  await withService({}, async ({ run, json }) => {
    await run(["a paper boat"]);
    const { prompt } = JSON.parse((await run(["--last"])).stdout) as { prompt: string };
    assertEquals(prompt, "a paper boat");
    const { object } = await json(["--last"]);
    assertEquals([object.success, object.prompt], [true, "a paper boat"]);
    const balance = await run(["--balance"]);
    assert(/^SPARK: \d+\.\d\d\nSOGNI: 500\.00\n$/.test(balance.stdout), balance.stdout);
  });
});

const LTX = { codecs: "h264+aac", fps: 24, channels: 2 };

Deno.test("films from words", () =>
  runExamples([
    [
      ["--video", "-o", "a.mp4", 'A narrator says "welcome aboard" while waves roll in'],
      [],
      { "a.mp4": { ...LTX, size: "1920x1088", frames: 121, seconds: 5.04 } },
    ],
    [
      [
        ...["--video", "--target-resolution", "768", "-o", "b.mp4"],
        "lanterns drift over a lake at night, calm camera",
      ],
      [],
      { "b.mp4": { ...LTX, size: "1344x768", frames: 121, seconds: 5.04 } },
    ],
    [
      [
        ...["--video", "-m", "seedance2", "--target-resolution", "2160", "--duration", "8"],
        ...["-o", "c.mp4", "a product turns on a plinth, soft room tone"],
      ],
      [],
      { "c.mp4": { codecs: "h264+aac", fps: 24, size: "3812x2160", frames: 193, seconds: 8.04 } },
    ],
  ]));

Deno.test("films from pictures and sound", () =>
  runExamples([
    [["--video", "--ref", "cat.jpg", "-o", "cat.mp4", "slow pan"], ["cat.jpg"], {
      "cat.mp4": { codecs: "h264", size: "640x480", fps: 32, frames: 161, seconds: 5.03 },
    }],
    [
      [
        ...["--video", "--ref", "cover.jpg", "--ref-audio", "song.mp3", "-o", "beat.mp4"],
        "music clip, motion on the beat",
      ],
      ["cover.jpg", "song.mp3"],
      { "beat.mp4": { ...LTX, size: "1920x1088", seconds: 5.04 } },
    ],
    [
      [
        ...["--video", "--reference-audio-identity", "voice.webm", "-o", "voice.mp4"],
        'NARRATOR: "This is how I sound."',
      ],
      ["voice.webm"],
      { "voice.mp4": { ...LTX, size: "1920x1088" } },
    ],
    [
      [
        ...["--video", "--ref", "hero.png", "-n", "3", "--duration", "5", "-o", "hero.mp4"],
        "{she waves|she turns to the window|she lifts a hand}",
      ],
      ["hero.png"],
      {
        "hero.mp4": { codecs: "h264", size: "1024x576", frames: 161 },
        "hero-2.mp4": { codecs: "h264", size: "1024x576", frames: 161 },
        "hero-3.mp4": { codecs: "h264", size: "1024x576", frames: 161 },
      },
    ],
    [
      ["--video", "--ref", "first.png", "--ref-end", "last.png", "-o", "morph.mp4", "morph"],
      ["first.png", "last.png"],
      { "morph.mp4": { ...LTX, size: "1280x704", frames: 121 } },
    ],
  ]));

Deno.test("film to film, joined under one song, and its last picture", async () => {
  await withService(MEDIA, async (place, service) => {
    await make(place, "dance.mp4", "song.mp3", "clip.mp4", "cat.jpg");
    const { code, stderr } = await place.run([
      ...["--video", "--workflow", "v2v", "--ref-video", "dance.mp4", "--video-start", "10"],
      ...["--duration", "8", "--controlnet-name", "pose", "-o", "./part-2.mp4", "a robot dances"],
    ]);
    assertEquals(code, 0, stderr);
    const [{ frame } = { frame: {} }] = wireRequests(service);
    assertEquals(
      [frame.modelID, frame.videoStart, frame.duration ?? frame.frames],
      ["ltx23-22b-fp8_v2v_distilled", 10, 201],
    );
    await assertMedia(place.path("part-2.mp4"), {
      codecs: "h264",
      size: "1920x1088",
      fps: 25,
      frames: 201,
    });
    await place.run(["-q", "--video", "--ref", "cat.jpg", "-o", "part-1.mp4", "slow pan"]);
    const joined = await place.run([
      ...["--concat-videos", "./final.mp4", "./part-1.mp4", "./part-2.mp4"],
      ...["--concat-audio", "song.mp3", "--concat-audio-start", "0"],
    ]);
    assertEquals(joined.code, 0, joined.stderr);
    await assertMedia(place.path("final.mp4"), { codecs: "h264+aac", size: "640x480" });
    const frameRun = await place.run(["--extract-last-frame", "clip.mp4", "last.png"]);
    assertEquals(frameRun.code, 0, frameRun.stderr);
    await assertMedia(place.path("last.png"), { ...PNG, size: "320x180" });
  });
});

Deno.test("music: length, format and words", () =>
  runExamples([
    [["--music", "--duration", "30", "-o", "theme.mp3", "hopeful synth theme for a launch"], [], {
      "theme.mp3": { codecs: "mp3", channels: 2, seconds: 30 },
    }],
    [
      [
        ...["--music", "--lyrics", "Carry the morning over the hill", "--bpm", "128"],
        ...["--keyscale", "C major", "--output-format", "mp3", "-o", "pop.mp3"],
        "bright pop chorus",
      ],
      [],
      { "pop.mp3": { codecs: "mp3", channels: 2, seconds: 30 } },
    ],
    [["--music", "--duration", "12", "-o", "theme.flac", "synth"], [], {
      "theme.flac": { codecs: "flac", channels: 2, seconds: 12 },
    }],
    [["--music", "--duration", "10", "--output-format", "wav", "-o", "theme.wav", "synth"], [], {
      "theme.wav": { codecs: "pcm_s16le", channels: 2, seconds: 10 },
    }],
  ]));
