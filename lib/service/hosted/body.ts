/** Reading an answer's body with a cap and a limit on silence. */
import { AppError } from "../../errors/app_error.ts";
import { errorFromConnection, timeoutError } from "./http_error.ts";

/** Largest JSON answer that is read, in bytes. */
export const MAX_JSON_BYTES = 64 * 1024 * 1024;

const IDLE_MS = 60_000;

/**
 * The body as text.
 *
 * @param url where it comes from, for messages
 * @throws AppError when it is too large, falls silent or breaks off
 */
export async function readLimitedText(
  response: Response,
  url: URL,
  maxBytes: number = MAX_JSON_BYTES,
): Promise<string> {
  if (!response.body) return "";
  const reader = response.body.getReader();
  const decoder = new TextDecoder();
  let text = "";
  let size = 0;
  try {
    while (true) {
      const { done, value } = await readWithin(reader, url);
      if (done) return text + decoder.decode();
      size += value.length;
      if (size > maxBytes) {
        throw new AppError("API_REQUEST_FAILED", `The answer is larger than ${maxBytes} bytes.`);
      }
      text += decoder.decode(value, { stream: true });
    }
  } catch (error) {
    await reader.cancel().catch(() => {});
    throw error instanceof AppError ? error : errorFromConnection(url, error);
  }
}

async function readWithin(
  reader: ReadableStreamDefaultReader<Uint8Array>,
  url: URL,
): Promise<ReadableStreamReadResult<Uint8Array>> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const silence = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(timeoutError(url, IDLE_MS)), IDLE_MS);
  });
  try {
    return await Promise.race([reader.read(), silence]);
  } finally {
    clearTimeout(timer);
  }
}
