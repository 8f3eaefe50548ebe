/** What the system's refusal to write means, in the words of ffmpeg and of the runtimes. */

/** Words that only the system says, and the step that helps. */
const TROUBLES: readonly [words: RegExp, meaning: string, hint: string][] = [
  [
    /disk is full|no space left on device|ENOSPC|disk quota|EDQUOT/i,
    "the disk is full",
    "Free some space, or write to another disk.",
  ],
  [
    /read-only file system|EROFS/i,
    "the file system is read-only",
    "Choose a folder that can be written.",
  ],
  [/permission denied|EACCES|EPERM/i, "permission denied", "Choose a folder that can be written."],
];

/** The trouble that a text tells of; `undefined` when it is about something else. */
export function diskTrouble(text: string): { meaning: string; hint: string } | undefined {
  const [, meaning, hint] = TROUBLES.find(([words]) => words.test(text)) ?? [];
  return meaning === undefined || hint === undefined ? undefined : { meaning, hint };
}
