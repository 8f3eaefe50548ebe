/** The texts that go with the executables of a release. Pure. */
import type { ReleaseFile, ReleaseManifest } from "../../lib/setup/release_manifest.ts";
import type { ReleaseTarget } from "./targets.ts";

/** The project's home. */
export const REPOSITORY = "https://github.com/Sogni-AI/sogni-creative-agent-skill";
const DESCRIPTION = "Images, video and music on the Sogni service, for AI agents and people";

/** An executable that was built. */
export interface BuiltFile extends ReleaseFile {
  readonly target: ReleaseTarget;
}

/** `manifest.json`, which self-update reads; its signature is over exactly these bytes. */
export function renderManifest(version: string, files: readonly BuiltFile[]): string {
  const manifest: ReleaseManifest = {
    version,
    files: Object.fromEntries(
      files.map(({ target, name, size, sha256 }) => [target.name, { name, size, sha256 }]),
    ),
  };
  return `${JSON.stringify(manifest, null, 2)}\n`;
}

/** `SHA256SUMS`, as `sha256sum --check` reads it. */
export function renderChecksums(files: readonly Pick<ReleaseFile, "name" | "sha256">[]): string {
  return [...files].sort((a, b) => a.name < b.name ? -1 : 1)
    .map(({ name, sha256 }) => `${sha256}  ${name}\n`).join("");
}

/** The formula for Homebrew: the executables as they are, nothing is built. */
export function renderFormula(version: string, files: readonly BuiltFile[]): string {
  const block = (system: string, word: string) => {
    const arches = (["arm64", "x64"] as const).flatMap((arch) => {
      const file = files.find(({ target }) => target.name === `${system}-${arch}`);
      if (!file) return [];
      return [
        `    on_${arch === "arm64" ? "arm" : "intel"} do`,
        `      url "${address(version, file.name)}"`,
        `      sha256 "${file.sha256}"`,
        "    end",
      ];
    });
    return arches.length === 0 ? [] : [`  on_${word} do`, ...arches, "  end", ""];
  };
  return [
    "class SogniAgent < Formula",
    `  desc "${DESCRIPTION}"`,
    `  homepage "${REPOSITORY}"`,
    `  version "${version}"`,
    '  license "MIT"',
    "",
    ...block("darwin", "macos"),
    ...block("linux", "linux"),
    "  def install",
    '    bin.install Dir["sogni-agent-*"].first => "sogni-agent"',
    '    chmod 0755, bin/"sogni-agent"',
    "  end",
    "",
    "  test do",
    '    assert_equal version.to_s, shell_output("#{bin}/sogni-agent --version").strip',
    "  end",
    "end",
    "",
  ].join("\n");
}

/** The manifest for Scoop. */
export function renderScoop(version: string, files: readonly BuiltFile[]): string {
  const file = files.find(({ target }) => target.name === "windows-x64");
  if (!file) throw new Error("Scoop needs the executable for windows-x64");
  const url = (number: string) => `${address(number, file.name)}#/sogni-agent.exe`;
  return `${
    JSON.stringify(
      {
        version,
        description: DESCRIPTION,
        homepage: REPOSITORY,
        license: "MIT",
        architecture: { "64bit": { url: url(version), hash: file.sha256 } },
        bin: "sogni-agent.exe",
        checkver: { github: REPOSITORY },
        autoupdate: {
          architecture: { "64bit": { url: url("$version") } },
          hash: { url: "$baseurl/SHA256SUMS" },
        },
      },
      null,
      4,
    )
  }\n`;
}

/** Address of a release file. */
export function address(version: string, name: string): string {
  return `${REPOSITORY}/releases/download/v${version}/${name}`;
}
