import { assertEquals } from "@std/assert";
import {
  collectReferences,
  extensionByMimeType,
  mimeTypeByName,
  storageType,
} from "./references.ts";

Deno.test("references are collected in the contract's order, which gives them their ids", () => {
  const references = collectReferences({
    mask: "mask.png",
    refVideo: ["v1.mp4", "v2.mov"],
    referenceAudioIdentity: "voice.webm",
    refAudio: ["a1.mp3", "https://h.example/a2.ogg?x=1"],
    refEnd: "end.png",
    ref: "https://h.example/start.JPG?sig=1",
    context: ["c1.png", "data:image/png;base64,AAAA"],
  }, [{ photoPath: "/personas/p/photo.jpg" }]);
  assertEquals(
    references.map(({ id, flag, kind, form, mimeType, label }) =>
      [id, flag, kind, form, mimeType, label].join(" ")
    ),
    [
      "media_ref_1 --context image local image/png c1.png",
      "media_ref_2 --context image inline image/png inline-media_ref_2",
      "media_ref_3 --context image local image/jpeg photo.jpg",
      "media_ref_4 --ref image remote image/jpeg https://h.example/start.JPG?sig=1",
      "media_ref_5 --ref-end image local image/png end.png",
      "media_ref_6 --ref-audio audio local audio/mpeg a1.mp3",
      "media_ref_7 --ref-audio audio remote audio/ogg https://h.example/a2.ogg?x=1",
      "media_ref_8 --reference-audio-identity audio local audio/webm voice.webm",
      "media_ref_9 --ref-video video local video/mp4 v1.mp4",
      "media_ref_10 --ref-video video local video/quicktime v2.mov",
      "media_ref_11 --mask image local image/png mask.png",
    ],
  );
  assertEquals(references.map(storageType), [
    "contextImage1",
    "contextImage2",
    "contextImage3",
    "referenceImage",
    "referenceImageEnd",
    "referenceAudio",
    "referenceAudio",
    "referenceAudio",
    "referenceVideo",
    "referenceVideo",
    "contextImage11",
  ]);
});

Deno.test("a persona's clip gives way to an explicit voice", () => {
  const persona = [{ voiceClipPath: "clip.webm" }];
  assertEquals(collectReferences({}, persona).map(({ value }) => value), ["clip.webm"]);
  const explicit = collectReferences({ referenceAudioIdentity: "mine.wav" }, persona);
  assertEquals(explicit.map(({ value }) => value), ["mine.wav"]);
});

Deno.test("storage has sixteen places for context images", () => {
  const context = Array.from({ length: 18 }, (_, index) => `${index}.png`);
  const types = collectReferences({ context }).map(storageType);
  assertEquals([types[15], types[16], types[17]], [
    "contextImage16",
    "contextImage16",
    "contextImage16",
  ]);
});

Deno.test("types by name and names by type", () => {
  const names: [string, "image" | "audio" | "video", string][] = [
    ["a.JPEG", "image", "image/jpeg"],
    ["a.webp", "image", "image/webp"],
    ["a.gif", "image", "image/gif"],
    ["a.bmp", "image", "image/unknown"],
    ["a", "audio", "audio/unknown"],
    ["a.m4a", "audio", "audio/mp4"],
    ["a.flac", "audio", "audio/flac"],
    ["a.webm", "audio", "audio/webm"],
    ["a.webm", "video", "video/webm"],
    ["a.m4v", "video", "video/mp4"],
    ["https://h/a.wav?x=.png#b.mp4", "audio", "audio/wav"],
  ];
  for (const [name, kind, type] of names) assertEquals(mimeTypeByName(name, kind), type, name);
  const types: [string, "image" | "audio" | "video", string][] = [
    ["image/png", "image", "png"],
    ["image/jpeg", "image", "jpg"],
    ["image/tiff", "image", "jpg"],
    ["audio/mpeg", "audio", "mp3"],
    ["audio/x", "audio", "audio"],
    ["video/mp4", "video", "mp4"],
    ["video/x", "video", "video"],
  ];
  for (const [type, kind, name] of types) assertEquals(extensionByMimeType(type, kind), name, type);
});
