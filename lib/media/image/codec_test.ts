import { assert, assertEquals, assertRejects } from "@std/assert";
import { AppError } from "../../errors/app_error.ts";
import { decodeImage, encodeImage } from "./codec.ts";
import type { ImageFormat } from "./image.ts";
import { encodePng } from "./png_encode.ts";
import { sniffMedia } from "./sniff.ts";
import { bytesOf, gradientImage, meanDifference, pixelAt, withOrientation } from "./testing.ts";

const LOSS: readonly (readonly [ImageFormat, string, number])[] = [
  ["png", "image/png", 0],
  ["jpg", "image/jpeg", 2],
  ["webp", "image/webp", 2],
];

for (const [format, mime, loss] of LOSS) {
  Deno.test(`${format}: what is encoded is decoded, within the format's loss`, async () => {
    const image = gradientImage(70, 41);
    const bytes = await encodeImage(image, format);
    assertEquals(sniffMedia(bytes)?.mime, mime);
    const decoded = await decodeImage(bytes);
    assertEquals([decoded.width, decoded.height], [70, 41]);
    assert(meanDifference(image, decoded) <= loss);
  });

  Deno.test(`${format}: a file cut in its header is refused, and the codec works afterwards`, async () => {
    const bytes = await encodeImage(gradientImage(40, 40), format);
    const error = await assertRejects(() => decodeImage(bytes.slice(0, 34)), AppError);
    assertEquals(error.code, "UNSUPPORTED_MEDIA_TYPE");
    assertEquals((await decodeImage(bytes)).width, 40);
  });

  Deno.test(`${format}: encoding twice gives the same bytes`, async () => {
    const image = gradientImage(33, 20);
    assertEquals(await encodeImage(image, format), await encodeImage(image, format));
  });
}

Deno.test("PNG and WebP keep transparency, JPEG shows it over white", async () => {
  const image = gradientImage(16, 16, 0);
  assertEquals((await decodeImage(await encodeImage(image, "png"))).data, image.data);
  assertEquals(pixelAt(await decodeImage(await encodeImage(image, "webp")), 5, 5)[3], 0);
  const jpeg = await decodeImage(await encodeImage(image, "jpg"));
  assert(pixelAt(jpeg, 5, 5).every((value) => value > 250));
});

Deno.test("lower quality makes smaller files", async () => {
  const image = gradientImage(128, 128);
  for (const format of ["jpg", "webp"] as const) {
    const fine = await encodeImage(image, format, { quality: 95 });
    const coarse = await encodeImage(image, format, { quality: 30 });
    assert(coarse.length < fine.length, format);
  }
});

Deno.test("the JPEG decoder leaves the orientation to us", async () => {
  const jpeg = await encodeImage(gradientImage(40, 20), "jpg");
  const turned = await decodeImage(withOrientation(jpeg, 6));
  assertEquals([turned.width, turned.height], [40, 20]);
});

Deno.test("what is no decodable picture is refused by type", async () => {
  for (
    const bytes of ["GIF89a\x01\0\x01\0\0\0\0;", "%PDF-1.7", "", "\xff\xd8\xff\xe0"].map(bytesOf)
  ) {
    const error = await assertRejects(() => decodeImage(bytes), AppError);
    assertEquals(error.code, "UNSUPPORTED_MEDIA_TYPE");
  }
});

Deno.test("a header that promises too many pixels is refused before anything is decoded", async () => {
  const png = encodePng(gradientImage(2, 2));
  new DataView(png.buffer).setUint32(16, 60_000);
  new DataView(png.buffer).setUint32(20, 60_000);
  const error = await assertRejects(() => decodeImage(png), AppError);
  assertEquals(error.code, "MEDIA_REFERENCE_TOO_LARGE");
});
