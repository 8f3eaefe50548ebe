/** How long films are: seconds to frames, by family. */
import { rows, type WireRow } from "./rows.ts";

const seconds = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index);

/** WAN counts sixteen pictures a second, whatever is played. */
const WAN = seconds(1, 10).map((duration): WireRow => ({
  line: `--video -m wan22 --duration ${duration} waves`,
  expected: { fps: 32, frames: duration * 16 + 1 },
}));

/** LTX counts what is played, in steps of eight and one more. */
const LTX = [24, 25, 30, 50].flatMap((fps) =>
  [1, 2, 5, 8, 12, 20].filter((duration) => duration * fps <= 504).map((duration): WireRow => ({
    line: `--video --fps ${fps} --duration ${duration} waves`,
    expected: { fps, frames: 1 + 8 * Math.round(duration * fps / 8) },
  }))
);

/** Vendors make 24 a second from four to fifteen seconds. */
const VENDOR = seconds(4, 15).map((duration): WireRow => ({
  line: `--video -m seedance2 --duration ${duration} waves`,
  expected: { fps: 24, frames: duration * 24 + 1 },
}));

const TEN = "one two three four five six seven eight nine ten";

export const LENGTH_ROWS: readonly WireRow[] = [
  ...WAN,
  ...LTX,
  ...VENDOR,
  ...rows([
    ["--video waves", { frames: 121 }],
    ["--video --frames 97 waves", { frames: 97 }],
    ["--video --frames 97 --duration 9 waves", { frames: 97 }],
    ["--video --duration 90 waves", { frames: 481 }],
    ["--video -m wan22 --duration 90 waves", { frames: 161 }],
    ["--video -m wan22 --fps 16 waves", { fps: 16, frames: 81 }],
    ["--video -m seedance2 --duration 1 waves", { frames: 97 }],
    ["--video -m seedance2 --duration 99 waves", { frames: 361 }],
    ["--video -m seedance2 --fps 30 waves", { fps: 24 }],
    ["--video -m happyhorse --duration 1 waves", { frames: 73 }],
    ["--video -m happyhorse --fps 30 waves", { fps: 24 }],
    ["--video 'a 12 second video of rain'", { frames: 289 }],
    ["--video --duration 6 'a 12 second video of rain'", { frames: 145 }],
    ["--video --frames 49 'a 12 second video of rain'", { frames: 49 }],
    ["--video '0:00-0:04 dawn, 0:04-0:09 day'", { frames: 217 }],
    [`--video 'he says "${TEN}"'`, { frames: 145 }],
    [`--video --duration 3 'he says "${TEN}"'`, { frames: 73 }],
    ["--video --ref-video film.mp4 --controlnet-name pose --duration 8 dance", {
      fps: 25,
      frames: 201,
    }],
  ]),
];
