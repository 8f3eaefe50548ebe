/** Writes and reads tar archives (ustar with pax headers for long names). Pure. */

/** A file, folder or link of an archive. */
export interface TarEntry {
  /** With `/`; folders end with it. */
  readonly name: string;
  readonly mode: number;
  /** Seconds since 1970. */
  readonly modifiedAt: number;
  readonly data?: Uint8Array;
  /** Where a link leads to. */
  readonly link?: string;
}

const BLOCK = 512;
const MAX_NAME = 100;

/** The archive, not compressed. */
export function writeTar(entries: readonly TarEntry[]): Uint8Array {
  const blocks: Uint8Array[] = [];
  for (const entry of entries) {
    const long: [string, string][] = [];
    if (byteLength(entry.name) > MAX_NAME) long.push(["path", entry.name]);
    if (byteLength(entry.link ?? "") > MAX_NAME) long.push(["linkpath", entry.link ?? ""]);
    if (long.length > 0) {
      const data = new TextEncoder().encode(
        long.map(([key, value]) => paxRecord(key, value)).join(""),
      );
      blocks.push(header({ name: "pax", mode: 0o600, modifiedAt: 0, data }, "x"), ...padded(data));
    }
    const type = entry.link !== undefined ? "2" : entry.name.endsWith("/") ? "5" : "0";
    blocks.push(header(entry, type), ...padded(entry.data ?? new Uint8Array()));
  }
  blocks.push(new Uint8Array(2 * BLOCK));
  return concat(blocks);
}

/**
 * The entries of an archive of {@link writeTar}.
 *
 * @throws Error when it is cut off or damaged
 */
export function readTar(archive: Uint8Array): TarEntry[] {
  const entries: TarEntry[] = [];
  let pax: Record<string, string> = {};
  for (let at = 0;;) {
    const block = archive.subarray(at, at + BLOCK);
    if (block.length < BLOCK) throw new Error("the archive is cut off");
    if (block.every((byte) => byte === 0)) return entries;
    if (readOctal(block, 148, 8) !== checksum(block)) throw new Error("the archive is damaged");
    const size = readOctal(block, 124, 12);
    const data = archive.slice(at + BLOCK, at + BLOCK + size);
    if (data.length < size) throw new Error("the archive is cut off");
    at += BLOCK + Math.ceil(size / BLOCK) * BLOCK;
    const type = readText(block, 156, 1);
    if (type === "x") {
      pax = readPax(new TextDecoder().decode(data));
      continue;
    }
    const link = pax.linkpath ?? readText(block, 157, MAX_NAME);
    entries.push({
      name: pax.path ?? readText(block, 0, MAX_NAME),
      mode: readOctal(block, 100, 8),
      modifiedAt: readOctal(block, 136, 12),
      ...(type === "0" ? { data } : {}),
      ...(type === "2" ? { link } : {}),
    });
    pax = {};
  }
}

function header({ name, mode, modifiedAt, data, link }: TarEntry, type: string): Uint8Array {
  const block = new Uint8Array(BLOCK);
  const put = (text: string, at: number, length: number) =>
    block.set(new TextEncoder().encode(text).slice(0, length), at);
  const octal = (value: number, at: number, length: number) =>
    put(`${Math.max(0, Math.floor(value)).toString(8).padStart(length - 1, "0")}\0`, at, length);
  put(name, 0, MAX_NAME);
  octal(mode & 0o7777, 100, 8);
  octal(0, 108, 8);
  octal(0, 116, 8);
  octal(data?.length ?? 0, 124, 12);
  octal(modifiedAt, 136, 12);
  put(type, 156, 1);
  put(link ?? "", 157, MAX_NAME);
  put("ustar\x0000", 257, 8);
  put(`${checksum(block).toString(8).padStart(6, "0")}\0 `, 148, 8);
  return block;
}

/** The sum of the bytes of a header, its own field counted as blanks. */
function checksum(block: Uint8Array): number {
  let sum = 8 * 0x20;
  for (let at = 0; at < BLOCK; at++) if (at < 148 || at >= 156) sum += block[at] ?? 0;
  return sum;
}

/** `LENGTH KEY=VALUE\n`, where the length counts itself. */
function paxRecord(key: string, value: string): string {
  const rest = ` ${key}=${value}\n`;
  let length = byteLength(rest) + 1;
  while (String(length).length + byteLength(rest) !== length) length++;
  return `${length}${rest}`;
}

function readPax(text: string): Record<string, string> {
  return Object.fromEntries(
    text.split("\n").filter((line) => line !== "").map((line) => {
      const [, key = "", value = ""] = /^\d+ ([^=]+)=(.*)$/.exec(line) ?? [];
      return [key, value];
    }),
  );
}

function readText(block: Uint8Array, at: number, length: number): string {
  const field = block.subarray(at, at + length);
  const end = field.indexOf(0);
  return new TextDecoder().decode(end < 0 ? field : field.subarray(0, end));
}

function readOctal(block: Uint8Array, at: number, length: number): number {
  return parseInt(readText(block, at, length).trim() || "0", 8);
}

function padded(data: Uint8Array): Uint8Array[] {
  const rest = data.length % BLOCK;
  return rest === 0 ? [data] : [data, new Uint8Array(BLOCK - rest)];
}

function byteLength(text: string): number {
  return new TextEncoder().encode(text).length;
}

function concat(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
