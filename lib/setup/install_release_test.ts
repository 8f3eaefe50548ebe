import { assert, assertEquals, assertRejects } from "@std/assert";
import { createHash, generateKeyPairSync, sign } from "node:crypto";
import * as fs from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { AppError } from "../errors/app_error.ts";
import { inHome } from "../store/testing.ts";
import { installRelease, type ReleaseRequest } from "./install_release.ts";

const keys = generateKeyPairSync("ed25519");
const stranger = generateKeyPairSync("ed25519");
const publicKey = keys.publicKey.export({ type: "spki", format: "der" }).toString("base64");

/** A program that answers `--version`. */
function programText(version: string): string {
  return `#!/bin/sh\necho ${version}\n`;
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/** What the release server has; each part can be spoilt. */
interface Release {
  version?: string;
  program?: string;
  /** Served in place of the program. */
  served?: string;
  target?: string;
  size?: number;
  signer?: typeof keys.privateKey;
  manifest?: string;
  missing?: string;
}

/** Serves a release, and an installed version 3.10.0 to update. */
async function withRelease(
  release: Release,
  body: (update: () => ReturnType<typeof installRelease>, installed: Installed) => Promise<void>,
  change: Partial<ReleaseRequest> = {},
): Promise<void> {
  const version = release.version ?? "3.11.0";
  const program = release.program ?? programText(version);
  const manifest = release.manifest ?? JSON.stringify({
    version,
    files: {
      [release.target ?? "linux-x64"]: {
        name: "sogni-agent-linux-x64",
        size: release.size ?? program.length,
        sha256: sha256(program),
      },
    },
  });
  const signature = sign(
    null,
    new TextEncoder().encode(manifest),
    release.signer ?? keys.privateKey,
  );
  const files: Record<string, string> = {
    "/latest/manifest.json": manifest,
    "/latest/manifest.json.sig": `${signature.toString("base64")}\n`,
    "/latest/sogni-agent-linux-x64": release.served ?? program,
  };
  const server = createServer((request, response) => {
    const file = request.url === release.missing ? undefined : files[request.url ?? ""];
    response.writeHead(file === undefined ? 404 : 200).end(file ?? "");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  try {
    await inHome(async ({ host, put, text, home }) => {
      const path = await put("bin/sogni-agent", programText("3.10.0"));
      await fs.chmod(path, 0o755);
      const request: ReleaseRequest = {
        program: path,
        target: "linux-x64",
        running: "3.10.0",
        baseUrl: `http://127.0.0.1:${port}/latest/`,
        publicKey,
        allowLoopback: true,
        ...change,
      };
      await body(() => installRelease(host, request), {
        text: () => text(path),
        mode: async () => (await fs.stat(path)).mode & 0o777,
        beside: async () =>
          (await fs.readdir(`${home}/bin`)).filter((name) => name !== "sogni-agent"),
      });
    });
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}

interface Installed {
  text(): Promise<string>;
  mode(): Promise<number>;
  /** Other files in the folder. */
  beside(): Promise<string[]>;
}

Deno.test("a signed newer release replaces the program", () =>
  withRelease({}, async (update, installed) => {
    assertEquals(await update(), { version: "3.11.0", updated: true });
    assertEquals(await installed.text(), programText("3.11.0"));
    assertEquals(await installed.mode(), 0o755);
    assertEquals(await installed.beside(), []);
  }));

Deno.test("the same version is left alone", () =>
  withRelease({ version: "3.10.0" }, async (update, installed) => {
    assertEquals(await update(), { version: "3.10.0", updated: false });
    assertEquals(await installed.text(), programText("3.10.0"));
  }));

const good = { name: "sogni-agent-linux-x64", size: 5, sha256: "a".repeat(64) };
const manifestOf = (file: unknown, version: unknown = "3.11.0") =>
  JSON.stringify({ version, files: { "linux-x64": file } });

const REFUSALS: [string, Release, string, Partial<ReleaseRequest>?][] = [
  ["no key yet", {}, "SELF_UPDATE_UNAVAILABLE", { publicKey: "" }],
  ["no address yet", {}, "SELF_UPDATE_UNAVAILABLE", { baseUrl: "" }],
  ["another key", { signer: stranger.privateKey }, "RELEASE_UNTRUSTED"],
  ["a key that is none", {}, "RELEASE_UNTRUSTED", { publicKey: "bm9uc2Vuc2U=" }],
  ["an older version", { version: "3.9.0" }, "RELEASE_UNTRUSTED"],
  ["a prerelease of this version", { version: "3.10.0-beta.1" }, "RELEASE_UNTRUSTED"],
  ["another machine", { target: "linux-arm64" }, "SELF_UPDATE_UNAVAILABLE"],
  ["a machine by inherited name", {}, "SELF_UPDATE_UNAVAILABLE", { target: "constructor" }],
  ["other bytes", { served: programText("6.66.0") }, "RELEASE_UNTRUSTED"],
  ["fewer bytes", { served: "#!/bin/sh" }, "RELEASE_UNTRUSTED"],
  ["more bytes", { served: `${programText("3.11.0")}#` }, "SELF_UPDATE_FAILED"],
  ["a program that does not run", { program: "#!/bin/sh\nexit 3\n" }, "SELF_UPDATE_FAILED"],
  ["a program of another version", { program: programText("3.11.1") }, "SELF_UPDATE_FAILED"],
  ["no manifest", { missing: "/latest/manifest.json" }, "SELF_UPDATE_FAILED"],
  ["no signature", { missing: "/latest/manifest.json.sig" }, "SELF_UPDATE_FAILED"],
  ["no program", { missing: "/latest/sogni-agent-linux-x64" }, "SELF_UPDATE_FAILED"],
  ["no loopback", {}, "SELF_UPDATE_FAILED", { allowLoopback: false }],
  ["no JSON", { manifest: "{" }, "RELEASE_UNTRUSTED"],
  ["a list", { manifest: "[]" }, "RELEASE_UNTRUSTED"],
  ["no files", { manifest: '{"version":"3.11.0"}' }, "RELEASE_UNTRUSTED"],
  ["a bad version", { manifest: manifestOf(good, "v4") }, "RELEASE_UNTRUSTED"],
  ["a path for a name", { manifest: manifestOf({ ...good, name: "../x" }) }, "RELEASE_UNTRUSTED"],
  ["a short hash", { manifest: manifestOf({ ...good, sha256: "aa" }) }, "RELEASE_UNTRUSTED"],
  ["no size", { manifest: manifestOf({ ...good, size: 0 }) }, "RELEASE_UNTRUSTED"],
  ["no file", { manifest: manifestOf(null) }, "RELEASE_UNTRUSTED"],
];

for (const [name, release, code, change] of REFUSALS) {
  Deno.test(`the old program stays: ${name}`, () =>
    withRelease(release, async (update, installed) => {
      const error = await assertRejects(update, AppError);
      assertEquals(error.code, code, error.message);
      assertEquals(await installed.text(), programText("3.10.0"));
      assertEquals(await installed.beside(), []);
    }, change));
}

Deno.test("on Windows the old program steps aside, and comes back when the new one cannot come", () =>
  inHome(async ({ host, put, text, home }) => {
    const { replaceProgram } = await import("./replace_program.ts");
    const windows = { ...host, facts: { ...host.facts, system: "windows" as const } };
    const program = await put("agent.exe", "old");
    await put("agent.exe.old", "oldest");
    const next = await put("next", "new");
    await replaceProgram(windows, program, next);
    assertEquals([await text(program), await text(`${program}.old`)], ["new", "old"]);
    await assertRejects(() => replaceProgram(windows, program, `${home}/nothing`));
    assertEquals(await text(program), "new");
    assert(!(await fs.readdir(home)).includes("next"));
  }));
