/** The documented command lines for pictures, film and music, letter by letter, and what they make. */
import type { ExpectedMedia } from "./media_probe.ts";

/** A command line and what comes of it. */
export interface MediaExample {
  /** As documented; `HOST` stands for a public server of the test. */
  line: string;
  /** Names of {@link EXAMPLE_INPUTS} that have to be there. */
  inputs?: readonly string[];
  /** What lies behind the addresses on standard output, in their order. */
  results?: readonly ExpectedMedia[];
  /** Files that are left, by name. */
  files?: Readonly<Record<string, ExpectedMedia>>;
  /** Standard output, where it is no list of addresses. */
  prints?: RegExp;
  /** Prompts that the service is asked for, one project each. */
  prompts?: string[];
}

/** ffmpeg's arguments for each file that the lines name. */
export const EXAMPLE_INPUTS: Readonly<Record<string, readonly string[]>> = {
  "subject.jpg": picture("800x600"),
  "face.jpg": picture("640x640"),
  "mug.png": picture("700x700"),
  "cat.jpg": picture("1024x768"),
  "cover.jpg": picture("1024x1024"),
  "hero.png": picture("1280x720"),
  "first.png": picture("1280x704"),
  "last.png": picture("1280x704"),
  "product.png": picture("720x720"),
  "song.mp3": ["-f", "lavfi", "-i", "sine=440:duration=12"],
  "music.m4a": ["-f", "lavfi", "-i", "sine=440:duration=6"],
  "voice.webm": ["-f", "lavfi", "-i", "sine=300:duration=3", "-c:a", "libopus"],
  "dance.mp4": film("320x180", 20),
  "motion.mp4": film("320x180", 5),
  "part-1.mp4": film("640x480", 4),
  "clip.mp4": film("320x180", 2),
};

const PNG = { codecs: "png" };
const JPG = { codecs: "mjpeg" };
const SMALL = { ...PNG, size: "512x512" };
const PORTRAIT = { ...PNG, size: "1024x1024" };
const ANGLES = [
  ...["front", "front-right", "right", "back-right"],
  ...["back", "back-left", "left", "front-left"],
];
const LTX = { codecs: "h264+aac", size: "1920x1088", fps: 24, channels: 2, seconds: 5.04 };
const WAN = { codecs: "h264", fps: 32, frames: 161, seconds: 5.03 };
const SEEDANCE = { codecs: "h264+aac", fps: 24, channels: 2 };
const SONG = { codecs: "mp3", channels: 2, seconds: 30 };

/** Pictures. */
export const PICTURE_EXAMPLES: readonly MediaExample[] = [
  {
    line: `sogni-agent -Q hq -o lighthouse.png "a lighthouse made of stained glass"`,
    files: { "lighthouse.png": { ...PNG, size: "768x768" } },
  },
  {
    line: `sogni-agent -c subject.jpg "give it a warm neon rim light"`,
    inputs: ["subject.jpg"],
    results: [SMALL],
  },
  {
    line: `sogni-agent --photobooth --ref face.jpg "studio portrait in the style of the eighties"`,
    inputs: ["face.jpg"],
    results: [PORTRAIT],
  },
  {
    line: `sogni-agent --photobooth --ref face.jpg -n 4 "business headshot"`,
    inputs: ["face.jpg"],
    results: [PORTRAIT, PORTRAIT, PORTRAIT, PORTRAIT],
  },
  {
    line: "sogni-agent --multi-angle -c mug.png --azimuth front-right --elevation eye-level " +
      "--distance medium",
    inputs: ["mug.png"],
    results: [{ ...JPG, size: "512x512" }],
  },
  {
    line: "sogni-agent --angles-360 -c mug.png -o turntable/",
    inputs: ["mug.png"],
    results: ANGLES.map(() => ({ ...JPG, size: "512x512" })),
    files: Object.fromEntries(
      ANGLES.map((name) => [`turntable/${name}.jpg`, { ...JPG, size: "512x512" }]),
    ),
  },
  {
    line: `sogni-agent -n 3 "a {red|blue|green} bicycle"`,
    results: [SMALL, SMALL, SMALL],
    prompts: ["a red bicycle", "a blue bicycle", "a green bicycle"],
  },
  {
    line: `sogni-agent -n 4 "a {fox|owl} in a {forest|library}"`,
    results: [SMALL, SMALL, SMALL, SMALL],
    prompts: [
      ...["a fox in a forest", "a owl in a library"],
      ...["a fox in a forest", "a owl in a library"],
    ],
  },
  { line: `sogni-agent --token-type auto "a paper boat in the rain"`, results: [SMALL] },
  { line: "sogni-agent --last", prints: /"prompt": ?"a paper boat in the rain"/ },
  {
    line: "sogni-agent --json --last",
    prints: /^\{"success":true,.*"prompt":"a paper boat in the rain".*\}\n$/,
  },
];

/** Film from words, pictures, film and sound. */
export const FILM_EXAMPLES: readonly MediaExample[] = [
  {
    line: `sogni-agent --video 'A narrator says "welcome aboard" while waves roll in'`,
    results: [{ ...LTX, frames: 121 }],
  },
  {
    line: "sogni-agent --video --target-resolution 768 " +
      `"lanterns drift over a lake at night, calm camera"`,
    results: [{ ...LTX, size: "1344x768", frames: 121 }],
  },
  {
    line: "sogni-agent --video -m seedance2 --target-resolution 2160 --duration 8 " +
      `"a product turns on a plinth, soft room tone"`,
    results: [{ ...SEEDANCE, size: "3812x2160", frames: 193, seconds: 8.04 }],
  },
  {
    line: "sogni-agent --video -m seedance2 --workflow t2v --ref https://HOST/product.png " +
      "--ref-video https://HOST/motion.mp4 --ref-audio https://HOST/music.m4a " +
      `"identity from @Image1, camera from @Video1, rhythm from @Audio1"`,
    inputs: ["product.png", "motion.mp4", "music.m4a"],
    results: [{ ...SEEDANCE, size: "1920x1088", frames: 121, seconds: 5.04 }],
  },
  {
    line: `sogni-agent --video --ref cat.jpg "slow pan"`,
    inputs: ["cat.jpg"],
    results: [{ ...WAN, size: "640x480" }],
  },
  {
    line: "sogni-agent --video --ref cover.jpg --ref-audio song.mp3 " +
      `"music clip, motion on the beat"`,
    inputs: ["cover.jpg", "song.mp3"],
    results: [{ ...LTX, frames: 121 }],
  },
  {
    line: "sogni-agent --video --reference-audio-identity voice.webm " +
      `'NARRATOR: "This is how I sound."'`,
    inputs: ["voice.webm"],
    results: [{ ...LTX, frames: 121 }],
  },
  {
    line: "sogni-agent --video --ref hero.png -n 3 --duration 5 " +
      `"{she waves|she turns to the window|she lifts a hand}"`,
    inputs: ["hero.png"],
    results: Array(3).fill({ ...WAN, size: "1024x576" }),
    prompts: ["she waves", "she turns to the window", "she lifts a hand"],
  },
  {
    line: `sogni-agent --video --ref first.png --ref-end last.png "morph"`,
    inputs: ["first.png", "last.png"],
    results: [{ ...LTX, size: "1280x704", frames: 121 }],
  },
  {
    line: "sogni-agent --video --workflow v2v --ref-video dance.mp4 --video-start 10 " +
      `--duration 8 --controlnet-name pose -o ./part-2.mp4 "a robot dances"`,
    inputs: ["dance.mp4"],
    files: { "part-2.mp4": { codecs: "h264", size: "1920x1088", fps: 25, frames: 201 } },
  },
  {
    line: "sogni-agent --concat-videos ./final.mp4 ./part-1.mp4 ./part-2.mp4 " +
      "--concat-audio song.mp3 --concat-audio-start 0",
    inputs: ["part-1.mp4", "song.mp3"],
    files: { "final.mp4": { codecs: "h264+aac", size: "640x480", fps: 25, seconds: 12.04 } },
    prints: /final\.mp4/,
  },
  {
    line: "sogni-agent --extract-last-frame clip.mp4 last.png",
    inputs: ["clip.mp4"],
    files: { "last.png": { ...PNG, size: "320x180" } },
    prints: /last\.png/,
  },
];

/** Music, and what is left to pay for it. */
export const MUSIC_EXAMPLES: readonly MediaExample[] = [
  {
    line: `sogni-agent --music --duration 30 "hopeful synth theme for a launch"`,
    results: [SONG],
  },
  {
    line: `sogni-agent --music --lyrics "Carry the morning over the hill" --bpm 128 ` +
      `--keyscale "C major" --output-format mp3 "bright pop chorus"`,
    results: [SONG],
  },
  { line: "sogni-agent --balance", prints: /^SPARK: \d+\.\d\d\nSOGNI: \d+\.\d\d\n$/ },
];

/** The arguments behind the program's name, as a shell splits them. */
export function argumentsOf(line: string): string[] {
  const words = line.matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g);
  return Array.from(words, ([, single, double, bare]) => single ?? double ?? bare ?? "").slice(1);
}

function picture(size: string): string[] {
  return ["-f", "lavfi", "-i", `testsrc2=size=${size}:rate=1`, "-frames:v", "1"];
}

function film(size: string, seconds: number): string[] {
  const source = `testsrc2=size=${size}:rate=24:duration=${seconds}`;
  return ["-f", "lavfi", "-i", source, "-pix_fmt", "yuv420p", "-preset", "ultrafast"];
}
