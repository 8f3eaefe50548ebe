/** The body of a request whose bytes lie in files: read piece by piece while it is sent. */
import type { FilePart, HostFiles } from "./host.ts";

const PIECE_BYTES = 64 * 1024;

/**
 * A `Blob` whose content is never held as a whole. As a `Blob` it tells `fetch` its length, which
 * storage wants to know: a mere stream would be sent in chunks of unknown number.
 */
export class FileBody extends Blob {
  readonly parts: readonly FilePart[];
  readonly #files: Pick<HostFiles, "readRange">;

  /** @param parts sent one after the other; a file that is shorter than its part is an error */
  constructor(parts: readonly FilePart[], files: Pick<HostFiles, "readRange">) {
    super();
    this.parts = parts;
    this.#files = files;
    const size = parts.reduce((sum, part) => sum + lengthOf(part), 0);
    // The runtimes ask for `size` as for any property; their own knows nothing of the files.
    Object.defineProperty(this, "size", { value: size });
  }

  override stream(): ReadableStream<Uint8Array<ArrayBuffer>> {
    const pieces = this.#pieces();
    return new ReadableStream({
      async pull(controller) {
        const { done, value } = await pieces.next();
        if (done) controller.close();
        else controller.enqueue(value);
      },
      cancel: async () => void await pieces.return(),
    }, { highWaterMark: 0 });
  }

  override async arrayBuffer(): Promise<ArrayBuffer> {
    return await new Response(this.stream()).arrayBuffer();
  }

  async *#pieces(): AsyncGenerator<Uint8Array<ArrayBuffer>, void> {
    for (const part of this.parts) {
      if ("bytes" in part) {
        yield new Uint8Array(part.bytes);
        continue;
      }
      const end = part.offset + part.length;
      for (let at = part.offset; at < end;) {
        const piece = await this.#files.readRange(part.path, at, Math.min(PIECE_BYTES, end - at));
        if (piece.length === 0) throw new Error(`${part.path} became shorter while it was sent`);
        at += piece.length;
        yield piece;
      }
    }
  }
}

function lengthOf(part: FilePart): number {
  return "bytes" in part ? part.bytes.length : part.length;
}
