/** Asks for the API key and stores it. It is never shown, and never taken from an argument. */
import { AppError } from "../errors/app_error.ts";
import type { Host } from "../platform/host.ts";
import { cleanKey, readPipedKey } from "../store/api_key.ts";
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

async function hasStoredKey(host: Host, { credentials }: StatePaths): Promise<boolean> {
  const text = await host.files.readText(credentials).catch(() => "");
  return parseCredentials(text).apiKey !== undefined;
}
