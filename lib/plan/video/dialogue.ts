/** Guidance for prompts in which somebody speaks. */
import type { SharedChoices } from "../shared.ts";
import { asksForSilence, countSpokenWords, mentionsSpeech, quotedPassages } from "./words.ts";

type Notes = Pick<SharedChoices, "addNote">;

/** Comfortable and hardly possible rates of speech, in words a second. */
const WORDS_PER_SECOND = 3;
const MAX_WORDS_PER_SECOND = 3.75;
/** Seconds around the speech, and the longest clip that is suggested. */
const MARGIN_SECONDS = 2;
const MAX_SUGGESTED_SECONDS = 20;

// NAME: 'text' at the start of a line or sentence; an apostrophe inside a word does not end it.
const SCREENPLAY_LINE =
  /((?:^|[\n.!?;|{][ \t]{0,20})(?:\p{Lu}[\p{L}\p{N} _'-]{0,30}?)(?:\s{0,3}\([^)\n]{0,40}\))?\s{0,3}:\s{0,3})'((?:[^'"\n]|(?<=\p{L})'(?=\p{L}))+)'(?!\p{L})/gu;

/** Turns `NAME: 'text'` into `NAME: "text"`, which models read as speech. */
export function doubleQuoteSpeech(prompt: string, notes: Notes): string {
  const changed = prompt.replace(
    SCREENPLAY_LINE,
    (_, lead: string, line: string) => `${lead}"${line}"`,
  );
  if (changed !== prompt) {
    notes.addNote(
      "note",
      "Changed single-quoted speech to double quotes, which video models read.",
    );
  }
  return changed;
}

/** Length of a clip and whether the caller fixed it. */
export interface SpokenLength {
  seconds: number;
  fixed: boolean;
}

/**
 * Gives spoken words time: a length that is not fixed grows, a fixed one that is too short is
 * warned about.
 *
 * @param variants every text that will be sent; the one with most words counts
 * @returns the seconds to plan with, before the model's limits
 */
export function timeDialogue(
  variants: readonly string[],
  length: SpokenLength,
  notes: Notes,
): number {
  const words = Math.max(0, ...variants.map((text) => countSpokenWords(quotedPassages(text))));
  if (words === 0) {
    if (variants.some((text) => mentionsSpeech(text) && !asksForSilence(text))) {
      notes.addNote(
        "warning",
        'Warning: the prompt speaks of speech but quotes no words; put what is said in "double quotes".',
      );
    }
    return length.seconds;
  }
  if (length.fixed) {
    if (words > Math.floor(length.seconds * MAX_WORDS_PER_SECOND)) {
      notes.addNote(
        "warning",
        `Warning: ${words} spoken words hardly fit into ${
          rounded(length.seconds)
        }s; allow about ${WORDS_PER_SECOND} words a second.`,
      );
    }
    return length.seconds;
  }
  const needed = Math.min(
    MAX_SUGGESTED_SECONDS,
    Math.ceil(words / WORDS_PER_SECOND) + MARGIN_SECONDS,
  );
  if (needed <= length.seconds) return length.seconds;
  notes.addNote(
    "note",
    `Raised video duration from ${length.seconds}s to ${needed}s for ${words} spoken words.`,
  );
  return needed;
}

function rounded(seconds: number): number {
  return Math.round(seconds * 100) / 100;
}
