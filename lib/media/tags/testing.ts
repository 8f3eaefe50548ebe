/** A file in memory for tests. */
import type { FilePart, HostFiles } from "../../platform/host.ts";
import { concatBytes } from "../image/bytes.ts";

/** Whatever its path is called. */
export function memoryFile(bytes: Uint8Array<ArrayBuffer>): {
  files: Pick<HostFiles, "stat" | "readRange" | "assemble">;
  bytes(): Uint8Array<ArrayBuffer>;
} {
  let content = bytes;
  const pieceOf = (part: FilePart) => {
    if ("bytes" in part) return part.bytes;
    if (part.offset + part.length > content.length) throw new Error("a piece past the end");
    return content.subarray(part.offset, part.offset + part.length);
  };
  return {
    bytes: () => content,
    files: {
      stat: () =>
        Promise.resolve({
          kind: "file",
          size: content.length,
          mode: 0o644,
          modifiedAt: 0,
          uid: 0,
        }),
      readRange: (_path, offset, length) => Promise.resolve(content.slice(offset, offset + length)),
      assemble: (_path, parts) => {
        content = concatBytes(parts.map(pieceOf));
        return Promise.resolve();
      },
    },
  };
}
