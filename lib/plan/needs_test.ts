import { assertEquals } from "@std/assert";
import { isUrl, planNeeds, referencesToInspect } from "./needs.ts";

Deno.test("a plain prompt needs nothing", () => {
  assertEquals(planNeeds({}), { lastRender: false, personas: [], references: [] });
});

Deno.test("each look-up is asked for by its flag", () => {
  assertEquals(planNeeds({ lastSeed: true }).lastRender, true);
  assertEquals(planNeeds({ lastImage: true }).lastRender, true);
  assertEquals(planNeeds({ persona: ["Mara", "Ilse"] }).personas, ["Mara", "Ilse"]);
  assertEquals(planNeeds({ voicePersona: "Ilse" }).voicePersona, "Ilse");
});

Deno.test("only video looks into local references, each once", () => {
  const options = {
    ref: "a.png",
    refEnd: "https://example.com/b.png",
    context: ["c.png", "a.png"],
    refVideo: ["d.mp4"],
    mask: "m.png",
  };
  assertEquals(referencesToInspect(options), []);
  assertEquals(referencesToInspect({ ...options, video: true }, ["last.png", undefined]), [
    "a.png",
    "c.png",
    "d.mp4",
    "m.png",
    "last.png",
  ]);
});

Deno.test("a URL is told from a path", () => {
  assertEquals(["http://a/b", "HTTPS://a", "http:a", "./http://x"].map(isUrl), [
    true,
    true,
    false,
    false,
  ]);
});
