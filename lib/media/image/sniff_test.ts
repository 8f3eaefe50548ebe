import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { sniffMedia } from "./sniff.ts";
import { bytesOf } from "./testing.ts";

const TABLE: readonly (readonly [string, string, string])[] = [
  ["\x89PNG\r\n\x1a\n", "image/png", "png"],
  ["\xff\xd8\xff\xe0", "image/jpeg", "jpg"],
  ["RIFF\x10\0\0\0WEBPVP8 ", "image/webp", "webp"],
  ["GIF87a", "image/gif", "gif"],
  ["GIF89a", "image/gif", "gif"],
  ["BM\x46\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0", "image/bmp", "bmp"],
  ["II\x2a\0\x08\0\0\0", "image/tiff", "tiff"],
  ["MM\0\x2a\0\0\0\x08", "image/tiff", "tiff"],
  ["\0\0\0\x1cftypavif\0\0\0\0", "image/avif", "avif"],
  ["\0\0\0\x1cftypheic\0\0\0\0", "image/heic", "heic"],
  ["\0\0\0\x1cftypmif1\0\0\0\0mif1heic", "image/heic", "heic"],
  ["\0\0\0\x1cftypmif1\0\0\0\0mif1avif", "image/avif", "avif"],
  ["\0\0\0\x1cftypmif1\0\0\0\0mif1", "image/heif", "heif"],
  ["\0\0\0\x20ftypisom\0\0\x02\0isomiso2avc1mp41", "video/mp4", "mp4"],
  ["\0\0\0\x20ftypmp42\0\0\0\0", "video/mp4", "mp4"],
  ["\0\0\0\x14ftypqt  \0\0\0\0", "video/quicktime", "mov"],
  ["\0\0\0\x20ftypM4A \0\0\0\0", "audio/mp4", "m4a"],
  ["\x1aE\xdf\xa3\x9f\x42\x86\x81\x01\x42\x82\x84webm", "video/webm", "webm"],
  ["\x1aE\xdf\xa3\xa3\x42\x86\x81\x01\x42\x82\x88matroska", "video/x-matroska", "mkv"],
  ["ID3\x04\0\0", "audio/mpeg", "mp3"],
  ["\xff\xfb\x90\x64", "audio/mpeg", "mp3"],
  ["\xff\xf3\x40\xc4", "audio/mpeg", "mp3"],
  ["RIFF\x24\0\0\0WAVEfmt ", "audio/wav", "wav"],
  ["RIFF\x24\0\0\0AVI LIST", "video/x-msvideo", "avi"],
  ["fLaC\0\0\0\x22", "audio/flac", "flac"],
  [`OggS\0\x02${"\0".repeat(22)}\x01\x13OpusHead`, "audio/ogg", "ogg"],
  [`OggS\0\x02${"\0".repeat(22)}\x01\x2a\x80theora`, "video/ogg", "ogv"],
];

Deno.test("every signature is recognised", () => {
  for (const [head, mime, extension] of TABLE) {
    const type = sniffMedia(bytesOf(head));
    assertEquals([type?.mime, type?.extension], [mime, extension]);
    assertEquals(mime.startsWith(`${type?.kind}/`), true, mime);
  }
});

Deno.test("text, web pages, other containers and empty files are nothing", () => {
  const others = [
    "",
    "<!DOCTYPE html>",
    "{}",
    "%PDF",
    "RIFF....ACON",
    "BM",
    "BMW is a car",
    "\xff\xff\xff\xff",
    "\xff\xf1\x50\x80",
    "\xff\xfb\xf0\0",
    "PK\x03\x04",
  ];
  for (const head of others) assertEquals(sniffMedia(bytesOf(head)), undefined, head);
});

Deno.test("any bytes give a type or nothing", () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => {
    const type = sniffMedia(bytes);
    assert(type === undefined || type.mime.includes("/"));
  }));
});
