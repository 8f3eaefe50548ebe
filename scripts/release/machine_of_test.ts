import { assertEquals, assertThrows } from "@std/assert";
import { checkMachine, machineOf } from "./machine_of.ts";
import { findTarget, RELEASE_TARGETS } from "./targets.ts";

/** A header with 16- or 32-bit numbers at places; little-endian unless said otherwise. */
function header(...fields: [at: number, value: number, bytes: 2 | 4, big?: boolean][]): Uint8Array {
  const bytes = new Uint8Array(256);
  const view = new DataView(bytes.buffer);
  for (const [at, value, size, big] of fields) {
    if (size === 2) view.setUint16(at, value, !big);
    else view.setUint32(at, value, !big);
  }
  return bytes;
}

const HEADERS: Record<string, Uint8Array> = {
  "linux-x64": header([0, 0x7f454c46, 4, true], [18, 0x3e, 2]),
  "linux-arm64": header([0, 0x7f454c46, 4, true], [18, 0xb7, 2]),
  "darwin-x64": header([0, 0xfeedfacf, 4], [4, 0x01000007, 4]),
  "darwin-arm64": header([0, 0xfeedfacf, 4], [4, 0x0100000c, 4]),
  "windows-x64": header([0, 0x4d5a, 2, true], [60, 128, 4], [128, 0x50450000, 4, true], [
    132,
    0x8664,
    2,
  ]),
};

Deno.test("each target's executable is accepted as its own and as no other", () => {
  for (const target of RELEASE_TARGETS) {
    for (const [name, bytes] of Object.entries(HEADERS)) {
      if (name === target.name) checkMachine(bytes, target);
      else assertThrows(() => checkMachine(bytes, target), Error, target.name);
    }
  }
});

Deno.test("anything else is no executable", () => {
  const rows = [
    new Uint8Array(),
    new TextEncoder().encode("#!/bin/sh\n".padEnd(100)),
    header([0, 0x7f454c46, 4, true], [18, 0x28, 2]),
    header([0, 0x4d5a, 2, true], [60, 4000, 4]),
  ];
  for (const bytes of rows) assertEquals(machineOf(bytes), undefined);
  assertThrows(() => findTarget("linux-riscv64"), Error, "no release target");
});
