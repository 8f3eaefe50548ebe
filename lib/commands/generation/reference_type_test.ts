import { assertEquals, assertThrows } from "@std/assert";
import { AppError } from "../../errors/app_error.ts";
import type { MediaInput } from "../../plan/types.ts";
import { referenceType } from "./reference_type.ts";

const bytes = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0));
const PNG = bytes("\x89PNG\r\n\x1a\n\0\0\0\rIHDR");
const MP4 = bytes("\0\0\0\x18ftypisom\0\0\0\0");
const NOISE = bytes("nothing that any player would know");

const TYPES: [slot: MediaInput["slot"], source: string, bytes: Uint8Array, expected: string][] = [
  ["contextImages", "a.png", PNG, "image/png png true"],
  ["contextImages", "a.jpg", PNG, "image/png png true"],
  ["contextImages", "https://x.example/a", PNG, "image/png png true"],
  ["referenceAudio", "a.mp4", MP4, "audio/mp4 mp4 true"],
  ["referenceVideo", "a.mp4", MP4, "video/mp4 mp4 true"],
  ["contextImages", "a.JPG", NOISE, "image/jpeg jpg false"],
  ["controlNetImage", "a.webp", NOISE, "image/webp webp false"],
  ["referenceAudio", "a.mp3", NOISE, "audio/mpeg mp3 false"],
  ["referenceAudio", "a.mp4", NOISE, "audio/mp4 m4a false"],
  ["referenceAudio", "a.webm", NOISE, "audio/webm audio false"],
  ["referenceVideo", "a.mov", NOISE, "video/quicktime mov false"],
  ["referenceAudioIdentity", "a.wav", NOISE, "audio/wav wav false"],
  ["referenceAudioIdentity", "voice", NOISE, "audio/mp4 m4a false"],
];

for (const [slot, source, head, expected] of TYPES) {
  Deno.test(`${slot} from ${source} is ${expected}`, () => {
    const { mime, extension, recognised } = referenceType({ slot, source }, head);
    assertEquals(`${mime} ${extension} ${recognised}`, expected);
  });
}

const REFUSED: [slot: MediaInput["slot"], source: string][] = [
  ["contextImages", "https://x.example/a.png"],
  ["contextImages", "a.txt"],
  ["contextImages", "a"],
  ["contextImages", "a.mp4"],
  ["referenceVideo", "a.png"],
  ["referenceAudio", "a.png"],
];

for (const [slot, source] of REFUSED) {
  Deno.test(`noise as ${slot} from ${source} is refused`, () => {
    const { code, details } = assertThrows(() => referenceType({ slot, source }, NOISE), AppError);
    assertEquals([code, details], ["UNSUPPORTED_MEDIA_TYPE", { source }]);
  });
}
