import { deflateSync } from "node:zlib";
import { assert, assertEquals, assertStrictEquals } from "@std/assert";
import fc from "fast-check";
import { concatBytes, latin1 } from "./bytes.ts";
import { decodeImage, encodeImage } from "./codec.ts";
import { type JpegSegment, readSegments } from "./jpeg_segments.ts";
import { embedMetadata, MAX_VALUE_LENGTH, readMetadata } from "./metadata.ts";
import { pngChunk, readChunks } from "./png_chunks.ts";
import { imageSize } from "./size.ts";
import { bytesOf, gradientImage, withOrientation } from "./testing.ts";

const FORMATS = ["png", "jpg", "webp"] as const;
const files = new Map<string, Uint8Array>();
for (const format of FORMATS) files.set(format, await encodeImage(gradientImage(21, 13), format));
files.set("webp with alpha", await encodeImage(gradientImage(21, 13, 99), "webp"));

const FIELDS = {
  prompt: 'a "cat" & <dog>\nüber 猫 😀',
  model: "z_image_turbo_bf16",
  seed: "-1",
  jobId: "E8A1-2",
  software: "sogni-agent 3.10.0",
  sandbox: "true",
};

for (const [name, bytes] of files) {
  Deno.test(`${name}: fields come back, the picture is unchanged`, async () => {
    const marked = embedMetadata(bytes, FIELDS);
    assertEquals(readMetadata(marked), FIELDS);
    assertEquals(imageSize(marked), imageSize(bytes));
    assertEquals(await decodeImage(marked), await decodeImage(bytes));
  });

  Deno.test(`${name}: embedding again replaces and adds, and grows by no more than that`, () => {
    const once = embedMetadata(bytes, { seed: "1", prompt: "x" });
    const twice = embedMetadata(once, { seed: "2", prompt: "y" });
    assertEquals(readMetadata(twice), { seed: "2", prompt: "y" });
    assertEquals(embedMetadata(twice, { seed: "3", prompt: "z" }).length, twice.length);
  });

  Deno.test(`${name}: any text is carried, less what XML cannot hold`, async () => {
    const image = await decodeImage(bytes);
    const text = fc.string({ unit: "binary", maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(text, text, async (prompt, model) => {
        const marked = embedMetadata(bytes, { prompt, model });
        assertEquals(readMetadata(marked), { prompt: printable(prompt), model: printable(model) });
        // assertEquals takes its time over thousands of numbers.
        if (name === "png") {
          const { data } = await decodeImage(marked);
          assert(data.every((value, at) => value === image.data[at]));
        }
      }),
      { numRuns: 60, seed: 5 },
    );
  });

  Deno.test(`${name}: a cut file never throws`, () => {
    const marked = embedMetadata(bytes, FIELDS);
    for (let cut = 0; cut < marked.length; cut += 3) {
      const part = marked.subarray(0, cut);
      readMetadata(part);
      embedMetadata(part, { seed: "9" });
    }
  });
}

function printable(text: string): string {
  return text.replace(/[^\t\n\r\x20-\x7e\u00a0-\ufffd\u{10000}-\u{10ffff}]/gu, "")
    .replace(/[\u{1fffe}\u{1ffff}\u{2fffe}\u{2ffff}\u{3fffe}\u{3ffff}\u{4fffe}\u{4ffff}]/gu, "")
    .replace(/[\u{5fffe}\u{5ffff}\u{6fffe}\u{6ffff}\u{7fffe}\u{7ffff}\u{8fffe}\u{8ffff}]/gu, "")
    .replace(/[\u{9fffe}\u{9ffff}\u{afffe}\u{affff}\u{bfffe}\u{bffff}\u{cfffe}\u{cffff}]/gu, "")
    .replace(/[\u{dfffe}\u{dffff}\u{efffe}\u{effff}\u{ffffe}\u{fffff}\u{10fffe}\u{10ffff}]/gu, "");
}

Deno.test("names that are none are left out; without fields the bytes stay", () => {
  const png = files.get("png") ?? new Uint8Array();
  assertEquals(readMetadata(embedMetadata(png, { "a b": "1", "": "2", "1x": "3", ok: "4" })), {
    ok: "4",
  });
  assertStrictEquals(embedMetadata(png, { "<x>": "1" }), png);
});

Deno.test("files of other kinds and damaged ones are handed back", () => {
  for (
    const text of [
      "GIF89a",
      "",
      "\x89PNG\r\n\x1a\n",
      "\xff\xd8\xff\xe0\0\x10JF",
      "RIFF\0\0\0\0WEBP",
    ]
  ) {
    const bytes = bytesOf(text);
    assertStrictEquals(embedMetadata(bytes, FIELDS), bytes);
    assertEquals(readMetadata(bytes), {});
  }
});

Deno.test("values are cut, and a JPEG holds what fits a segment", () => {
  const long = "&".repeat(MAX_VALUE_LENGTH + 5);
  for (const [name, bytes] of files) {
    const fields = readMetadata(embedMetadata(bytes, { prompt: long, other: long, seed: "1" }));
    assertEquals(fields.prompt, `${"&".repeat(MAX_VALUE_LENGTH)}…`);
    assertEquals(fields.seed, name === "jpg" ? undefined : "1");
  }
});

Deno.test("PNG: texts of other programs are read, also compressed ones, and kept", () => {
  const png = files.get("png") ?? new Uint8Array();
  const foreign = [
    pngChunk("tEXt", bytesOf("parameters\0caf\xe9")),
    pngChunk("zTXt", concatBytes([bytesOf("zipped\0\0"), deflateSync(bytesOf("text"))])),
    pngChunk("iTXt", concatBytes([bytesOf("folded\0\x01\0de\0\0"), deflateSync(bytesOf("text"))])),
    pngChunk("iTXt", bytesOf("broken\0\x01\0\0\0nonsense")),
  ];
  const end = [...readChunks(png)].at(-1)?.start ?? 0;
  const bytes = concatBytes([png.subarray(0, end), ...foreign, png.subarray(end)]);
  const marked = embedMetadata(bytes, { seed: "4" });
  assertEquals(readMetadata(marked), {
    seed: "4",
    parameters: "café",
    zipped: "text",
    folded: "text",
    broken: "",
  });
});

const jpeg = files.get("jpg") ?? new Uint8Array();
const hasText = (segment: JpegSegment, text: string) => latin1(segment.data).includes(text);

Deno.test("JPEG: JFIF stays first; description and program stand in EXIF and XMP", () => {
  const segments = [...readSegments(embedMetadata(jpeg, FIELDS))];
  assertEquals(segments.slice(0, 3).map(({ marker }) => marker), [0xe0, 0xe1, 0xe1]);
  const [, exif, xmp] = segments;
  assert(exif && hasText(exif, "Exif\0\0II*\0") && hasText(exif, "sogni-agent 3.10.0\0"));
  assert(xmp && hasText(xmp, "<xmp:CreatorTool>sogni-agent 3.10.0</xmp:CreatorTool>"));
  assert(hasText(xmp, "dc:description"));
});

Deno.test("JPEG: an EXIF that is there is kept, with its orientation", () => {
  const marked = embedMetadata(withOrientation(jpeg, 6), FIELDS);
  assertEquals(imageSize(marked)?.orientation, 6);
  assertEquals([...readSegments(marked)].filter((part) => hasText(part, "Exif\0\0")).length, 1);
});

Deno.test("JPEG: the XMP of another program is kept beside ours", () => {
  const packet = "http://ns.adobe.com/xap/1.0/\0<x:xmpmeta><rdf:RDF><rdf:Description " +
    'photoshop:City="Ulm"/></rdf:RDF></x:xmpmeta>';
  const length = String.fromCharCode(0, packet.length + 2);
  const foreign = concatBytes([
    jpeg.subarray(0, 2),
    bytesOf(`\xff\xe1${length}${packet}`),
    jpeg.subarray(2),
  ]);
  const marked = embedMetadata(foreign, { seed: "7" });
  const xmp = [...readSegments(marked)].filter((part) => hasText(part, "xap/1.0"));
  assertEquals(xmp.length, 1);
  assert(xmp[0] && hasText(xmp[0], 'photoshop:City="Ulm"'));
  assertEquals(readMetadata(marked), { seed: "7" });
});
