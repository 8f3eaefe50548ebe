/** Edits of many context images reach the service whole, in order and typed. */
import { assertEquals } from "@std/assert";
import * as fs from "node:fs/promises";
import { encodeImage } from "../../lib/media/image/codec.ts";
import { solidPng } from "../../lib/sandbox/testing/plain_artist.ts";
import { wireRequests, withService } from "../support/service.ts";

Deno.test("gpt-image-2 takes sixteen context images, in order", async () => {
  await withService({}, async ({ run, path }, service) => {
    const names = Array.from({ length: 16 }, (_, index) => `${index + 1}.png`);
    for (const [index, name] of names.entries()) {
      await fs.writeFile(path(name), solidPng(32 + index, 32, index));
    }
    const context = names.flatMap((name) => ["-c", name]);
    const { code, stderr } = await run(["-m", "gpt-image-2", ...context, "put them together"]);
    assertEquals(code, 0, stderr);
    const [{ frame } = { frame: {} as Record<string, unknown> }] = wireRequests(service);
    assertEquals(frame.modelID, "gpt-image-2");
    for (let slot = 1; slot <= 16; slot++) assertEquals(frame[`hasContextImage${slot}`], true);
    const widths = service.recorder.requests(/storage/, "PUT").map(({ path, body }) => {
      const view = new DataView(body.buffer, body.byteOffset);
      const slot = Number(/contextImage(\d+)/.exec(path)?.[1]);
      // The width in the header of a PNG tells the pictures apart.
      return [slot, view.getUint32(16)] as const;
    });
    assertEquals(
      widths.sort(([a], [b]) => a - b),
      names.map((_, index) => [index + 1, 32 + index] as const),
    );
  });
});

Deno.test("more than the model takes is refused before anything is sent", async () => {
  await withService({}, async ({ json, path }, service) => {
    await fs.writeFile(path("a.png"), solidPng(8, 8, 1));
    const four = ["-c", "a.png", "-c", "a.png", "-c", "a.png", "-c", "a.png"];
    const { code, object } = await json([...four, "-m", "flux2_dev_fp8", "mix"]);
    assertEquals([code, object.errorCode], [1, "INVALID_ARGUMENT"]);
    const details = object.errorDetails as Record<string, unknown>;
    assertEquals(details, { model: "flux2_dev_fp8", maxImages: 3, provided: 4 });
    assertEquals(service.recorder.rest.length, 0);
  });
});

Deno.test("a type is told by the bytes, whatever the name says", async () => {
  await withService({}, async ({ run, path }, service) => {
    const image = { width: 24, height: 16, data: new Uint8ClampedArray(24 * 16 * 4).fill(99) };
    await fs.writeFile(path("picture.txt"), await encodeImage(image, "jpg"));
    const { code, stderr } = await run(["-c", "picture.txt", "make it blue"]);
    assertEquals(code, 0, stderr);
    const [upload] = service.recorder.requests(/storage/, "PUT");
    assertEquals(upload?.headers["content-type"], "image/jpeg");
  });
});
