/** What is in the npm packages, as `npm pack` sees it, and whether they run where they land. */
import { assert, assertEquals, assertMatch } from "@std/assert";
import { stop } from "esbuild";
import { spawnSync } from "node:child_process";
import * as fs from "node:fs/promises";
import * as os from "node:os";
import * as path from "node:path";
import { buildNpmPackage, buildSetupPackage } from "./npm_package.ts";

/** Every file of the package but the chunks of the bundle, whose names change with their content. */
const CONTENT = [
  ".claude-plugin/marketplace.json",
  ".claude-plugin/plugin.json",
  "CHANGELOG.md",
  "LICENSE",
  "README.md",
  "SECURITY.md",
  "SKILL.md",
  "bin/sogni-agent.mjs",
  "llm.txt",
  "llms.txt",
  "openclaw-plugin.mjs",
  "openclaw.plugin.json",
  "package.json",
  "plugin-skills/sogni-creative-agent/SKILL.md",
  "references/hosted-api.md",
  "references/models.md",
  "references/openclaw-config.md",
  "references/personas-memory.md",
  "references/video-editing.md",
  "references/video-prompting.md",
  "skills/README.md",
  "skills/app_settings.md",
  "skills/asset_reference_management.md",
  "skills/composition_planning.md",
  "skills/image_editing.md",
  "skills/image_generation.md",
  "skills/media_analysis.md",
  "skills/music_generation.md",
  "skills/persona_management.md",
  "skills/quality_audit.md",
  "skills/session_control.md",
  "skills/video_editing.md",
  "skills/video_generation.md",
];
const MAX_BYTES = 6 * 1024 * 1024;

Deno.test({
  name: "the packages hold what they should, no more, and start from where npm puts them",
  // esbuild's service goes on until it is stopped at the end.
  sanitizeResources: false,
  sanitizeOps: false,
  async fn() {
    const folder = await fs.mkdtemp(path.join(os.tmpdir(), "sogni-npm-"));
    try {
      const program = path.join(folder, "program");
      const setup = path.join(folder, "setup");
      await buildNpmPackage(program);
      await buildSetupPackage(setup);
      const first = pack(program, folder);
      const second = pack(setup, folder);
      assertEquals(first.files.filter((name) => !/^lib\/[\w-]+\.js$/.test(name)), CONTENT);
      assert(first.files.includes("lib/main.js") && first.files.includes("lib/worker.js"));
      assert(first.unpackedSize < MAX_BYTES, String(first.unpackedSize));
      assertEquals(second.files, ["LICENSE", "README.md", "package.json", "setup.mjs"]);
      await checkManifests(program, setup);
      // Beside each other the second one finds the first; nothing is fetched.
      const place = path.join(folder, "place");
      await fs.mkdir(place);
      const tarballs = [first, second].map(({ filename }) => path.join(folder, filename));
      npm(
        ["install", "--offline", "--no-audit", "--no-fund", "--prefix", place, ...tarballs],
        folder,
      );
      const modules = path.join(place, "node_modules");
      for (const name of ["sogni-agent", "setup-sogni-agent-skill"]) {
        assert((await fs.stat(path.join(modules, ".bin", name))).mode & 0o100, name);
      }
    } finally {
      await fs.rm(folder, { recursive: true, force: true });
      await stop();
    }
  },
});

interface Packed {
  filename: string;
  unpackedSize: number;
  files: string[];
}

function pack(folder: string, into: string): Packed {
  const text = npm(["pack", "--json", "--ignore-scripts", "--pack-destination", into], folder);
  const [found] = JSON.parse(text) as {
    filename: string;
    unpackedSize: number;
    files: { path: string }[];
  }[];
  assert(found);
  const files = found.files.map((file) => file.path).sort();
  return { ...found, files };
}

function npm(args: string[], cwd: string): string {
  const { status, stdout, stderr } = spawnSync("npm", args, { cwd, encoding: "utf8" });
  assertEquals(status, 0, stderr);
  return stdout;
}

async function checkManifests(program: string, setup: string): Promise<void> {
  const read = async (folder: string) =>
    JSON.parse(await fs.readFile(path.join(folder, "package.json"), "utf8"));
  const [main, second] = [await read(program), await read(setup)];
  assertMatch(main.version, /^\d+\.\d+\.\d+/);
  assertEquals(main.dependencies, undefined);
  assertEquals(second.dependencies, { [main.name]: main.version });
  for (const manifest of [main, second]) {
    assertEquals(manifest.publishConfig, { access: "public", provenance: true });
    assertEquals(manifest.engines, { node: ">=22.13.0" });
    assertEquals(manifest.scripts, undefined, "no install hooks");
  }
  const plugin = JSON.parse(
    await fs.readFile(path.join(program, ".claude-plugin/plugin.json"), "utf8"),
  );
  assertEquals(plugin.version, main.version);
}
