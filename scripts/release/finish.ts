/** Makes everything that goes with the executables, in one folder, signed. */
import { createHash } from "node:crypto";
import * as fs from "node:fs/promises";
import * as path from "node:path";
import { readSignedManifest } from "../../lib/setup/release_manifest.ts";
import { checkMachine } from "./machine_of.ts";
import { bundleName, packBundle } from "./mcp_bundle.ts";
import {
  type BuiltFile,
  renderChecksums,
  renderFormula,
  renderManifest,
  renderScoop,
} from "./render.ts";
import { publicHalf, signBytes } from "./signature.ts";
import type { ReleaseTarget } from "./targets.ts";

/** What a release is made from. */
export interface ReleaseRequest {
  /** Holds the executables, and gets the rest. */
  readonly folder: string;
  readonly version: string;
  readonly targets: readonly ReleaseTarget[];
  /** PEM. */
  readonly privateKey: string;
  /** What the program has pinned; a release that it would refuse is not made. */
  readonly publicKey: string;
  readonly sbom: string;
  /** The manifest of the `.mcpb` bundles. */
  readonly mcpManifest: string;
}

/**
 * Checks the executables and writes manifest, signature, checksums, bundles for Claude Desktop,
 * bill of materials, formula and, with an executable for Windows, Scoop's manifest.
 *
 * @returns the names of all release files
 */
export async function finishRelease(request: ReleaseRequest): Promise<string[]> {
  const { folder, version, targets, privateKey, publicKey, sbom } = request;
  if (publicKey === "") {
    throw new Error("no public key is pinned in lib/setup/release_channel.ts; see CONTRIBUTING.md");
  }
  if (publicHalf(privateKey) !== publicKey) {
    throw new Error("the signing key does not belong to the public key that the program pins");
  }
  const built = await Promise.all(targets.map((target) => describe(folder, target)));
  const write = async (name: string, content: string | Uint8Array) => {
    await fs.writeFile(path.join(folder, name), content);
    return { name, sha256: createHash("sha256").update(content).digest("hex") };
  };
  const manifest = renderManifest(version, built);
  const bytes = new TextEncoder().encode(manifest);
  const signature = signBytes(bytes, privateKey);
  readSignedManifest(bytes, signature, publicKey);
  const bundles = [];
  for (const target of targets) {
    const executable = await fs.readFile(path.join(folder, target.file));
    bundles.push(
      await write(bundleName(target), packBundle(request.mcpManifest, executable, target)),
    );
  }
  const texts = [
    await write("manifest.json", manifest),
    await write("manifest.json.sig", signature),
    await write("sogni-agent.cdx.json", sbom),
    await write("sogni-agent.rb", renderFormula(version, built)),
    ...(built.some(({ target }) => target.name === "windows-x64")
      ? [await write("sogni-agent.json", renderScoop(version, built))]
      : []),
  ];
  const sums = await write("SHA256SUMS", renderChecksums([...built, ...bundles, ...texts]));
  return [...built, ...bundles, ...texts, sums].map(({ name }) => name);
}

async function describe(folder: string, target: ReleaseTarget): Promise<BuiltFile> {
  const bytes = await fs.readFile(path.join(folder, target.file));
  checkMachine(bytes.subarray(0, 4096), target);
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  return { target, name: target.file, size: bytes.length, sha256 };
}
