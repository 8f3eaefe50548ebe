/** Checks of folders, disks and ffmpeg. */
import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { findFfmpeg } from "../../media/ffmpeg/find.ts";
import { stateError, systemCode } from "../../store/state_error.ts";
import { type Check, explain, fail, pass, skip, warn } from "./check.ts";

const GIB = 1024 * 1024 * 1024;

/** Whether state can be written: `~/.config/sogni`, whatever the overrides. */
export const configDirCheck: Check = {
  id: "config-dir",
  async run({ context, paths }) {
    const { files, facts } = context.host;
    if (facts.home === "") return fail("the home folder is not known; set HOME");
    const probe = join(paths.base, `.doctor-${randomUUID()}`);
    try {
      await files.makeDir(paths.base, 0o700);
      // Not empty: on a full disk an empty file can still be made.
      await files.create(probe, "can be written\n", { mode: 0o600 });
      return pass(`${paths.base} can be written`);
    } catch (error) {
      const { hint } = stateError("write", paths.base, error);
      const remedy = hint ?? "Give your user access to it.";
      return fail(`${paths.base} cannot be written (${systemCode(error)}). ${remedy}`);
    } finally {
      await files.remove(probe).catch(() => {});
    }
  },
};

/** Whether ffmpeg can be started; most commands do without. */
export const ffmpegCheck: Check = {
  id: "ffmpeg",
  async run({ context }) {
    try {
      return pass(`${await findFfmpeg(context.host, "clips, frames and sound")} works`);
    } catch (error) {
      return warn(`optional: ${explain(error)}`);
    }
  },
};

/** Whether received media have a folder. */
export const mediaInboundCheck: Check = {
  id: "media-inbound",
  async run({ context, paths }) {
    for (const path of paths.mediaInbound) {
      const info = await context.host.files.stat(path).catch(() => undefined);
      if (info?.kind === "directory") return pass(path);
    }
    const [first = ""] = paths.mediaInbound;
    return warn(
      `${first} does not exist; only --list-media needs it, mkdir -p "${first}" makes it`,
    );
  },
};

/** Room for results, temporary files and state. */
export const diskCheck: Check = {
  id: "disk",
  async run({ context, paths }) {
    const { files, facts } = context.host;
    const free: [string, number][] = [];
    for (const path of new Set([facts.cwd, facts.tempDir, paths.base])) {
      const bytes = await files.freeBytes(path).catch(() => undefined);
      if (bytes !== undefined) free.push([path, bytes]);
    }
    if (free.length === 0) return skip("the free space is not known");
    const low = free.filter(([, bytes]) => bytes < GIB);
    const told = (entries: [string, number][]) =>
      entries.map(([path, bytes]) => `${(bytes / GIB).toFixed(1)} GiB for ${path}`).join(", ");
    return low.length > 0 ? warn(`only ${told(low)} free; make room`) : pass(`${told(free)} free`);
  },
};
