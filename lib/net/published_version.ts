/**
 * Asks which version is published. The address is part of the command-line contract (the update
 * check), and this is the only file that names it.
 */
import type { Host } from "../platform/host.ts";
import { isVersion } from "../text/compare_versions.ts";

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
  { transfer }: Pick<Host, "transfer">,
  packageName: string,
): Promise<string> {
  const { status, bytes } = await transfer(
    `${REGISTRY}${encodeURIComponent(packageName)}/latest`,
    {
      method: "GET",
      headers: [["accept", "application/json"]],
      maxBytes: MAX_BYTES,
      timeoutMs: TIMEOUT_MS,
      redirects: false,
    },
  );
  if (status !== 200) throw new Error(`status ${status}`);
  const { version } = JSON.parse(new TextDecoder().decode(bytes)) as { version?: unknown };
  if (typeof version !== "string" || !isVersion(version)) throw new Error("no version");
  return version;
}
