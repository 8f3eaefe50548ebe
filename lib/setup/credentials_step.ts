/** Asks for the API key and stores it. It is never shown, and never taken from an argument. */
import { AppError } from "../errors/app_error.ts";
import type { Host } from "../platform/host.ts";
import { readPipedKey } from "../store/api_key.ts";
import { saveKey } from "../store/credentials.ts";
import { KEY_NAME, parseCredentials } from "../store/credentials_text.ts";
import type { StatePaths } from "../store/paths.ts";

/** What came of it. */
export type CredentialsStatus =
  | "written"
  | "would-ask"
  | "skipped-flag"
  | "skipped-env"
  | "skipped-file"
  | "skipped-user"
  | "skipped-chatgpt"
  | "skipped-noninteractive";

/** How the key can be had. */
export interface CredentialsRequest {
  readonly wanted: boolean;
  readonly dryRun: boolean;
  /** It comes from standard input. */
  readonly fromStdin: boolean;
  /** Somebody can be asked. */
  readonly interactive: boolean;
}

const TRIES = 3;

/** @throws AppError INVALID_API_KEY from standard input, STATE_WRITE_FAILED, CREDENTIALS_UNREADABLE */
export async function stepCredentials(
  host: Host,
  paths: StatePaths,
  request: CredentialsRequest,
  say: (line: string) => void,
): Promise<CredentialsStatus> {
  if (!request.wanted) return "skipped-flag";
  if (!request.fromStdin) {
    if (host.facts.env[KEY_NAME]?.trim()) return "skipped-env";
    if (await hasStoredKey(host, paths)) return "skipped-file";
  }
  if (request.dryRun) return "would-ask";
  if (request.fromStdin) {
    const key = cleanKey(await readPipedKey(host));
    if (key === "") return "skipped-user";
    await saveKey(host, paths, key);
    return "written";
  }
  return request.interactive ? await askForKey(host, paths, say) : "skipped-noninteractive";
}

async function askForKey(
  host: Host,
  paths: StatePaths,
  say: (line: string) => void,
): Promise<CredentialsStatus> {
  say("Your API key is made at https://dashboard.sogni.ai (account menu). Empty: later.");
  for (let left = TRIES; left > 0; left--) {
    const typed = await host.prompt("Sogni API key (hidden): ", { hidden: true }).catch(() => "");
    try {
      const key = cleanKey(typed);
      if (key === "") return "skipped-user";
      await saveKey(host, paths, key);
      return "written";
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== "INVALID_API_KEY") throw error;
      say(`${error.message} ${error.hint ?? ""}`);
    }
  }
  return "skipped-user";
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

async function hasStoredKey(host: Host, { credentials }: StatePaths): Promise<boolean> {
  const text = await host.files.readText(credentials).catch(() => "");
  return parseCredentials(text).apiKey !== undefined;
}
