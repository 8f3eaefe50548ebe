/**
 * Makes releases.
 *
 *     deno task release --dry-run        everything for linux-x64 with a throw-away key, verified
 *     deno task release keygen FILE      a key pair: private half into FILE, public half printed
 *     deno task release build TARGET     one executable into dist/release/, checked and started
 *     deno task release finish           the files that go with the executables, signed with the
 *                                        key in RELEASE_SIGNING_KEY
 */
import { stop } from "esbuild";
import { spawnSync } from "node:child_process";
import * as fs from "node:fs/promises";
import * as os from "node:os";
import * as path from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { readSelf } from "../lib/platform/self.ts";
import { RELEASE_PUBLIC_KEY } from "../lib/setup/release_channel.ts";
import { buildBundle } from "./build.ts";
import { compileBundle } from "./compile.ts";
import { finishRelease } from "./release/finish.ts";
import { checkMachine } from "./release/machine_of.ts";
import { type BundledPackage, bundledPackages, renderSbom } from "./release/sbom.ts";
import { createReleaseKey } from "./release/signature.ts";
import { bundleName, tryBundle } from "./release/mcp_bundle.ts";
import { findTarget, RELEASE_TARGETS, type ReleaseTarget } from "./release/targets.ts";
import { tryUpdate } from "./release/try_update.ts";

const ROOT = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const BUNDLE = path.join(ROOT, "dist/bundle");
const FOLDER = path.join(ROOT, "dist/release");

async function main([action = "", argument = ""]: string[]): Promise<void> {
  if (action === "--dry-run") return await dryRun();
  if (action === "keygen") return await makeKey(argument);
  if (action === "build") return await buildTarget(findTarget(argument), FOLDER, BUNDLE);
  if (action === "finish") return await finish();
  throw new Error("say one of: --dry-run, keygen FILE, build TARGET, finish");
}

async function dryRun(): Promise<void> {
  const folder = await fs.mkdtemp(path.join(os.tmpdir(), "sogni-release-"));
  try {
    const release = path.join(folder, "release");
    const target = findTarget(readSelf().target);
    const bundle = path.join(folder, "bundle");
    await buildTarget(target, release, bundle);
    const { privateKey, publicKey } = createReleaseKey();
    const version = await readVersion();
    const sbom = await makeSbom(version, `${bundle}.meta.json`, path.join(release, target.file));
    const mcpManifest = await readMcpManifest();
    const request = { folder: release, version, targets: [target], privateKey, publicKey };
    const names = await finishRelease({ ...request, sbom, mcpManifest });
    const packed = path.join(folder, "unpacked");
    await tryBundle(await fs.readFile(path.join(release, bundleName(target))), packed);
    await tryUpdate(release, folder, target.name, version, publicKey);
    for (const name of names) {
      say(`${name}: ${(await fs.stat(path.join(release, name))).size} bytes`);
    }
    await fs.rm(FOLDER, { recursive: true, force: true });
    await fs.cp(release, FOLDER, { recursive: true });
    say("the bundle for Claude Desktop starts elsewhere and has the tools of its manifest");
    say(`the updater took the release and refused three spoilt ones; see ${FOLDER}`);
  } finally {
    await fs.rm(folder, { recursive: true, force: true });
  }
}

/** Compiles, checks what the file is for and, where this is the machine, that it runs. */
async function buildTarget(
  target: ReleaseTarget,
  folder: string,
  bundle: string,
): Promise<void> {
  await buildBundle(bundle, `${bundle}.meta.json`);
  await stop();
  const output = path.join(folder, target.file);
  await fs.rm(output, { force: true });
  const isHere = target.name === readSelf().target;
  await compileBundle(bundle, output, isHere ? undefined : target.deno);
  checkMachine((await fs.readFile(output)).subarray(0, 4096), target);
  if (!isHere) return;
  const { stdout } = spawnSync(output, ["--version"], { encoding: "utf8" });
  const version = await readVersion();
  if (stdout?.trim() !== version) throw new Error(`${output} says ${stdout}, not ${version}`);
}

async function finish(): Promise<void> {
  const privateKey = process.env.RELEASE_SIGNING_KEY;
  if (!privateKey) throw new Error("RELEASE_SIGNING_KEY is not set");
  const version = await readVersion();
  await buildBundle(BUNDLE, `${BUNDLE}.meta.json`);
  await stop();
  const own = path.join(FOLDER, findTarget(readSelf().target).file);
  await fs.chmod(own, 0o755);
  const names = await finishRelease({
    folder: FOLDER,
    version,
    targets: RELEASE_TARGETS,
    privateKey,
    publicKey: RELEASE_PUBLIC_KEY,
    sbom: await makeSbom(version, `${BUNDLE}.meta.json`, own),
    mcpManifest: await readMcpManifest(),
  });
  for (const name of names) say(name);
}

async function makeKey(file: string): Promise<void> {
  if (file === "") throw new Error("name the file for the private half");
  const { privateKey, publicKey } = createReleaseKey();
  await fs.writeFile(file, privateKey, { mode: 0o600, flag: "wx" });
  say(`Public half, for RELEASE_PUBLIC_KEY in lib/setup/release_channel.ts: ${publicKey}`);
  say(`Private half: ${file}. Put it into the secret RELEASE_SIGNING_KEY and delete the file.`);
}

async function makeSbom(
  version: string,
  metafile: string,
  executable: string,
): Promise<string> {
  const { outputs } = JSON.parse(await fs.readFile(metafile, "utf8")) as {
    outputs: Record<string, { inputs: Record<string, unknown> }>;
  };
  const inputs = Object.values(outputs).flatMap((output) => Object.keys(output.inputs));
  const packages = await Promise.all(
    bundledPackages(inputs, JSON.parse(await fs.readFile(path.join(ROOT, "deno.lock"), "utf8")))
      .map(async (each) => ({ ...each, ...await readLicense(each) })),
  );
  const runtime = runtimeOf(executable);
  return renderSbom(version, runtime, packages, new Date().toISOString());
}

/** Every failure names the runtime, so a wrong flag tells which one is embedded. */
function runtimeOf(executable: string): string {
  const { stdout } = spawnSync(executable, ["--json", "--no-such-flag"], { encoding: "utf8" });
  const { node } = JSON.parse(stdout) as { node: string };
  return node.replace(/^deno /, "");
}

async function readLicense({ name, version }: BundledPackage): Promise<{ license?: string }> {
  const folder = `node_modules/.deno/${name.replace("/", "+")}@${version}/node_modules/${name}`;
  const text = await fs.readFile(path.join(ROOT, folder, "package.json"), "utf8").catch(() => "{}");
  const { license } = JSON.parse(text) as { license?: unknown };
  return typeof license === "string" ? { license } : {};
}

async function readMcpManifest(): Promise<string> {
  return await fs.readFile(path.join(ROOT, "skill/dist/desktop-extension/manifest.json"), "utf8");
}

async function readVersion(): Promise<string> {
  return JSON.parse(await fs.readFile(path.join(ROOT, "deno.json"), "utf8")).version;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

if (import.meta.main) await main(process.argv.slice(2));
