/** The facts of a local reference, from its first bytes. */
import { displaySize, imageSize } from "../../media/image/size.ts";
import { sniffMedia } from "../../media/image/sniff.ts";
import type { Host } from "../../platform/host.ts";
import type { ReferenceFacts } from "../../plan/types.ts";

/** JPEG keeps its size behind its metadata, which may be long. */
const HEAD_BYTES = 512 * 1024;

/** Type and size; `undefined` when the file cannot be read (loading it will say why). */
export async function inspectReference(
  host: Host,
  source: string,
): Promise<ReferenceFacts | undefined> {
  try {
    const head = await host.files.readRange(source, 0, HEAD_BYTES);
    const type = sniffMedia(head);
    if (!type) return {};
    if (type.kind === "video") return { mimeType: type.mime, ...await filmSize(host, source) };
    const stored = imageSize(head);
    return { mimeType: type.mime, ...(stored ? displaySize(stored) : {}) };
  } catch {
    return undefined;
  }
}

async function filmSize(
  host: Host,
  source: string,
): Promise<{ width?: number; height?: number }> {
  const { probe } = await import("../../media/ffmpeg/probe.ts");
  const found = await probe(host, source, "the size of a reference video");
  const video = found?.video;
  return video ? { width: video.width, height: video.height } : {};
}
