import { assertEquals, assertMatch, assertThrows } from "@std/assert";
import {
  type BuiltFile,
  renderChecksums,
  renderFormula,
  renderManifest,
  renderScoop,
} from "./render.ts";
import { RELEASE_TARGETS } from "./targets.ts";

const FILES: BuiltFile[] = RELEASE_TARGETS.map((target, at) => ({
  target,
  name: target.file,
  size: 1000 + at,
  sha256: String(at).repeat(64),
}));

Deno.test("the manifest names every machine as the program names itself", () => {
  const { version, files } = JSON.parse(renderManifest("3.11.0", FILES));
  assertEquals(version, "3.11.0");
  assertEquals(Object.keys(files), [
    "linux-x64",
    "linux-arm64",
    "darwin-x64",
    "darwin-arm64",
    "windows-x64",
  ]);
  assertEquals(files["darwin-arm64"], {
    name: "sogni-agent-darwin-arm64",
    size: 1003,
    sha256: "3".repeat(64),
  });
});

Deno.test("the checksums are what sha256sum reads, by name", () => {
  assertEquals(
    renderChecksums([{ name: "b", sha256: "22" }, { name: "a", sha256: "11" }]),
    "11  a\n22  b\n",
  );
});

Deno.test("the formula gives each machine its own file and sum", () => {
  const formula = renderFormula("3.11.0", FILES);
  for (const { target, name, sha256 } of FILES) {
    const pair = new RegExp(`v3\\.11\\.0/${name}"\\n +sha256 "${sha256}"`);
    if (target.name === "windows-x64") assertEquals(pair.test(formula), false);
    else assertMatch(formula, pair);
  }
  assertMatch(formula, /on_macos do\n {4}on_arm do\n.*darwin-arm64/);
  assertMatch(formula, /on_linux do\n {4}on_arm do\n.*linux-arm64/);
  assertEquals(formula.match(/\bdo$/gm)?.length, 7, "blocks that are opened");
  assertEquals(formula.match(/^ *end$/gm)?.length, 9, "and closed, with class and method");
});

Deno.test("Scoop's manifest renames the file and knows where the next one comes from", () => {
  const scoop = JSON.parse(renderScoop("3.11.0", FILES));
  assertEquals(scoop.version, "3.11.0");
  assertEquals(scoop.architecture["64bit"].hash, "4".repeat(64));
  assertMatch(
    scoop.architecture["64bit"].url,
    /releases\/download\/v3\.11\.0\/sogni-agent-windows-x64\.exe#\/sogni-agent\.exe$/,
  );
  assertMatch(scoop.autoupdate.architecture["64bit"].url, /v\$version\/sogni-agent-windows/);
  assertThrows(() => renderScoop("3.11.0", FILES.slice(0, 2)), Error, "windows-x64");
});
