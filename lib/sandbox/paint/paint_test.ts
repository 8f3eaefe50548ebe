import { assert, assertEquals, assertNotEquals } from "@std/assert";
import { decodeImage } from "../../media/image/codec.ts";
import { readMetadata } from "../../media/image/metadata.ts";
import { imageSize } from "../../media/image/size.ts";
import { sniffMedia } from "../../media/image/sniff.ts";
import { drawPicture, paintPicture, pictureFormat, type PictureRequest } from "./paint.ts";
import { RIBBON_COLOUR } from "./ribbon.ts";

const REQUEST: PictureRequest = {
  prompt: "a fox in the snow",
  seed: 7,
  width: 192,
  height: 128,
  format: "png",
  model: "z_image_turbo_bf16",
  projectId: "E8A1",
  index: 2,
};

Deno.test("the same request gives the same bytes", async () => {
  assertEquals((await paintPicture(REQUEST)).bytes, (await paintPicture(REQUEST)).bytes);
});

Deno.test("another seed or another prompt gives another picture", () => {
  const { data } = drawPicture(REQUEST);
  assertNotEquals(drawPicture({ ...REQUEST, seed: 8 }).data, data);
  assertNotEquals(drawPicture({ ...REQUEST, prompt: "a fox in the snow." }).data, data);
});

const FORMATS = [
  ["png", "image/png"],
  ["jpg", "image/jpeg"],
  ["jpeg", "image/jpeg"],
  ["webp", "image/webp"],
  ["JPG", "image/jpeg"],
  ["", "image/png"],
] as const;

for (const [format, mime] of FORMATS) {
  Deno.test(`format ${JSON.stringify(format)} is delivered as ${mime}, marked and decodable`, async () => {
    const { bytes, contentType } = await paintPicture({ ...REQUEST, format });
    assertEquals(contentType, mime);
    assertEquals(sniffMedia(bytes)?.mime, mime);
    assertEquals(imageSize(bytes), { width: 192, height: 128, orientation: 1 });
    const image = await decodeImage(bytes);
    assertEquals([image.width, image.height], [192, 128]);
    assertEquals(readMetadata(bytes), {
      sandbox: "true",
      prompt: "a fox in the snow",
      seed: "7",
      model: "z_image_turbo_bf16",
      projectId: "E8A1",
      index: "2",
      software: "sogni-agent sandbox",
    });
  });
}

Deno.test("formats that are no picture's become PNG", () => {
  assertEquals(["mp4", "PNG", "Jpeg", "WEBP"].map(pictureFormat), ["png", "png", "jpg", "webp"]);
});

Deno.test("every size is drawn, opaque, with the mark in the corner", () => {
  for (const [width, height] of [[64, 64], [256, 256], [640, 96], [96, 640], [300, 200]] as const) {
    const { data, words } = drawPicture({ ...REQUEST, width, height });
    assertEquals(data.length, width * height * 4);
    assert(words.every((pixel) => pixel >>> 24 === 255));
    assert(countNear(data, RIBBON_COLOUR, 12) > 60, `${width}x${height}`);
  }
});

Deno.test("pictures too small for words are drawn all the same", () => {
  for (const [width, height] of [[1, 1], [8, 8], [3, 200], [200, 3]] as const) {
    assertEquals(drawPicture({ ...REQUEST, width, height }).width, width);
  }
});

Deno.test("an empty prompt and one of any length are drawn", () => {
  const short = drawPicture({ ...REQUEST, prompt: "  " });
  const long = drawPicture({ ...REQUEST, prompt: "a very long prompt ".repeat(400) });
  assert(countNear(short.data, [255, 255, 255], 40) > 50);
  assert(countNear(long.data, [255, 255, 255], 40) > 50);
});

function countNear(data: Uint8ClampedArray, colour: readonly number[], tolerance: number): number {
  let count = 0;
  for (let i = 0; i < data.length; i += 4) {
    const off = colour.map((value, c) => Math.abs((data[i + c] as number) - value));
    if (Math.max(...off) <= tolerance) count++;
  }
  return count;
}
