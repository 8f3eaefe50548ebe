import { assertEquals, assertRejects } from "@std/assert";
import * as fs from "node:fs/promises";
import * as os from "node:os";
import { AppError } from "../../lib/errors/app_error.ts";
import * as path from "node:path";
import { readSignedManifest } from "../../lib/setup/release_manifest.ts";
import { finishRelease, type ReleaseRequest } from "./finish.ts";
import { createReleaseKey } from "./signature.ts";
import { findTarget } from "./targets.ts";
import { tryUpdate } from "./try_update.ts";

const KEY = createReleaseKey();
const LINUX = findTarget("linux-x64");

/** What passes for an executable by its header, and does not start. */
function elf(): Uint8Array {
  const bytes = new Uint8Array(256);
  bytes.set([0x7f, 0x45, 0x4c, 0x46]);
  bytes[18] = 0x3e;
  return bytes;
}

async function inRelease(body: (request: ReleaseRequest) => Promise<void>): Promise<void> {
  const folder = await fs.mkdtemp(path.join(os.tmpdir(), "sogni-release-test-"));
  try {
    await fs.writeFile(path.join(folder, LINUX.file), elf());
    await body({
      folder,
      version: "3.11.0",
      targets: [LINUX],
      ...KEY,
      sbom: "{}\n",
      mcpManifest: "{}",
    });
  } finally {
    await fs.rm(folder, { recursive: true, force: true });
  }
}

Deno.test("a release is signed so that the program accepts it", async () => {
  await inRelease(async (request) => {
    assertEquals(await finishRelease(request), [
      "sogni-agent-linux-x64",
      "sogni-creative-agent-linux-x64.mcpb",
      "manifest.json",
      "manifest.json.sig",
      "sogni-agent.cdx.json",
      "sogni-agent.rb",
      "SHA256SUMS",
    ]);
    const bytes = await fs.readFile(path.join(request.folder, "manifest.json"));
    const signature = await fs.readFile(path.join(request.folder, "manifest.json.sig"), "utf8");
    const manifest = readSignedManifest(bytes, signature, KEY.publicKey);
    assertEquals(manifest.files["linux-x64"]?.size, 256);
  });
});

Deno.test("a release that the program would refuse is not made", async () => {
  await inRelease(async (request) => {
    const other = createReleaseKey().publicKey;
    const rows: [Partial<ReleaseRequest>, string][] = [
      [{ publicKey: "" }, "no public key is pinned"],
      [{ publicKey: other }, "does not belong"],
      [{ targets: [findTarget("darwin-arm64")] }, "ENOENT"],
    ];
    for (const [change, message] of rows) {
      await assertRejects(() => finishRelease({ ...request, ...change }), Error, message);
    }
    const wrong = { ...findTarget("linux-arm64"), file: LINUX.file };
    await assertRejects(
      () => finishRelease({ ...request, targets: [wrong] }),
      Error,
      "elf for x64",
    );
    assertEquals(await fs.readdir(request.folder), [LINUX.file]);
  });
});

Deno.test("the trial sees spoilt releases refused, and a program that does not start reported", async () => {
  await inRelease(async (request) => {
    await finishRelease(request);
    const work = path.join(request.folder, "work");
    await fs.mkdir(work);
    const error = await assertRejects(
      () => tryUpdate(request.folder, work, "linux-x64", "3.11.0", KEY.publicKey),
      AppError,
    );
    assertEquals(error.code, "SELF_UPDATE_FAILED");
  });
});
