/** The machines that executables are released for. */

/** One of them. */
export interface ReleaseTarget {
  /** As the program names itself: `linux-x64`. */
  readonly name: string;
  /** As Deno's compiler takes it. */
  readonly deno: string;
  /** The executable's name among the release files. */
  readonly file: string;
  /** What its header says. */
  readonly format: "elf" | "mach-o" | "pe";
  readonly arch: "x64" | "arm64";
}

/** Every target, in the order of the release notes. */
export const RELEASE_TARGETS: readonly ReleaseTarget[] = [
  {
    name: "linux-x64",
    deno: "x86_64-unknown-linux-gnu",
    file: "sogni-agent-linux-x64",
    format: "elf",
    arch: "x64",
  },
  {
    name: "linux-arm64",
    deno: "aarch64-unknown-linux-gnu",
    file: "sogni-agent-linux-arm64",
    format: "elf",
    arch: "arm64",
  },
  {
    name: "darwin-x64",
    deno: "x86_64-apple-darwin",
    file: "sogni-agent-darwin-x64",
    format: "mach-o",
    arch: "x64",
  },
  {
    name: "darwin-arm64",
    deno: "aarch64-apple-darwin",
    file: "sogni-agent-darwin-arm64",
    format: "mach-o",
    arch: "arm64",
  },
  {
    name: "windows-x64",
    deno: "x86_64-pc-windows-msvc",
    file: "sogni-agent-windows-x64.exe",
    format: "pe",
    arch: "x64",
  },
];

/** The target of this name. */
export function findTarget(name: string): ReleaseTarget {
  const target = RELEASE_TARGETS.find((each) => each.name === name);
  if (target) return target;
  throw new Error(
    `no release target ${name}; there are ${RELEASE_TARGETS.map((each) => each.name)}`,
  );
}
