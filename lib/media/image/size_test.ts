import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { encodeImage } from "./codec.ts";
import { displaySize, imageSize } from "./size.ts";
import { bytesOf, gradientImage, withOrientation } from "./testing.ts";

const image = gradientImage(37, 19);
const jpeg = await encodeImage(image, "jpg");
const files = [jpeg, await encodeImage(image, "png"), await encodeImage(image, "webp")];

Deno.test("JPEG, PNG and WebP are measured", () => {
  for (const bytes of files) {
    assertEquals(imageSize(bytes), { width: 37, height: 19, orientation: 1 });
  }
});

const HEADERS: readonly (readonly [string, string, number, number])[] = [
  ["GIF", "GIF89a\x2c\x01\xc8\0\xf0", 300, 200],
  ["BMP", `BM${"\0".repeat(12)}\x28\0\0\0\x2c\x01\0\0\xc8\0\0\0`, 300, 200],
  ["BMP from the top", `BM${"\0".repeat(12)}\x28\0\0\0\x2c\x01\0\0\x38\xff\xff\xff`, 300, 200],
  ["BMP of OS/2", `BM${"\0".repeat(12)}\x0c\0\0\0\x2c\x01\xc8\0\x01\0\x18\0`, 300, 200],
  ["WebP extended", "RIFF\0\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0\x2b\x01\0\xc7\0\0", 300, 200],
  ["WebP lossless", "RIFF\0\0\0\0WEBPVP8L\x06\0\0\0\x2f\x2b\xc1\x31\0\0", 300, 200],
  [
    "WebP lossy",
    "RIFF\0\0\0\0WEBPVP8 \x0a\0\0\0\x30\x01\0\x9d\x01\x2a\x2c\x01\xc8\0",
    300,
    200,
  ],
];

for (const [name, header, width, height] of HEADERS) {
  Deno.test(`${name}: the header is enough`, () => {
    assertEquals(imageSize(bytesOf(header)), { width, height, orientation: 1 });
  });
}

Deno.test("every kind of JPEG frame header is found, other markers are not", () => {
  for (let marker = 0xc0; marker <= 0xcf; marker++) {
    const bytes = bytesOf(
      `\xff\xd8\xff${String.fromCharCode(marker)}\0\x0b\x08\0\x05\0\x07\x01\0\0\0`,
    );
    const found = imageSize(bytes);
    if (marker === 0xc4 || marker === 0xc8 || marker === 0xcc) assertEquals(found, undefined);
    else assertEquals(found, { width: 7, height: 5, orientation: 1 });
  }
});

Deno.test("the EXIF orientation is read in both byte orders", () => {
  for (const order of ["II", "MM"] as const) {
    for (let value = 1; value <= 8; value++) {
      assertEquals(imageSize(withOrientation(jpeg, value, order))?.orientation, value);
    }
  }
  assertEquals(imageSize(withOrientation(jpeg, 9))?.orientation, 1);
});

Deno.test("orientations that turn by a quarter swap the sides", () => {
  assertEquals(displaySize({ width: 3, height: 2, orientation: 4 }), { width: 3, height: 2 });
  assertEquals(displaySize({ width: 3, height: 2, orientation: 5 }), { width: 2, height: 3 });
});

Deno.test("sides of nothing and other files have no size", () => {
  for (const text of ["", "GIF89a\0\0\0\0\0", "hello", "\xff\xd8\xff\xda\0\x02"]) {
    assertEquals(imageSize(bytesOf(text)), undefined);
  }
});

Deno.test("damaged and hostile headers never throw and never loop", () => {
  const starts = [...files, withOrientation(jpeg, 6), ...HEADERS.map(([, text]) => bytesOf(text))];
  fc.assert(
    fc.property(
      fc.constantFrom(...starts),
      fc.nat(400),
      fc.array(fc.tuple(fc.nat(120), fc.nat(255)), { maxLength: 12 }),
      (start, cut, changes) => {
        const bytes = start.slice(0, cut);
        for (const [at, value] of changes) if (at < bytes.length) bytes[at] = value;
        const size = imageSize(bytes);
        assert(size === undefined || (size.width > 0 && size.height > 0));
      },
    ),
    { numRuns: 1000, seed: 7 },
  );
  fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
    imageSize(bytes);
  }));
});
