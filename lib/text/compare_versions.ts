/** Compares version numbers: three numbers and an optional prerelease, as in `3.11.0-beta.1`. */

const VERSION = /^(\d{1,9})\.(\d{1,9})\.(\d{1,9})(?:-([0-9A-Za-z.-]+))?$/;

/** Whether the text is a version number; a leading `v` or build data is not part of one. */
export function isVersion(text: string): boolean {
  return VERSION.test(text);
}

/**
 * Negative when `a` is older than `b`, positive when it is newer. A release is newer than its
 * prereleases, which are ordered as text. Whatever is no version counts as equal.
 */
export function compareVersions(a: string, b: string): number {
  const left = VERSION.exec(a);
  const right = VERSION.exec(b);
  if (!left || !right) return 0;
  for (let part = 1; part <= 3; part++) {
    const difference = Number(left[part]) - Number(right[part]);
    if (difference !== 0) return difference;
  }
  return comparePrereleases(left[4], right[4]);
}

function comparePrereleases(a: string | undefined, b: string | undefined): number {
  if (a === b) return 0;
  if (a === undefined) return 1;
  if (b === undefined) return -1;
  return a < b ? -1 : 1;
}
