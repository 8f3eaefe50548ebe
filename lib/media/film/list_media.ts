/** Lists the newest files that a messenger or another program put in the inbound folder. */
import { basename, dirname, extname, join, relative, resolve } from "node:path";
import { AppError } from "../../errors/app_error.ts";
import type { Host } from "../../platform/host.ts";
import { localPath } from "../local_path.ts";

/** What is listed. */
export type MediaKind = "images" | "audio" | "all";

/** One file. */
export interface MediaFile {
  readonly path: string;
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  /** ISO 8601. */
  readonly modified: string;
}

const IMAGES = [".jpg", ".jpeg", ".png", ".webp", ".gif"];
const AUDIO = [".m4a", ".mp3", ".wav", ".ogg"];
const EXTENSIONS: Readonly<Record<MediaKind, ReadonlySet<string>>> = {
  images: new Set(IMAGES),
  audio: new Set(AUDIO),
  all: new Set([...IMAGES, ...AUDIO]),
};
const MAX_FILES = 5;

/**
 * The inbound folder: the environment, then the plugin configuration, then the usual place, or the
 * old one when only that exists.
 *
 * @param configured `mediaInboundDir` of the plugin configuration
 */
export async function mediaFolder(host: Host, configured: string | undefined): Promise<string> {
  const { env, home } = host.facts;
  if (env.SOGNI_MEDIA_INBOUND_DIR) {
    return localPath(host, "SOGNI_MEDIA_INBOUND_DIR", env.SOGNI_MEDIA_INBOUND_DIR);
  }
  if (configured) return localPath(host, "mediaInboundDir", configured);
  const usual = join(home, ".openclaw", "media", "inbound");
  const legacy = join(home, ".clawdbot", "media", "inbound");
  if (await host.files.stat(usual)) return usual;
  return await host.files.stat(legacy) ? legacy : usual;
}

/**
 * At most five files, newest first. Links and folders are left out; a missing folder is empty.
 *
 * @throws AppError `INVALID_PATH` when the folder is a link that leads out of its parent
 */
export async function listMedia(
  host: Host,
  folder: string,
  kind: MediaKind,
): Promise<MediaFile[]> {
  if ((await host.files.stat(folder))?.kind !== "directory") return [];
  const real = await host.files.realPath(folder);
  const parent = await host.files.realPath(dirname(resolve(folder)));
  const inside = relative(parent, real);
  if (inside === "" || /^\.\.(?:[/\\]|$)/.test(inside) || resolve(inside) === inside) {
    throw new AppError("INVALID_PATH", `The media folder ${JSON.stringify(folder)} leads away.`, {
      details: { path: folder, realPath: real },
      hint: "Name the real folder in SOGNI_MEDIA_INBOUND_DIR instead of a link to it.",
    });
  }
  const found: (MediaFile & { time: number })[] = [];
  for (const name of await host.files.list(real)) {
    if (!EXTENSIONS[kind].has(extname(name).toLowerCase())) continue;
    const path = join(real, name);
    const info = await host.files.stat(path, { followLinks: false });
    if (info?.kind !== "file") continue;
    found.push({
      path: join(folder, basename(name)),
      name,
      size: info.size,
      modified: new Date(info.modifiedAt).toISOString(),
      time: info.modifiedAt,
    });
  }
  return found.sort((a, b) => b.time - a.time).slice(0, MAX_FILES)
    .map(({ path, name, size, modified }) => ({ path, name, size, modified }));
}
