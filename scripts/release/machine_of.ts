/**
 * Reads from its header what machine an executable is for. Compiling for another machine with the
 * wrong runtime at hand gives a file for this one, under the other's name, and no error.
 */
import type { ReleaseTarget } from "./targets.ts";

/** What the header says; `undefined` for anything else than an executable of the targets. */
export function machineOf(
  head: Uint8Array,
): Pick<ReleaseTarget, "format" | "arch"> | undefined {
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  if (head.length < 64) return undefined;
  if (view.getUint32(0) === 0x7f454c46) {
    return known("elf", { 0x3e: "x64", 0xb7: "arm64" }, view.getUint16(18, true));
  }
  if (view.getUint32(0, true) === 0xfeedfacf) {
    return known("mach-o", { 0x01000007: "x64", 0x0100000c: "arm64" }, view.getUint32(4, true));
  }
  if (view.getUint16(0) === 0x4d5a) {
    const at = view.getUint32(60, true);
    if (at + 6 > head.length || view.getUint32(at) !== 0x50450000) return undefined;
    return known("pe", { 0x8664: "x64", 0xaa64: "arm64" }, view.getUint16(at + 4, true));
  }
  return undefined;
}

/** @throws Error when the file is not for the target */
export function checkMachine(head: Uint8Array, { name, format, arch }: ReleaseTarget): void {
  const found = machineOf(head);
  if (found?.format === format && found.arch === arch) return;
  const what = found ? `${found.format} for ${found.arch}` : "no executable";
  throw new Error(`the executable for ${name} is ${what}, not ${format} for ${arch}`);
}

function known(
  format: ReleaseTarget["format"],
  codes: Readonly<Record<number, ReleaseTarget["arch"]>>,
  code: number,
): Pick<ReleaseTarget, "format" | "arch"> | undefined {
  const arch = codes[code];
  return arch === undefined ? undefined : { format, arch };
}
