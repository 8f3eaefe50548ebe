import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import fc from "fast-check";
import { galleryPage, type Item } from "./page.ts";

const ITEM: Item = {
  kind: "picture",
  name: "fox.png",
  link: "file:///work/fox.png",
  picture: "data:image/jpeg;base64,AAAA",
  prompt: "a fox",
  model: "m",
  job: "0m1",
  madeAt: new Date(Date.UTC(2026, 10, 23)),
  sandbox: false,
};
const page = (...items: Partial<Item>[]) =>
  galleryPage(items.map((item) => ({ ...ITEM, ...item })), ITEM.madeAt);

Deno.test("each kind of file is shown in its way", () => {
  assertStringIncludes(
    page({}),
    '<img loading="lazy" src="data:image/jpeg;base64,AAAA" alt="a fox">',
  );
  assertStringIncludes(page({ kind: "film" }), '<video controls preload="metadata" src="file:');
  assertStringIncludes(page({ kind: "sound" }), "<audio controls");
  assertStringIncludes(page({ kind: "gone" }), "no longer there");
  assert(!page({ kind: "gone" }).includes("href"));
  assertStringIncludes(page({ sandbox: true }), "sandbox");
  assertStringIncludes(page(), "0 files");
});

Deno.test("no text becomes markup", () => {
  const hostile = fc.string({ unit: "binary", maxLength: 30 }).map((text) => `<script>"'&${text}`);
  fc.assert(fc.property(hostile, hostile, hostile, (prompt, name, model) => {
    const text = page({ prompt, name, model, kind: "gone" });
    assertEquals(text.match(/<script/g), null);
    assertEquals(text.match(/<figure>/g)?.length, 1);
  }));
});
