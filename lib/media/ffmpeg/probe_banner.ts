/** Reads what `ffmpeg -i FILE` says about a file, for machines without ffprobe. */
import { type Rational, rational } from "../film/rational.ts";
import type { AudioStream, Probe, VideoStream } from "./probe_json.ts";

const DURATION = /^ {2}Duration: (\d+):(\d\d):(\d\d\.\d+)/m;
const VIDEO = /^ +Stream #\d+:\d+.*?: Video: (\w+).*?, (\d{1,5})x(\d{1,5})(?:[ ,]|$)(.*)$/;
const AUDIO = /^ +Stream #\d+:\d+.*?: Audio: (\w+).*?, (\d+) Hz, ([\w.]+)/;
const CHANNELS: Readonly<Record<string, number>> = { mono: 1, stereo: 2, "5.1": 6, "7.1": 8 };

/** `undefined` when no stream of sound or pictures is described. */
export function parseBanner(text: string): Probe | undefined {
  const lines = text.split(/\r?\n/);
  const video = firstMatch(lines.filter((line) => !line.includes("(attached pic)")), VIDEO);
  const audio = firstMatch(lines, AUDIO);
  if (!video && !audio) return undefined;
  const time = DURATION.exec(text);
  return {
    format: /^Input #0, (.*), from /m.exec(text)?.[1] ?? "",
    durationSeconds: time
      ? Number(time[1]) * 3600 + Number(time[2]) * 60 + Number(time[3])
      : undefined,
    video: video && readVideo(video, text),
    audio: audio && readAudio(audio),
  };
}

function readVideo(match: RegExpExecArray, text: string): VideoStream {
  const rotation = Number(/displaymatrix: rotation of (-?[\d.]+) degrees/.exec(text)?.[1] ?? 0);
  const aspect = /SAR (\d+):(\d+)/.exec(match[0]);
  return {
    codec: match[1] ?? "unknown",
    width: Number(match[2]),
    height: Number(match[3]),
    fps: rateOf(/([\d.]+)(k?) fps/.exec(match[4] ?? "")?.[1]),
    timeBase: undefined,
    startSeconds: undefined,
    durationSeconds: undefined,
    rotation: ((Math.round(-rotation / 90) % 4) + 4) % 4 * 90,
    pixelAspect: aspect ? rational(Number(aspect[1]), Number(aspect[2])) : undefined,
    pixelFormat: undefined,
  };
}

/** The banner rounds to two places: 23.98 stands for 24000/1001. */
function rateOf(text: string | undefined): Rational | undefined {
  const rate = Number(text);
  if (!(rate > 0)) return undefined;
  const thousand = Math.round(Math.ceil(rate) * 1000);
  if (Number.isInteger(rate)) return rational(rate, 1);
  if (Math.abs(thousand / 1001 - rate) < 0.006) return rational(thousand, 1001);
  return rational(Math.round(rate * 100), 100);
}

function readAudio(match: RegExpExecArray): AudioStream {
  return {
    codec: match[1] ?? "unknown",
    sampleRate: Number(match[2]),
    channels: CHANNELS[match[3] ?? ""],
    durationSeconds: undefined,
  };
}

function firstMatch(lines: readonly string[], pattern: RegExp): RegExpExecArray | undefined {
  for (const line of lines) {
    const match = pattern.exec(line);
    if (match) return match;
  }
  return undefined;
}
