import { assertEquals, assertRejects } from "@std/assert";
import { type Artist, oneAtATime, type RenderJob } from "./artist.ts";
import { createDefaultArtist } from "./default_artist.ts";

const JOB: RenderJob = {
  kind: "image",
  prompt: "a lighthouse",
  seed: 7,
  width: 128,
  height: 96,
  format: "png",
  model: "z_image_turbo_bf16",
  projectId: "P",
  index: 0,
  inputs: new Map(),
};

Deno.test("pictures are painted in the size and format asked for", async () => {
  const artist = createDefaultArtist();
  const png = await artist.render(JOB);
  assertEquals(png.contentType, "image/png");
  const view = new DataView(png.bytes.buffer, png.bytes.byteOffset);
  assertEquals([view.getUint32(16), view.getUint32(20)], [128, 96]);
  const jpg = await artist.render({ ...JOB, format: "jpg" });
  assertEquals([jpg.contentType, jpg.bytes[0], jpg.bytes[1]], ["image/jpeg", 0xff, 0xd8]);
});

Deno.test("films need tools", async () => {
  const artist = createDefaultArtist();
  await assertRejects(() => artist.render({ ...JOB, kind: "video" }), Error, "needs ffmpeg");
});

Deno.test("one job is rendered after the other, whatever becomes of the first", async () => {
  let busy = 0;
  let busiest = 0;
  const artist: Artist = oneAtATime({
    async render({ index }) {
      busiest = Math.max(busiest, ++busy);
      await new Promise((resolve) => setTimeout(resolve, 1));
      busy--;
      if (index === 0) throw new Error("spilt");
      return { bytes: Uint8Array.of(index), contentType: "image/png" };
    },
  });
  const [first, second, third] = await Promise.allSettled(
    [0, 1, 2].map((index) => artist.render({ ...JOB, index })),
  );
  assertEquals([first?.status, second?.status, third?.status], [
    "rejected",
    "fulfilled",
    "fulfilled",
  ]);
  assertEquals(busiest, 1);
});
