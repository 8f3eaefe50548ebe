/** The files of a render, as a page shows them. */
import { Buffer } from "node:buffer";
import { basename } from "node:path";
import { pathToFileURL } from "node:url";
import type { Host } from "../../platform/host.ts";
import type { Job } from "../../platform/journal.ts";
import type { Item } from "./page.ts";

/** Pixels of the longer side, and quality of the small pictures. */
const SIDE = 480;
const QUALITY = 75;
const MAX_SOURCE_BYTES = 64 * 1024 * 1024;

const FILM = /\.(mp4|mov|webm|m4v)$/i;
const SOUND = /\.(mp3|wav|flac|m4a|ogg|opus)$/i;

/** One item for each file, in the order of the results. Never rejects: a file may be gone. */
export async function itemsOf(host: Pick<Host, "files">, job: Job): Promise<Item[]> {
  const facts = {
    prompt: job.prompt,
    model: job.model,
    job: job.id,
    madeAt: new Date(job.createdAt),
    sandbox: job.sandbox,
  };
  return await Promise.all(
    [...job.files].sort((a, b) => a.position - b.position).map(async ({ path }) => ({
      ...facts,
      name: basename(path),
      link: pathToFileURL(path).href,
      ...await lookAt(host, path),
    })),
  );
}

async function lookAt(
  { files }: Pick<Host, "files">,
  path: string,
): Promise<Pick<Item, "kind" | "picture">> {
  const info = await files.stat(path).catch(() => undefined);
  if (info?.kind !== "file") return { kind: "gone" };
  if (FILM.test(path)) return { kind: "film" };
  if (SOUND.test(path)) return { kind: "sound" };
  const picture = await smallPicture(files, path).catch(() => undefined);
  return picture === undefined ? { kind: "other" } : { kind: "picture", picture };
}

async function smallPicture(files: Host["files"], path: string): Promise<string> {
  const [{ decodeImage, encodeImage }, { fitInside }] = await Promise.all([
    import("../../media/image/codec.ts"),
    import("../../media/image/resize.ts"),
  ]);
  const image = await decodeImage(await files.readBytes(path, MAX_SOURCE_BYTES));
  const small = image.width > SIDE || image.height > SIDE ? fitInside(image, SIDE, SIDE) : image;
  const bytes = await encodeImage(small, "jpg", { quality: QUALITY });
  return `data:image/jpeg;base64,${Buffer.from(bytes).toString("base64")}`;
}
