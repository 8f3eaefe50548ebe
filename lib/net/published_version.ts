/**
 * Asks which version is published. The address is part of the command-line contract (the update
 * check), and this is the only file that names it.
 */
import { isVersion } from "../text/compare_versions.ts";
import { globalTransport, type Transport } from "./fetch.ts";

const REGISTRY = "https://registry.npmjs.org/";
const TIMEOUT_MS = 1500;
const MAX_BYTES = 1024 * 1024;

/**
 * The newest published version of a package.
 *
 * @param packageName such as `@scope/name`
 * @throws when it cannot be found out: no answer in 1.5 s, a redirect, another status than 200, an
 *   answer above 1 MiB or without a version
 */
export async function publishedVersion(
  packageName: string,
  transport: Transport = globalTransport,
): Promise<string> {
  const url = new URL(`${encodeURIComponent(packageName)}/latest`, REGISTRY);
  const response = await transport(url, {
    method: "GET",
    headers: new Headers({ accept: "application/json" }),
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  if (response.status !== 200) {
    await response.body?.cancel();
    throw new Error(`status ${response.status}`);
  }
  const { version } = JSON.parse(await readCapped(response)) as { version?: unknown };
  if (typeof version !== "string" || !isVersion(version)) throw new Error("no version");
  return version;
}

async function readCapped(response: Response): Promise<string> {
  const decoder = new TextDecoder();
  let size = 0;
  let text = "";
  for await (const chunk of response.body ?? []) {
    size += chunk.length;
    if (size > MAX_BYTES) throw new Error(`more than ${MAX_BYTES} bytes`);
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}
