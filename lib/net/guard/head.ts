/** The head of an HTTP message on a bare connection. */
import type { TcpConnection } from "../../platform/tcp.ts";

/** Longest head that is read; a name, a port and a secret need far less. */
export const MAX_HEAD_BYTES = 8192;

/** A head and the bytes that came right behind it. */
export interface Head {
  readonly text: string;
  readonly rest: Uint8Array;
}

/**
 * Reads up to the empty line.
 *
 * @returns `undefined` when the other side ends or fails before it, says too much, or is too slow
 */
export async function readHead(
  connection: TcpConnection,
  timeoutMs: number,
): Promise<Head | undefined> {
  // Closing ends the read that waits.
  const timer = setTimeout(() => connection.close(), timeoutMs);
  try {
    let text = "";
    for (;;) {
      const chunk = await connection.read();
      if (!chunk) return undefined;
      for (const byte of chunk) text += String.fromCharCode(byte);
      const at = text.indexOf("\r\n\r\n");
      if (at >= 0) {
        const rest = Uint8Array.from(text.slice(at + 4), (letter) => letter.charCodeAt(0));
        return { text: text.slice(0, at), rest };
      }
      if (text.length > MAX_HEAD_BYTES) return undefined;
    }
  } catch {
    return undefined;
  } finally {
    clearTimeout(timer);
  }
}
