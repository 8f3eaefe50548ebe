/** Which files and programs a command line is about: what its worker may ask the main thread for. */
import { isAbsolute, resolve } from "node:path";
import type { PluginConfig } from "../catalog/plugin_config.ts";
import { FLAG_ROWS } from "../cli/flags/table.ts";
import { expandHome } from "../cli/home_path.ts";
import type { Invocation } from "../cli/invocation.ts";
import { AppError } from "../errors/app_error.ts";
import { isUrl, planNeeds } from "../plan/needs.ts";
import type { Host } from "../platform/host.ts";
import type { Reach } from "../platform/reach.ts";
import { type StatePaths, statePaths } from "../store/paths.ts";

/** Paths of records that only a look at the state can tell. */
export interface FoundPaths {
  /** The last render, photos and voices of personas. */
  readonly references: readonly string[];
}

/** What of the state the command line refers to: the last picture, a persona's photo and voice. */
export async function findReferences(
  { options }: Invocation,
  host: Host,
  config: PluginConfig,
): Promise<FoundPaths> {
  const needs = planNeeds(options);
  const paths = statePaths(host.facts, config);
  const found: (string | undefined)[] = [];
  if (needs.lastRender) {
    const { lastRenderFacts } = await import("../store/last_render.ts");
    found.push((await lastRenderFacts(host, paths, () => {}).catch(() => undefined))?.image);
  }
  for (const name of [...needs.personas, needs.voicePersona]) {
    if (name === undefined) continue;
    const { personaFacts } = await import("../store/personas.ts");
    const persona = await personaFacts(host, paths, name).catch((error: unknown) => {
      // A damaged list was moved aside by this look: the next would find none and say no more.
      if (error instanceof AppError && error.code === "STATE_FILE_DAMAGED") throw error;
      return undefined;
    });
    found.push(persona?.photoPath, persona?.voiceClipPath);
  }
  return { references: found.filter((path): path is string => path !== undefined) };
}

/**
 * The reach of a generation.
 *
 * @param outputIsFolder whether `--output` names a folder that exists
 */
export function generationReach(
  invocation: Invocation,
  { facts }: Pick<Host, "facts">,
  config: PluginConfig,
  { references }: FoundPaths,
  outputIsFolder: boolean,
): Reach {
  const { options } = invocation;
  const { env, cwd } = facts;
  const absolute = (path: string) => isAbsolute(path) ? resolve(path) : resolve(cwd, path);
  const paths = statePaths(facts, config);
  const { output } = options;
  const film = typeof options.angles360Video === "string" ? options.angles360Video : undefined;
  const outputs = [
    output,
    film,
    options.contactSheet,
    options.angles360 ? "angles-360.mp4" : undefined,
  ]
    .flatMap((path) => path === undefined ? [] : [absolute(path)]);
  const isFolder = outputIsFolder || /[/\\]$/.test(output ?? "");
  return {
    read: [...namedPaths(options, facts.home), ...references].filter((path) => !isUrl(path)).map(
      absolute,
    )
      .concat(paths.openclawConfig),
    // A name without an ending becomes a folder where a command saves several files.
    write: [paths.base, ...folders(paths), ...outputs],
    beside: [...stateFiles(paths), ...isFolder ? [] : outputs],
    programs: [env.FFMPEG_PATH || "ffmpeg", env.FFPROBE_PATH || "ffprobe"],
  };
}

/** Every value of an option that names a file; JSON does so after an `@`. */
function namedPaths(options: Invocation["options"], home: string): string[] {
  const valuesOf = (wanted: string) =>
    FLAG_ROWS.filter(({ kind, key }) => kind === wanted && key !== "output")
      .flatMap(({ key }) => options[key] as string | string[] | undefined ?? [])
      .filter((value) => typeof value === "string");
  const files = valuesOf("json").map((value) => value.trimStart())
    .filter((value) => value.startsWith("@"))
    .map((value) => expandHome(value.slice(1), home));
  return [...valuesOf("path"), ...files];
}

function folders({ personas, appIdPool }: StatePaths): string[] {
  return [personas, appIdPool];
}

function stateFiles(paths: StatePaths): string[] {
  const { credentials, lastRender, memories, personality, appIdFile, legacyAppId } = paths;
  return [credentials, lastRender, memories, personality, legacyAppId]
    .concat(appIdFile === undefined ? [] : [appIdFile]);
}
