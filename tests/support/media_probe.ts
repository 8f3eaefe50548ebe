/** Measures pictures, films and sound that an agent saved, with ffprobe. */
import { assert, assertEquals } from "@std/assert";
import { runProgram } from "../../lib/platform/child.ts";

/** What a file holds; absent fields do not apply. */
export interface Probed {
  /** Codecs, e.g. `h264+aac`, `png`, `mp3`. */
  codecs: string;
  /** `WIDTHxHEIGHT` */
  size?: string;
  fps?: number;
  /** Pictures that could be decoded. */
  frames?: number;
  /** Length of the longest stream. */
  seconds?: number;
  channels?: number;
  tags: Record<string, string>;
}

type Fields = Record<string, string | number | undefined>;

/** Reads a file to its end. */
export async function probeMedia(path: string): Promise<Probed> {
  const args = ["-v", "error", "-count_frames", "-show_streams", "-show_format", "-of", "json"];
  const { code, stdout, stderr } = await runProgram("ffprobe", [...args, `file:${path}`]);
  assertEquals({ code, stderr }, { code: 0, stderr: "" }, path);
  const found = JSON.parse(new TextDecoder().decode(stdout)) as {
    streams: Fields[];
    format: { duration?: string; tags?: Record<string, string> };
  };
  const picture = found.streams.find(({ codec_type }) => codec_type === "video");
  const sound = found.streams.find(({ codec_type }) => codec_type === "audio");
  const seconds = Number(found.format.duration);
  const [num = 0, den = 1] = String(picture?.avg_frame_rate).split("/").map(Number);
  return {
    codecs: found.streams.map(({ codec_name }) => codec_name).join("+"),
    ...(picture ? { size: `${picture.width}x${picture.height}` } : {}),
    ...(picture && seconds > 0 ? { fps: num / den, frames: Number(picture.nb_read_frames) } : {}),
    ...(seconds > 0 ? { seconds } : {}),
    ...(sound ? { channels: Number(sound.channels) } : {}),
    tags: found.format.tags ?? {},
  };
}

/** What a test expects of a file; lengths may differ by a tenth of a second. */
export type ExpectedMedia = Partial<Omit<Probed, "tags">>;

/** Compares a file with what is expected of it. */
export async function assertMedia(path: string, expected: ExpectedMedia): Promise<Probed> {
  const probed = await probeMedia(path);
  const { seconds, ...exact } = expected;
  for (const [key, value] of Object.entries(exact)) {
    assertEquals({ path, [key]: probed[key as keyof Probed] }, { path, [key]: value });
  }
  if (seconds !== undefined) {
    const off = Math.abs((probed.seconds ?? 0) - seconds);
    assert(off < 0.1, `${path} has ${probed.seconds} s instead of ${seconds} s`);
  }
  return probed;
}
