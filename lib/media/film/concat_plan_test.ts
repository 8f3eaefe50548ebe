import { assertEquals } from "@std/assert";
import { type ClipFacts, planConcat } from "./concat_plan.ts";

const AAC = { sampleRate: 44100, channels: 2, covers: true };
const BASE: ClipFacts = {
  width: 640,
  height: 360,
  fps: { num: 24, den: 1 },
  seconds: 5,
  videoCodec: "h264",
  hasAudio: true,
  videoCopy: { identity: "one", mixable: true },
  audioCopy: AAC,
};
const HEVC: ClipFacts = {
  ...BASE,
  videoCodec: "hevc",
  videoCopy: { identity: "hevc", mixable: false },
};
const SILENT: ClipFacts = { ...omitAudio(BASE), hasAudio: false };
const OPUS: ClipFacts = omitAudio(BASE);
const UNKNOWN: ClipFacts = { hasAudio: false };

const MONO: ClipFacts = { ...BASE, audioCopy: { ...AAC, sampleRate: 48000, channels: 1 } };
const STEREO_48: ClipFacts = { ...BASE, audioCopy: { ...AAC, sampleRate: 48000 } };

function omitAudio({ audioCopy: _, ...rest }: ClipFacts): ClipFacts {
  return rest;
}

function fps(num: number, den = 1): Partial<ClipFacts> {
  return { fps: { num, den } };
}

/** What is checked: size, rate, and for each clip video/audio as two letters (copy, encode, …). */
function outline(clips: readonly ClipFacts[], wishes: { fps?: number; soundtrack?: boolean } = {}) {
  const plan = planConcat(clips, { soundtrack: false, ...wishes });
  const layout = plan.audio ? `${plan.audio.sampleRate}/${plan.audio.channels}` : "none";
  const actions = plan.clips.map((clip) => clip.video[0] + clip.audio.charAt(0)).join(" ");
  return `${plan.width}x${plan.height} ${plan.fps.num}/${plan.fps.den} ${layout}: ${actions}`;
}

const NTSC = fps(30000, 1001);

Deno.test("planning", () => {
  const rows: readonly [string, readonly ClipFacts[], object, string][] = [
    ["equal clips", [BASE, BASE], {}, "640x360 24/1 44100/2: cc cc"],
    [
      "other encoder",
      [BASE, { ...BASE, videoCopy: { identity: "two", mixable: true } }],
      {},
      "640x360 24/1 44100/2: cc cc",
    ],
    ["all of another codec", [HEVC, HEVC], {}, "640x360 24/1 44100/2: cc cc"],
    [
      "odd sizes are kept by a copy",
      [{ ...HEVC, width: 641 }, { ...HEVC, width: 641 }],
      {},
      "641x360 24/1 44100/2: cc cc",
    ],
    [
      "odd sizes are made even otherwise",
      [{ ...HEVC, width: 641, height: 361 }, BASE],
      {},
      "640x360 24/1 44100/2: ec cc",
    ],
    ["another codec first", [HEVC, BASE], {}, "640x360 24/1 44100/2: ec cc"],
    ["size of the first", [BASE, { ...BASE, width: 720 }], {}, "640x360 24/1 44100/2: cc ec"],
    ["size of the first that is known", [UNKNOWN, BASE], {}, "640x360 24/1 44100/2: es cc"],
    ["nothing known", [UNKNOWN, UNKNOWN], {}, "1280x720 24/1 44100/2: es es"],
    ["highest rate wins", [BASE, { ...BASE, ...fps(30) }], {}, "640x360 30/1 44100/2: ec cc"],
    [
      "a shared odd rate stays",
      [{ ...BASE, ...NTSC }, { ...BASE, ...NTSC }],
      {},
      "640x360 30000/1001 44100/2: cc cc",
    ],
    [
      "a mixed odd rate is rounded",
      [BASE, { ...BASE, ...NTSC }],
      {},
      "640x360 30/1 44100/2: ec ec",
    ],
    ["asked rate", [BASE, BASE], { fps: 30 }, "640x360 30/1 44100/2: ec ec"],
    ["asked rate that fits", [BASE, BASE], { fps: 24 }, "640x360 24/1 44100/2: cc cc"],
    ["asked rate is rounded", [BASE, BASE], { fps: 23.976 }, "640x360 24/1 44100/2: cc cc"],
    ["asked rate has a least", [BASE, BASE], { fps: 0.2 }, "640x360 1/1 44100/2: ec ec"],
    ["asked rate of 0 is ignored", [BASE, BASE], { fps: 0 }, "640x360 24/1 44100/2: cc cc"],
    ["asked rate below 0 is ignored", [BASE, BASE], { fps: -5 }, "640x360 24/1 44100/2: cc cc"],
    ["silence beside sound", [BASE, SILENT], {}, "640x360 24/1 44100/2: cc cs"],
    ["only silence", [SILENT, SILENT], {}, "640x360 24/1 44100/2: cs cs"],
    ["soundtrack", [BASE, SILENT], { soundtrack: true }, "640x360 24/1 none: cn cn"],
    ["other sound", [BASE, OPUS], {}, "640x360 24/1 44100/2: cc ce"],
    [
      "layout of most",
      [BASE, { ...BASE, audioCopy: { ...AAC, sampleRate: 48000 } }, {
        ...BASE,
        audioCopy: { ...AAC, sampleRate: 48000 },
      }],
      {},
      "640x360 24/1 48000/2: ce cc cc",
    ],
    ["stereo is kept", [MONO, MONO, BASE], {}, "640x360 24/1 44100/2: ce ce cc"],
    ["mono only", [MONO, SILENT], {}, "640x360 24/1 48000/1: cc cs"],
    ["mono, nothing copied whole", [MONO, MONO], { fps: 30 }, "640x360 30/1 44100/2: ee ee"],
    ["mono and unknown", [MONO, OPUS], {}, "640x360 24/1 44100/2: ce ce"],
    ["the usual rate on a tie", [STEREO_48, BASE], {}, "640x360 24/1 44100/2: ce cc"],
    [
      "six channels",
      [{ ...BASE, audioCopy: { ...AAC, channels: 6 } }, {
        ...BASE,
        audioCopy: { ...AAC, channels: 6 },
      }],
      {},
      "640x360 24/1 44100/6: cc cc",
    ],
    [
      "six channels with a gap",
      [{ ...BASE, audioCopy: { ...AAC, channels: 6, covers: false } }, SILENT],
      {},
      "640x360 24/1 44100/2: ce cs",
    ],
  ];
  for (const [name, clips, wishes, expected] of rows) {
    assertEquals(outline(clips, wishes), expected, name);
  }
});

Deno.test("reasons name what differs", () => {
  const { fps: _, ...uncounted } = BASE;
  const clips = [
    BASE,
    { ...BASE, width: 100, ...fps(30000, 1001) },
    HEVC,
    uncounted,
    UNKNOWN,
  ];
  assertEquals(planConcat(clips, { fps: 24, soundtrack: false }).clips.map((clip) => clip.reason), [
    "",
    "size 100x360, 29.97 fps",
    "codec hevc",
    "unknown fps",
    "size ?x?, unknown fps",
  ]);
});
