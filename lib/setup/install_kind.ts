/** Finds out how this program was installed, from where it lies. Pure. */

/** Who put the program there and has to update it. */
export type InstallKind =
  | "binary"
  | "homebrew"
  | "scoop"
  | "npm"
  | "pnpm"
  | "yarn"
  | "bun"
  | "source";

/** What is known of the running program. */
export interface InstallFacts {
  readonly form: "executable" | "node" | "source";
  /** Where it lies: as it was named, and with all links followed. */
  readonly paths: readonly string[];
  /** `npm_config_user_agent`, set inside scripts of a package manager. */
  readonly userAgent?: string | undefined;
}

/** How it was installed. */
export interface Installed {
  readonly kind: InstallKind;
  /** Formula of Homebrew or app of Scoop. */
  readonly name?: string;
}

/** A place that tells the manager; the first group is the name of the formula or app. */
type Place = readonly [kind: InstallKind, pattern: RegExp];

// Homebrew and Scoop also install runtimes, whose own global packages lie below them.
const RUNTIME = "(?:node(?:js)?(?:-lts)?|nvm|fnm|volta|pnpm|yarn|bun|deno)";

const PLACES: readonly Place[] = [
  ["homebrew", new RegExp(`/Cellar/(?!${RUNTIME}(?:@[\\d.]+)?/)([\\w@.+-]+)/`)],
  ["scoop", new RegExp(`/scoop/apps/(?!${RUNTIME}\\d*/)([\\w.-]+)/`, "i")],
  ["pnpm", /\/pnpm(?:-global)?\/(?:global\/)?\d+\/|\/pnpm\/global\/|\/node_modules\/\.pnpm\//i],
  ["bun", /\/\.?bun\/install\/global\//],
  ["yarn", /\/yarn\/(?:data\/)?global\/|\/\.yarn\//i],
  ["npm", /\/lib\/node_modules\/@|\/AppData\/Roaming\/npm\/node_modules\//],
];

/** The manager that installed the program; a lone executable is a `binary`. */
export function installKind({ form, paths, userAgent }: InstallFacts): Installed {
  const places = paths.map((path) => path.replaceAll("\\", "/"));
  for (const [kind, pattern] of PLACES) {
    for (const place of places) {
      const match = pattern.exec(place);
      if (match) return match[1] === undefined ? { kind } : { kind, name: match[1] };
    }
  }
  const inModules = places.some((place) => place.includes("/node_modules/"));
  if (form === "source" && !inModules) return { kind: "source" };
  if (form === "executable" && !inModules) return { kind: "binary" };
  return { kind: managerOf(userAgent) ?? "npm" };
}

/** `pnpm` of `pnpm/9.1.0 npm/? node/v22.13.0 linux x64`. */
function managerOf(userAgent: string | undefined): InstallKind | undefined {
  const name = /^(npm|pnpm|yarn|bun)\//.exec(userAgent ?? "")?.[1];
  return name as InstallKind | undefined;
}
