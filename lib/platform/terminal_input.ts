/** Reads from the person at the terminal, or from a pipe. */
import process from "node:process";
import { beforeLeaving } from "./exit.ts";

/**
 * Asks a question on standard error and reads one line.
 *
 * @param hidden the answer is not echoed
 * @throws an `Error` with code `ENOTTY` when standard input is no terminal, or `EINTR` for Ctrl-C
 */
export function askTerminal(question: string, hidden: boolean): Promise<string> {
  const { stdin, stderr } = process;
  if (!stdin.isTTY) {
    return Promise.reject(
      Object.assign(new Error("standard input is no terminal"), { code: "ENOTTY" }),
    );
  }
  stderr.write(question);
  return new Promise((resolve, reject) => {
    let answer = "";
    if (hidden) hideTyping();
    const finish = (act: () => void) => {
      stdin.off("data", onData);
      if (hidden) {
        stdin.setRawMode(false);
        stderr.write("\n");
      }
      stdin.pause();
      act();
    };
    const onData = (chunk: Uint8Array) => {
      for (const character of new TextDecoder().decode(chunk)) {
        // Ctrl-D ends what is typed as Return does; Ctrl-C reaches nobody else while typing is hidden.
        if ("\r\n\u0004".includes(character)) return finish(() => resolve(answer));
        if (character === "\u0003") {
          return finish(() => reject(Object.assign(new Error("interrupted"), { code: "EINTR" })));
        }
        answer = character === "\u007f" || character === "\b"
          ? answer.slice(0, -1)
          : answer + character;
      }
    };
    stdin.on("data", onData);
    stdin.resume();
  });
}

/** Also when a signal ends the process meanwhile, the terminal shows again what is typed. */
function hideTyping(): void {
  process.stdin.setRawMode(true);
  beforeLeaving(() => process.stdin.setRawMode(false));
}

/** Reads standard input to its end; more than `maxBytes` is refused with code `EFBIG`. */
export async function readStandardInput(maxBytes: number): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of process.stdin) {
    const bytes = typeof chunk === "string" ? new TextEncoder().encode(chunk) : chunk as Uint8Array;
    size += bytes.length;
    if (size > maxBytes) {
      throw Object.assign(new Error(`standard input has more than ${maxBytes} bytes`), {
        code: "EFBIG",
      });
    }
    chunks.push(bytes);
  }
  const all = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    all.set(chunk, at);
    at += chunk.length;
  }
  return all;
}
