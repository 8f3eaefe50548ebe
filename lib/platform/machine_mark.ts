/** A short mark by which a machine knows what its own processes wrote. */
import { hostname } from "node:os";

/** The mark where the name of the machine may not be asked for. */
export const UNKNOWN_MACHINE = "00000000";

let mark: string | undefined;

/**
 * Eight hexadecimal digits, made from the machine's name. To be asked for before permissions are
 * given up; later calls say the same.
 */
export function machineMark(): string {
  return mark ??= read();
}

function read(): string {
  try {
    return hash(hostname());
  } catch {
    return UNKNOWN_MACHINE;
  }
}

/** FNV-1a: only has to tell machines apart. */
function hash(text: string): string {
  let value = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) {
    value = Math.imul(value ^ text.charCodeAt(at), 0x01000193) >>> 0;
  }
  return value.toString(16).padStart(8, "0");
}
