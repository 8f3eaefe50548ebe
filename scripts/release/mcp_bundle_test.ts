import { assertEquals, assertRejects } from "@std/assert";
import * as fs from "node:fs/promises";
import * as os from "node:os";
import * as path from "node:path";
import { bundleName, packBundle, tryBundle } from "./mcp_bundle.ts";
import { findTarget } from "./targets.ts";
import { readZip } from "./zip.ts";

const LINUX = findTarget("linux-x64");
const MANIFEST = JSON.stringify({
  name: "sogni-creative-agent",
  server: {
    type: "binary",
    mcp_config: { command: "${__dirname}/server/sogni-agent", args: ["mcp"] },
  },
  tools: [{ name: "list_media" }, { name: "generate_image" }],
  compatibility: { platforms: ["darwin", "win32", "linux"] },
});

/** A stand-in for the program that lists these tools. */
function server(...tools: string[]): Uint8Array {
  const result = JSON.stringify({ tools: tools.map((name) => ({ name })) });
  return new TextEncoder().encode(`#!/bin/sh
read -r greeting; echo '{"jsonrpc":"2.0","id":1,"result":{}}'
read -r request; echo '{"jsonrpc":"2.0","id":2,"result":${result}}'
cat > /dev/null
`);
}

async function inFolder(body: (folder: string) => Promise<void>): Promise<void> {
  const folder = await fs.mkdtemp(path.join(os.tmpdir(), "sogni-bundle-"));
  try {
    await body(folder);
  } finally {
    await fs.rm(folder, { recursive: true });
  }
}

for (
  const [target, platform, program] of [
    ["linux-x64", "linux", "server/sogni-agent"],
    ["darwin-arm64", "darwin", "server/sogni-agent"],
    ["windows-x64", "win32", "server/sogni-agent.exe"],
  ]
) {
  Deno.test(`the bundle for ${target} names its platform and holds the program`, () => {
    const found = findTarget(target ?? "");
    const [manifest, executable] = readZip(packBundle(MANIFEST, new Uint8Array(9), found));
    const { compatibility, name } = JSON.parse(new TextDecoder().decode(manifest?.bytes));
    assertEquals([name, compatibility], ["sogni-creative-agent", { platforms: [platform ?? ""] }]);
    assertEquals([executable?.name, executable?.executable], [program, true]);
    assertEquals(bundleName(found), `sogni-creative-agent-${target}.mcpb`);
  });
}

Deno.test("a bundle whose server has the tools of its manifest passes", async () => {
  await inFolder(async (folder) => {
    const bundle = packBundle(MANIFEST, server("generate_image", "list_media"), LINUX);
    await tryBundle(bundle, folder);
  });
});

Deno.test("a bundle whose server has other tools, or does not answer, is refused", async () => {
  const silent = new TextEncoder().encode("#!/bin/sh\nexit 3\n");
  for (
    const [program, message] of [
      [server("generate_image"), "has generate_image, its manifest says"],
      [silent, "did not list its tools"],
    ] as const
  ) {
    await inFolder(async (folder) => {
      const bundle = packBundle(MANIFEST, program, LINUX);
      await assertRejects(() => tryBundle(bundle, folder), Error, message);
    });
  }
});
