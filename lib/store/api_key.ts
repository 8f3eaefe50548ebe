/** What an API key may look like before it is put into a header. */
import { AppError } from "../errors/app_error.ts";
import type { Host } from "../platform/host.ts";

const MAX_LENGTH = 4096;
const MAX_INPUT_BYTES = 64 * 1024;

/**
 * The text of standard input, which is meant to hold a key.
 *
 * @throws AppError INVALID_API_KEY when it is far too long for one
 */
export async function readPipedKey(host: Pick<Host, "readStdin">): Promise<string> {
  try {
    return new TextDecoder().decode(await host.readStdin(MAX_INPUT_BYTES));
  } catch (error) {
    if ((error as { code?: unknown }).code !== "EFBIG") throw error;
    throw new AppError("INVALID_API_KEY", "Standard input is too long for an API key.", {
      details: { source: "the input", maxBytes: MAX_INPUT_BYTES },
      hint: "Send the key alone, in one line.",
      cause: error,
    });
  }
}

/**
 * The key without surrounding blanks.
 *
 * @param source where it came from, for the message; the key itself is never shown
 * @throws AppError INVALID_API_KEY for characters that no header can carry
 */
export function usableKey(text: string, source: string): string {
  const key = text.trim();
  if (!/^[\x20-\x7e]*$/.test(key) || key.length > MAX_LENGTH) {
    throw new AppError(
      "INVALID_API_KEY",
      `The API key from ${source} cannot be used: ${
        key.length > MAX_LENGTH
          ? `it is longer than ${MAX_LENGTH} characters`
          : "it holds a character that is not printable ASCII"
      }.`,
      {
        details: { source },
        hint: "Copy the key again from dashboard.sogni.ai (account menu).",
      },
    );
  }
  return key;
}
