/** The API key: from the environment, else from the credentials file. */
import { AppError } from "../errors/app_error.ts";
import type { Host } from "../platform/host.ts";
import { usableKey } from "./api_key.ts";
import { credentialsModeWarning } from "./credentials_mode.ts";
import { KEY_NAME, parseCredentials, withKey, withoutKey } from "./credentials_text.ts";
import { withLock } from "./lock.ts";
import type { StatePaths } from "./paths.ts";
import { stateError, systemCode } from "./state_error.ts";
import { readStateText, writeStateText, writeTarget } from "./state_file.ts";

/** A key and where it was found. */
export interface Credentials {
  apiKey: string;
  source: "environment" | "file";
  /** The credentials file, whether it was used or not. */
  path: string;
}

type Machine = Pick<Host, "files" | "facts">;

const MAX_BYTES = 1024 * 1024;

/**
 * Finds the key. `SOGNI_API_KEY` wins over the file when it is not empty.
 *
 * @param warn hears about a file that others can read or that looks wrong
 * @throws AppError CREDENTIALS_UNREADABLE, MISSING_CREDENTIALS, INVALID_API_KEY
 */
export async function loadCredentials(
  host: Machine,
  paths: StatePaths,
  warn: (text: string) => void = () => {},
): Promise<Credentials> {
  const path = paths.credentials;
  const fromEnv = usableKey(host.facts.env[KEY_NAME] ?? "", KEY_NAME);
  if (fromEnv !== "") return { apiKey: fromEnv, source: "environment", path };
  const text = await readCredentials(host, path);
  const { apiKey, suspectedComment } = parseCredentials(text ?? "");
  if (apiKey === undefined) throw missing(path, text !== undefined);
  if (suspectedComment) {
    warn(
      `Warning: ${path}: the value of ${KEY_NAME} holds " #". Comments behind a value are not ` +
        "supported; all of it is taken as the key.",
    );
  }
  const tooOpen = await credentialsModeWarning(host, paths);
  if (tooOpen) warn(`Warning: ${tooOpen}`);
  return { apiKey: usableKey(apiKey, path), source: "file", path };
}

/**
 * Stores the key in the credentials file (0600); its other lines stay.
 *
 * @throws AppError INVALID_API_KEY, STATE_WRITE_FAILED, CREDENTIALS_UNREADABLE
 */
export async function saveKey(host: Machine, paths: StatePaths, apiKey: string): Promise<void> {
  const key = usableKey(apiKey, "the input");
  await edit(host, paths.credentials, (text) => withKey(text ?? "", key));
}

/**
 * Removes the key from the credentials file, and the file with its last line.
 *
 * @returns whether there was a key
 */
export async function removeKey(host: Machine, paths: StatePaths): Promise<boolean> {
  let removed = false;
  if (!await host.files.stat(paths.credentials)) return removed;
  await edit(host, paths.credentials, (text) => {
    removed = text !== undefined && withoutKey(text) !== text;
    return removed ? withoutKey(text ?? "") : undefined;
  });
  return removed;
}

async function edit(
  host: Machine,
  path: string,
  change: (text: string | undefined) => string | undefined,
): Promise<void> {
  const target = await writeTarget(host, path);
  await withLock(host, target, async () => {
    const next = change(await readCredentials(host, target));
    if (next === undefined) return;
    if (next !== "") return await writeStateText(host, target, next);
    await host.files.remove(target).catch((error: unknown) => {
      throw stateError("write", target, error);
    });
  });
}

async function readCredentials(host: Machine, path: string): Promise<string | undefined> {
  try {
    return await readStateText(host, path, MAX_BYTES);
  } catch (error) {
    const cause = error instanceof AppError ? error.details?.cause : systemCode(error);
    throw new AppError("CREDENTIALS_UNREADABLE", `The credentials file ${path} cannot be read.`, {
      details: { path, cause },
      hint: cause === "EACCES" || cause === "EPERM"
        ? `Give your user access to it (chmod 600 "${path}"), or set ${KEY_NAME}.`
        : `Put a readable file there, or set ${KEY_NAME}.`,
      cause: error,
    });
  }
}

function missing(path: string, credentialsFileExisted: boolean): AppError {
  return new AppError("MISSING_CREDENTIALS", "No API key was found.", {
    details: { triedEnv: KEY_NAME, triedFile: path, credentialsFileExisted },
    hint: credentialsFileExisted
      ? `${path} has no line that sets ${KEY_NAME}. Add it with: sogni-agent login`
      : `Get a key at dashboard.sogni.ai (account menu), then run: sogni-agent login. ` +
        `Or set ${KEY_NAME}.`,
  });
}
