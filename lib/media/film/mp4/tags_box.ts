/** Title, comment and the like, as players show them. */
import { ascii, makeBox, makeFullBox, words } from "./boxes.ts";

/** Tags of a film; absent ones are not written. */
export interface FilmTags {
  readonly title?: string;
  readonly comment?: string;
  /** The program that made it. */
  readonly software?: string;
}

const KEYS: Readonly<Record<keyof FilmTags, string>> = {
  title: "\u00a9nam",
  comment: "\u00a9cmt",
  software: "\u00a9too",
};
const UTF8_TEXT = 1;

/** The `udta` box with the tags. */
export function tagsBox(tags: FilmTags): Uint8Array<ArrayBuffer> {
  const items = (Object.keys(KEYS) as (keyof FilmTags)[]).flatMap((name) => {
    const text = tags[name];
    if (text === undefined) return [];
    const data = makeBox("data", words([UTF8_TEXT, 0]), new TextEncoder().encode(text));
    return [makeBox(KEYS[name], data)];
  });
  const handler = makeFullBox(
    "hdlr",
    0,
    0,
    words([0]),
    ascii("mdirappl"),
    words([0, 0]),
    Uint8Array.of(0),
  );
  return makeBox("udta", makeFullBox("meta", 0, 0, handler, makeBox("ilst", ...items)));
}
