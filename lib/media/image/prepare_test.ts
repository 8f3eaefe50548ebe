import { assert, assertEquals, assertRejects, assertStrictEquals } from "@std/assert";
import { AppError } from "../../errors/app_error.ts";
import { decodeImage, encodeImage } from "./codec.ts";
import { prepareReference, type ReferenceSpec } from "./prepare.ts";
import { bytesOf, gradientImage, pixelAt, withOrientation } from "./testing.ts";

const FIT: ReferenceSpec = { kind: "fit", width: 32, height: 32 };
const COVER: ReferenceSpec = { kind: "cover", width: 32, height: 32 };

Deno.test("a picture that is right keeps its bytes", async () => {
  for (const format of ["png", "jpg", "webp"] as const) {
    const bytes = await encodeImage(gradientImage(32, 16), format);
    for (const spec of [FIT, { kind: "none" } as const]) {
      const prepared = await prepareReference(bytes, spec);
      assertStrictEquals(prepared.bytes, bytes);
      assertEquals(prepared.changed, false);
      assertEquals([prepared.width, prepared.height], [32, 16]);
    }
  }
});

const OUTPUTS: readonly (readonly ["png" | "jpg" | "webp", number, string])[] = [
  ["png", 255, "image/png"],
  ["jpg", 255, "image/jpeg"],
  ["webp", 255, "image/jpeg"],
  ["webp", 100, "image/png"],
];

for (const [format, alpha, mime] of OUTPUTS) {
  Deno.test(`a changed ${format} with alpha ${alpha} becomes ${mime}`, async () => {
    const bytes = await encodeImage(gradientImage(64, 40, alpha), format);
    const fitted = await prepareReference(bytes, FIT);
    assertEquals([fitted.mime, fitted.width, fitted.height], [mime, 32, 20]);
    const covered = await prepareReference(bytes, COVER);
    assertEquals([covered.mime, covered.width, covered.height], [mime, 32, 32]);
    const decoded = await decodeImage(covered.bytes);
    assertEquals([decoded.width, decoded.height], [32, 32]);
  });
}

Deno.test("a photo on its side is turned upright, whatever is asked", async () => {
  const photo = withOrientation(await encodeImage(gradientImage(60, 30), "jpg"), 6);
  for (const spec of [{ kind: "none" } as const, { ...FIT, width: 30, height: 60 }]) {
    const prepared = await prepareReference(photo, spec);
    assertEquals([prepared.width, prepared.height, prepared.changed], [30, 60, true]);
    // Red grew to the right as stored: upright it grows downwards.
    const image = await decodeImage(prepared.bytes);
    assert((pixelAt(image, 15, 55)[0] ?? 0) > (pixelAt(image, 15, 5)[0] ?? 255) + 150);
  }
});

Deno.test("a JPEG above the limit is tried at lower quality, then refused", async () => {
  const bytes = await encodeImage(gradientImage(300, 300), "jpg");
  const spec = { kind: "fit", width: 256, height: 256 } as const;
  const free = await prepareReference(bytes, spec);
  const limited = await prepareReference(bytes, { ...spec, maxBytes: free.bytes.length - 1 });
  assert(limited.bytes.length < free.bytes.length);
  const error = await assertRejects(
    () => prepareReference(bytes, { ...spec, maxBytes: 100 }),
    AppError,
  );
  assertEquals(error.code, "MEDIA_REFERENCE_TOO_LARGE");
});

Deno.test("an unchanged picture above the limit is refused", async () => {
  const bytes = await encodeImage(gradientImage(32, 32), "png");
  const error = await assertRejects(
    () => prepareReference(bytes, { kind: "none", maxBytes: 10 }),
    AppError,
  );
  assertEquals(error.code, "MEDIA_REFERENCE_TOO_LARGE");
});

Deno.test("a GIF is passed on when it fits and refused when it would have to change", async () => {
  const gif = bytesOf("GIF89a\x20\0\x10\0\0\0\0;");
  assertStrictEquals((await prepareReference(gif, FIT)).bytes, gif);
  const error = await assertRejects(() => prepareReference(gif, COVER), AppError);
  assertEquals(error.code, "UNSUPPORTED_MEDIA_TYPE");
});

Deno.test("what is no picture is refused", async () => {
  for (const text of ["hello", "ID3\x04", "\x89PNG\r\n\x1a\n"]) {
    const error = await assertRejects(() => prepareReference(bytesOf(text), FIT), AppError);
    assertEquals(error.code, "UNSUPPORTED_MEDIA_TYPE");
  }
});
