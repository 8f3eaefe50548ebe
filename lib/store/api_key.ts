/** What an API key may look like before it is put into a header. */
import { AppError } from "../errors/app_error.ts";
import type { Host } from "../platform/host.ts";
import { KEY_NAME, parseCredentials } from "./credentials_text.ts";

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

/**
 * The key in what was pasted: without blanks around it, quotes, or the name of the variable.
 *
 * @throws AppError INVALID_API_KEY for a blank or a control character in it
 */
export function cleanKey(typed: string): string {
  const key = unwrap(parseCredentials(typed).apiKey ?? typed);
  // deno-lint-ignore no-control-regex
  if (/[\s\u0000-\u001f\u007f]/.test(key)) {
    throw new AppError("INVALID_API_KEY", "The API key holds a blank or a line break.", {
      hint: "Copy the key alone, in one piece.",
    });
  }
  return key;
}

/** Quotes may stand around the name of the variable, behind it, or both. */
function unwrap(text: string): string {
  const inner = text.trim().replace(NAME_IN_FRONT, "").replace(/^(["'])(.*)\1$/, "$2");
  return inner === text ? text : unwrap(inner);
}

const NAME_IN_FRONT = new RegExp(`^(?:export\\s+)?${KEY_NAME}\\s*=\\s*`);
