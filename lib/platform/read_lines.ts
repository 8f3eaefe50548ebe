/** Standard input, line by line, for programs that talk to us. */
import process from "node:process";
import type { Readable } from "node:stream";
import type { ReadLinesOptions } from "./host.ts";

/**
 * Hands over each line as it comes; a last line without an end counts. Resolves when the other side
 * closes its end.
 *
 * @throws an `Error` with code `EFBIG` for a line that is too long
 */
export async function readStdinLines(
  { onLine, maxLineBytes }: ReadLinesOptions,
  input: Readable = process.stdin,
): Promise<void> {
  // Lines are cut from bytes: a character may arrive in two pieces.
  const decoder = new TextDecoder();
  let pieces: Uint8Array[] = [];
  let size = 0;
  const take = () => {
    const line = pieces.map((piece) => decoder.decode(piece, { stream: true })).join("") +
      decoder.decode();
    pieces = [];
    size = 0;
    onLine(line.endsWith("\r") ? line.slice(0, -1) : line);
  };
  for await (const chunk of input) {
    let rest = typeof chunk === "string" ? new TextEncoder().encode(chunk) : chunk as Uint8Array;
    for (let end = rest.indexOf(NEWLINE); end >= 0; end = rest.indexOf(NEWLINE)) {
      pieces.push(rest.subarray(0, end));
      take();
      rest = rest.subarray(end + 1);
    }
    size += rest.length;
    if (size > maxLineBytes) {
      throw Object.assign(new Error(`a line has more than ${maxLineBytes} bytes`), {
        code: "EFBIG",
      });
    }
    if (rest.length > 0) pieces.push(rest);
  }
  if (pieces.length > 0) take();
}

const NEWLINE = 10;
