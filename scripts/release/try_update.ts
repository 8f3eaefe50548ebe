/** Lets the program's own updater take a release from a server on this machine. */
import { AppError } from "../../lib/errors/app_error.ts";
import { createLocalHost } from "../../lib/platform/local_host.ts";
import { installRelease } from "../../lib/setup/install_release.ts";
import * as fs from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import * as path from "node:path";

/**
 * Updates a stand-in for an old version from the folder of a release, then spoils the release and
 * sees that the updater refuses it and leaves the program as it is.
 *
 * @throws Error when the release is refused, or a spoilt one is not
 */
export async function tryUpdate(
  release: string,
  work: string,
  target: string,
  version: string,
  publicKey: string,
): Promise<void> {
  const program = path.join(work, "sogni-agent");
  const spoil = new Map<string, (bytes: Uint8Array) => Uint8Array>();
  const server = createServer(async (request, response) => {
    const name = path.basename(request.url ?? "");
    const bytes = await fs.readFile(path.join(release, name)).catch(() => undefined);
    if (!bytes) return void response.writeHead(404).end();
    response.writeHead(200).end((spoil.get(name) ?? ((same) => same))(bytes));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const update = () =>
    installRelease(createLocalHost(), {
      program,
      target,
      running: "0.0.1",
      baseUrl: `http://127.0.0.1:${port}/`,
      publicKey,
      allowLoopback: true,
    });
  try {
    await fs.writeFile(program, OLD, { mode: 0o755 });
    const executable = await executableOf(release, target);
    for (const name of ["manifest.json", "manifest.json.sig", executable]) {
      spoil.set(name, flipABit);
      await refused(update, program);
      spoil.clear();
    }
    const { updated, version: got } = await update();
    if (!updated || got !== version) throw new Error(`the updater installed ${got}`);
    if ((await fs.readFile(program)).length === OLD.length) throw new Error("nothing was replaced");
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}

const OLD = "#!/bin/sh\necho 0.0.1\n";

async function executableOf(release: string, target: string): Promise<string> {
  const manifest = JSON.parse(await fs.readFile(path.join(release, "manifest.json"), "utf8"));
  return manifest.files[target].name;
}

async function refused(update: () => Promise<unknown>, program: string): Promise<void> {
  const error = await update().then(() => undefined, (reason: unknown) => reason);
  if (!(error instanceof AppError) || error.code !== "RELEASE_UNTRUSTED") {
    throw new Error(`a spoilt release was not refused: ${String(error)}`);
  }
  if (await fs.readFile(program, "utf8") !== OLD) throw new Error("the old program was changed");
}

function flipABit(bytes: Uint8Array): Uint8Array {
  const spoilt = bytes.slice();
  const at = Math.floor(spoilt.length / 2);
  spoilt[at] = (spoilt[at] ?? 0) ^ 1;
  return spoilt;
}
