/** Zip archives: as much of the format as a bundle needs, the same bytes for the same files. */
import { Buffer } from "node:buffer";
import { crc32, deflateRawSync, inflateRawSync } from "node:zlib";

/** A file of an archive. */
export interface ZipEntry {
  /** Path with `/`. */
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly executable?: boolean;
}

const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;
/** Names are UTF-8. */
const FLAGS = 0x0800;
const DEFLATE = 8;
/** Midnight of 1 January 1980, the format's first day: an archive does not tell when it was made. */
const DATE = 0x0021;
/** Made on Unix, so that the rights of files are read; version 2.0 unpacks it. */
const MADE_BY = 0x0314;
const NEEDS = 20;

/** The archive of these files, in their order. */
export function writeZip(entries: readonly ZipEntry[]): Uint8Array {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, bytes, executable } of entries) {
    const path = Buffer.from(name, "utf8");
    const packed = deflateRawSync(bytes, { level: 9 });
    const about = Buffer.alloc(26);
    about.writeUInt16LE(NEEDS, 0);
    about.writeUInt16LE(FLAGS, 2);
    about.writeUInt16LE(DEFLATE, 4);
    about.writeUInt16LE(DATE, 8);
    about.writeUInt32LE(crc32(bytes), 10);
    about.writeUInt32LE(packed.length, 14);
    about.writeUInt32LE(bytes.length, 18);
    about.writeUInt16LE(path.length, 22);
    parts.push(number32(LOCAL), about, path, packed);
    const rights = Buffer.alloc(14);
    rights.writeUInt32LE((executable ? 0o100755 : 0o100644) * 0x10000, 6);
    rights.writeUInt32LE(offset, 10);
    directory.push(number32(CENTRAL), number16(MADE_BY), about, rights, path);
    offset += 30 + path.length + packed.length;
  }
  const index = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(entries.length, 4);
  end.writeUInt16LE(entries.length, 6);
  end.writeUInt32LE(index.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...parts, index, number32(END), end]);
}

/** @throws Error for what {@linkcode writeZip} would not have written */
export function readZip(archive: Uint8Array): ZipEntry[] {
  const buffer = Buffer.from(archive.buffer, archive.byteOffset, archive.byteLength);
  const end = buffer.length - 22;
  if (end < 0 || buffer.readUInt32LE(end) !== END) throw new Error("this is no zip archive");
  const entries: ZipEntry[] = [];
  let at = buffer.readUInt32LE(end + 16);
  for (let left = buffer.readUInt16LE(end + 10); left > 0; left--) {
    if (buffer.readUInt32LE(at) !== CENTRAL) throw new Error("the archive's directory is damaged");
    const length = buffer.readUInt16LE(at + 28);
    const name = buffer.toString("utf8", at + 46, at + 46 + length);
    const local = buffer.readUInt32LE(at + 42);
    const from = local + 30 + buffer.readUInt16LE(local + 26) + buffer.readUInt16LE(local + 28);
    const bytes = inflateRawSync(buffer.subarray(from, from + buffer.readUInt32LE(at + 20)));
    if (crc32(bytes) !== buffer.readUInt32LE(at + 16)) throw new Error(`${name} is damaged`);
    const executable = (buffer.readUInt32LE(at + 38) / 0x10000 & 0o111) !== 0;
    entries.push({ name, bytes: new Uint8Array(bytes), ...(executable ? { executable } : {}) });
    at += 46 + length + buffer.readUInt16LE(at + 30) + buffer.readUInt16LE(at + 32);
  }
  return entries;
}

function number16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(value);
  return bytes;
}

function number32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
