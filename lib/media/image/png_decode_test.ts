import { deflateSync } from "node:zlib";
import { assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { concatBytes } from "./bytes.ts";
import { PNG_SIGNATURE, pngChunk } from "./png_chunks.ts";
import { decodePng } from "./png_decode.ts";
import { encodePng } from "./png_encode.ts";
import { gradientImage, pixelAt } from "./testing.ts";

interface Source {
  width?: number;
  height?: number;
  depth: number;
  colour: number;
  interlaced?: boolean;
  /** Rows with their filter bytes. */
  raw: readonly number[];
  palette?: readonly number[];
  transparency?: readonly number[];
}

function makePng({ width = 2, height = 1, depth, colour, ...rest }: Source): Uint8Array {
  const header = [0, 0, 0, width, 0, 0, 0, height, depth, colour, 0, 0, rest.interlaced ? 1 : 0];
  return concatBytes([
    PNG_SIGNATURE,
    pngChunk("IHDR", Uint8Array.from(header)),
    ...(rest.palette ? [pngChunk("PLTE", Uint8Array.from(rest.palette))] : []),
    ...(rest.transparency ? [pngChunk("tRNS", Uint8Array.from(rest.transparency))] : []),
    pngChunk("IDAT", deflateSync(Uint8Array.from(rest.raw))),
    pngChunk("IEND", new Uint8Array(0)),
  ]);
}

const CASES: readonly (readonly [string, Source, number[], number[]])[] = [
  ["1-bit grey", { depth: 1, colour: 0, raw: [0, 0x40] }, [0, 0, 0, 255], [255, 255, 255, 255]],
  ["2-bit grey", { depth: 2, colour: 0, raw: [0, 0x60] }, [85, 85, 85, 255], [170, 170, 170, 255]],
  ["4-bit grey", { depth: 4, colour: 0, raw: [0, 0xf3] }, [255, 255, 255, 255], [51, 51, 51, 255]],
  ["8-bit grey", { depth: 8, colour: 0, raw: [0, 7, 9] }, [7, 7, 7, 255], [9, 9, 9, 255]],
  [
    "16-bit grey",
    { depth: 16, colour: 0, raw: [0, 0xff, 0xff, 0x80, 0] },
    [255, 255, 255, 255],
    [128, 128, 128, 255],
  ],
  [
    "grey with a transparent value",
    { depth: 8, colour: 0, raw: [0, 7, 9], transparency: [0, 9] },
    [7, 7, 7, 255],
    [9, 9, 9, 0],
  ],
  [
    "grey with alpha",
    { depth: 8, colour: 4, raw: [0, 7, 1, 9, 2] },
    [7, 7, 7, 1],
    [9, 9, 9, 2],
  ],
  ["RGB", { depth: 8, colour: 2, raw: [0, 1, 2, 3, 4, 5, 6] }, [1, 2, 3, 255], [4, 5, 6, 255]],
  [
    "RGB with a transparent colour",
    { depth: 8, colour: 2, raw: [0, 1, 2, 3, 4, 5, 6], transparency: [0, 1, 0, 2, 0, 3] },
    [1, 2, 3, 0],
    [4, 5, 6, 255],
  ],
  [
    "palette with alpha",
    {
      depth: 4,
      colour: 3,
      raw: [0, 0x10],
      palette: [1, 2, 3, 4, 5, 6],
      transparency: [128],
    },
    [4, 5, 6, 255],
    [1, 2, 3, 128],
  ],
  [
    "filter Sub",
    { depth: 8, colour: 2, raw: [1, 10, 20, 30, 1, 1, 1] },
    [10, 20, 30, 255],
    [11, 21, 31, 255],
  ],
  [
    "filter Average in the first row",
    { depth: 8, colour: 0, raw: [3, 10, 1] },
    [10, 10, 10, 255],
    [6, 6, 6, 255],
  ],
];

for (const [name, source, left, right] of CASES) {
  Deno.test(`PNG: ${name}`, () => {
    const image = decodePng(makePng(source));
    assertEquals([pixelAt(image, 0, 0), pixelAt(image, 1, 0)], [left, right]);
  });
}

Deno.test("an interlaced picture is put together from its passes", () => {
  // 3x3 in greys 0 to 8: the passes that hold pixels of so small a picture are 1, 5, 6 and 7.
  const raw = [0, 0, 0, 2, 0, 6, 8, 0, 1, 0, 7, 0, 3, 4, 5];
  const passes = [raw.slice(0, 2), [0, 2], [0, 6, 8], [0, 1], [0, 7], [0, 3, 4, 5]];
  const image = decodePng(
    makePng({ width: 3, height: 3, depth: 8, colour: 0, interlaced: true, raw: passes.flat() }),
  );
  const greys = Array.from({ length: 9 }, (_, i) => image.data[i * 4]);
  assertEquals(greys, [0, 1, 2, 3, 4, 5, 6, 7, 8]);
});

Deno.test("refused: wrong colour types, empty sizes, missing colours, short data", () => {
  const bad: Source[] = [
    { depth: 3, colour: 0, raw: [0, 0] },
    { depth: 8, colour: 5, raw: [0, 0] },
    { width: 0, depth: 8, colour: 0, raw: [0] },
    { depth: 8, colour: 3, raw: [0, 4, 4], palette: [1, 2, 3] },
    { depth: 8, colour: 0, raw: [0, 1] },
    { depth: 8, colour: 0, raw: [9, 1, 2] },
  ];
  for (const source of bad) assertThrows(() => decodePng(makePng(source)));
});

Deno.test("data that unfolds to more than the header promises is refused", () => {
  const bomb = makePng({ depth: 8, colour: 0, raw: new Array(1_000_000).fill(0) });
  assertThrows(() => decodePng(bomb));
});

Deno.test("a cut or altered file gives a picture or an error, nothing else", () => {
  const whole = encodePng(gradientImage(9, 7, 200));
  fc.assert(
    fc.property(fc.nat(whole.length), fc.nat(whole.length - 1), fc.nat(255), (cut, at, value) => {
      const bytes = whole.slice(0, cut);
      if (at < cut) bytes[at] = value;
      try {
        const image = decodePng(bytes);
        return image.data.length === image.width * image.height * 4;
      } catch (error) {
        return error instanceof Error;
      }
    }),
    { numRuns: 300, seed: 1 },
  );
});
