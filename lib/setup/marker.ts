/** The marker in a skill folder: what setup put there, and what it found. Pure. */

/** Name of the marker file. */
export const MARKER_NAME = ".sogni-installed.json";

/** What a marker says. */
export interface Marker {
  readonly version: string;
  readonly adapter: string;
  /** Where the files came from. */
  readonly srcDir: string;
  /** ISO time of the first installation. */
  readonly installedAt: string;
  /** SHA-256 of each file that is ours, by its path in the folder; absent in old markers. */
  readonly files?: Readonly<Record<string, string>>;
  /** Hashes that were in force before an update that is under way. */
  readonly before?: Readonly<Record<string, string>>;
  /** Files of others that were in the way: path, and the name they have meanwhile. */
  readonly aside?: Readonly<Record<string, string>>;
  /** How many folders above this one were made, too. */
  readonly madeParents?: number;
}

/** @returns `undefined` for text that is no marker */
export function parseMarker(text: string): Marker | undefined {
  try {
    const data = JSON.parse(text) as Record<string, unknown> | null;
    if (typeof data?.version !== "string" || typeof data.adapter !== "string") return undefined;
    const maps = ["files", "before", "aside"].flatMap((name) => {
      const map = readMap(data[name]);
      return map ? [[name, map]] : [];
    });
    return {
      version: data.version,
      adapter: data.adapter,
      srcDir: typeof data.srcDir === "string" ? data.srcDir : "",
      installedAt: typeof data.installedAt === "string" ? data.installedAt : "",
      ...Object.fromEntries(maps),
      ...(typeof data.madeParents === "number" ? { madeParents: data.madeParents } : {}),
    };
  } catch {
    return undefined;
  }
}

/** The text of the file. */
export function formatMarker(marker: Marker): string {
  return `${JSON.stringify(marker, null, 2)}\n`;
}

/** A map from safe paths to words; a marker that was tampered with leads nowhere else. */
function readMap(value: unknown): Record<string, string> | undefined {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
  return Object.fromEntries(
    Object.entries(value).filter((entry): entry is [string, string] =>
      isSafePath(entry[0]) && typeof entry[1] === "string" && isSafePath(entry[1])
    ),
  );
}

/** A path that stays in its folder. */
export function isSafePath(path: string): boolean {
  return path !== "" && !/^[A-Za-z]:|[\\\0]/.test(path) &&
    path.split("/").every((part) => part !== "" && part !== "." && part !== "..");
}

/** What the installer of earlier versions copied; its marker did not list it. */
export const LEGACY_NAMES = [
  "SKILL.md",
  "llm.txt",
  "version.mjs",
  "skill-package.json",
  "env.mjs",
  "ssrf-guard.mjs",
  "update-check.mjs",
  "node-version-check.mjs",
  "sogni-agent.mjs",
  "openclaw-plugin.mjs",
  "openclaw.plugin.json",
  "package.json",
  "package-lock.json",
  "references",
  "skills",
  "scripts",
  "generated",
  "node_modules",
] as const;
