import { assertEquals } from "@std/assert";
import { diskTrouble } from "./disk_trouble.ts";

const ROWS: readonly [text: string, meaning: string | undefined][] = [
  ["Error closing file file:/x/a.mp4: No space left on device", "the disk is full"],
  ["No space left on device (os error 28)", "the disk is full"],
  ["ENOSPC: no space left on device, write", "the disk is full"],
  ["file:/x/.sogni-0.part.mkv: Read-only file system", "the file system is read-only"],
  ["EROFS: read-only file system, mkdtemp '/tmp/x'", "the file system is read-only"],
  ["EACCES: permission denied, open '/x'", "permission denied"],
  ["Invalid data found when processing input", undefined],
  ["", undefined],
];
for (const [text, meaning] of ROWS) {
  Deno.test(`"${text}" means ${meaning}`, () => assertEquals(diskTrouble(text)?.meaning, meaning));
}
