/** Reads a changelog in Markdown: what is new in which version. Pure. */
import { compareVersions } from "./compare_versions.ts";

/** One version of the changelog. */
export interface ChangelogEntry {
  readonly version: string;
  /** The heading as it stands. */
  readonly heading: string;
  /** The text below it, without blank lines around it. */
  readonly body: string;
}

/** More are not shown at once. */
const MAX_ENTRIES = 10;

const HEADING = /^#{1,2} \[?(\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?)\]?/;

/** The entries in the order of the file. */
export function parseChangelog(text: string): ChangelogEntry[] {
  const entries: { version: string; heading: string; lines: string[] }[] = [];
  for (const line of text.split(/\r\n|\n|\r/)) {
    const version = HEADING.exec(line)?.[1];
    if (version !== undefined) entries.push({ version, heading: line.trimEnd(), lines: [] });
    else entries.at(-1)?.lines.push(line);
  }
  return entries.map(({ version, heading, lines }) => ({
    version,
    heading,
    body: lines.join("\n").trim(),
  }));
}

/**
 * The entries to show.
 *
 * @param running the version that runs; nothing newer is shown
 * @param since show what is newer than this; without it, the running version alone (or, where it
 *   has no entry, the first one)
 */
export function selectEntries(
  entries: readonly ChangelogEntry[],
  running: string,
  since?: string,
): ChangelogEntry[] {
  if (since === undefined) {
    return [entries.find(({ version }) => version === running) ?? entries[0]]
      .filter((entry) => entry !== undefined);
  }
  return entries.filter(({ version }) =>
    compareVersions(version, since) > 0 && compareVersions(version, running) <= 0
  ).slice(0, MAX_ENTRIES);
}
