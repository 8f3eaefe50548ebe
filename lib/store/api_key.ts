/** What an API key may look like before it is put into a header. */
import { AppError } from "../errors/app_error.ts";

const MAX_LENGTH = 4096;

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
