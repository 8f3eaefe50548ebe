/** Tokens and seeds. */
import { hashSeed } from "../../../lib/plan/seed.ts";
import { sha256 } from "../../support/plan_input.ts";
import { rows, type WireRow } from "./rows.ts";

/** A line of each kind, and whether an outside vendor renders it, who takes Spark alone. */
const KINDS: readonly (readonly [line: string, premium: boolean])[] = [
  ["cat", false],
  ["-m flux2_dev_fp8 cat", false],
  ["-c square.png cat", false],
  ["--photobooth --ref square.png cat", false],
  ["--multi-angle -c square.png", false],
  ["-m gpt-image-2 cat", true],
  ["--video waves", false],
  ["--video -m wan22 waves", false],
  ["--video -m seedance2 waves", true],
  ["--video -m seedance2-mini waves", true],
  ["--video -m happyhorse waves", true],
  ["--music synth", false],
];

const TOKENS = KINDS.flatMap(([line, premium]): WireRow[] => [
  { line, expected: { tokenType: "spark" } },
  { line: `--token-type spark ${line}`, expected: { tokenType: "spark" } },
  { line: `--token-type sogni ${line}`, expected: { tokenType: premium ? "spark" : "sogni" } },
  { line: `--token-type auto ${line}`, expected: { tokenType: "spark" } },
]);

/** The documented text of a plain picture, from which its seed is made. */
const HASHED = '{"prompt":"cat","model":"z_image_turbo_bf16","workflow":"image","width":512,' +
  '"height":512,"azimuth":"front","elevation":"eye-level","distance":"medium",' +
  '"angleDescription":"","outputFormat":"","sampler":"","scheduler":"","musicLyrics":"",' +
  '"musicLanguage":"","musicBpm":null,"musicKeyscale":"","musicTimesig":"",' +
  '"musicComposerMode":null,"musicPromptStrength":null,"musicCreativity":null,' +
  '"musicShift":null,"targetResolution":null,"loras":[],"loraStrengths":[],"refImage":"",' +
  '"refImageEnd":"","refAudio":"","audioStart":null,"audioDuration":null,' +
  '"referenceAudioIdentity":"","refVideo":"","videoStart":null,"contextImages":[],' +
  '"autoResizeVideoAssets":null,"tokenType":"spark","steps":null,"guidance":null}';
const CAT = hashSeed(HASHED, sha256);

export const MONEY_ROWS: readonly WireRow[] = [
  ...TOKENS,
  ...rows([
    ["-s 0 cat", { seed: 0 }],
    ["-s 4294967295 cat", { seed: 4_294_967_295 }],
    ["--seed=7 --video waves", { seed: 7 }],
    ["-s 7 --music synth", { seed: 7 }],
    ["--seed-strategy random cat", { seed: 123_456_789 }],
    ["--seed-strategy random -s 5 cat", { seed: 5 }],
    ["cat", { seed: CAT }],
    ["-n 3 cat", { seed: CAT }],
    ["-q --json cat", { seed: CAT }],
    ["--timeout 99 cat", { seed: CAT }],
  ]),
  { line: "--last-seed cat", facts: { lastRender: { seed: 42 } }, expected: { seed: 42 } },
  { line: "--last-seed -s 5 cat", facts: { lastRender: { seed: 42 } }, expected: { seed: 42 } },
  { line: "--last-seed -s 5 cat", facts: { lastRender: { seed: 0 } }, expected: { seed: 5 } },
  { line: "--last-seed cat", expected: { seed: CAT } },
  {
    line: "-n 2 -s 9 'a {red|blue} car'",
    expected: {},
    each: { seed: [9, 9], positivePrompt: ["a red car", "a blue car"] },
  },
];
