import { assertEquals } from "@std/assert";
import { createObjectStore, resultKey, uploadKey } from "./object_store.ts";

const object = (size: number) => ({
  bytes: new Uint8Array(size),
  contentType: "image/png",
  projectId: "P",
});

Deno.test("the oldest objects go when the store is full", () => {
  const store = createObjectStore(100);
  store.put("a", object(40));
  store.put("b", object(40));
  store.put("c", object(40));
  assertEquals([store.get("a") === undefined, store.get("b") !== undefined], [true, true]);
  // One that alone is too large is kept until the next comes.
  store.put("d", object(400));
  assertEquals(store.get("d")?.bytes.byteLength, 400);
  assertEquals(store.get("c"), undefined);
});

Deno.test("replacing and removing give the space back", () => {
  const store = createObjectStore(100);
  store.put("a", object(60));
  store.put("a", object(60));
  store.put("b", object(40));
  assertEquals(store.get("a")?.bytes.byteLength, 60);
  store.remove("a");
  store.put("c", object(60));
  assertEquals(store.get("b")?.bytes.byteLength, 40);
});

Deno.test("uploads are found by project, whatever the case of its id", () => {
  const store = createObjectStore();
  store.put(uploadKey("abc", "contextImage1"), object(1));
  store.put(uploadKey("ABC", "referenceAudio"), object(2));
  store.put(uploadKey("ABCD", "referenceAudio"), object(3));
  store.put(resultKey("abc", "img", "complete"), object(4));
  assertEquals([...store.uploads("Abc").keys()], ["contextImage1", "referenceAudio"]);
});
