import { assertEquals } from "@std/assert";
import fc from "fast-check";
import {
  namedAspect,
  namedCanvas,
  namedFrames,
  namedSeconds,
  requiredTexts,
} from "./read_request.ts";
import { parseStoryline, parseTime } from "./storyline.ts";

Deno.test("a storyline as it was asked for", () => {
  const { title, duration, scenes } = parseStoryline([
    "PROJECT TITLE: Red Shoe",
    "TOTAL DURATION: 6 seconds",
    "",
    "SCENE 01 - The shop",
    "TIME: 0-3s",
    "PURPOSE: open",
    "VISUAL: a shop",
    "window at night",
    "ACTION: rain falls",
    "CAMERA: push in",
    "LIGHTING/STYLE: neon",
    "TRANSITION: cut",
    "DIALOGUE/VO: [no dialogue]",
    "AUDIO/SFX: rain",
    "MUSIC: soft piano",
    "VISIBLE TEXT: OPEN",
    "",
    "SCENE 02 - The shoe",
    "TIME: 0:03 to 0:06",
    "VISUAL: a shoe",
    'DIALOGUE/VO: "Take me."',
    "VISIBLE TEXT: none",
  ].join("\n"));
  assertEquals([title, duration, scenes.length], ["Red Shoe", 6, 2]);
  assertEquals(scenes[0], {
    title: "The shop",
    start: 0,
    end: 3,
    purpose: "open",
    visual: "a shop window at night",
    action: "rain falls",
    camera: "push in",
    lighting: "neon",
    transition: "cut",
    dialogue: "",
    audio: "rain",
    music: "soft piano",
    visibleText: "OPEN",
  });
  const second = scenes[1];
  assertEquals([second?.start, second?.end, second?.dialogue, second?.visibleText], [
    3,
    6,
    '"Take me."',
    "",
  ]);
});

Deno.test("fences, bold type, bullets and other headings are understood", () => {
  const { title, scenes } = parseStoryline(
    "```\n**Title:** X\n## Scene 1: Start\n- **Visual:** a\n### SCENE_02 – End\n* VISUALS: b\n```",
  );
  assertEquals(title, "X");
  assertEquals(scenes.map((scene) => [scene.title, scene.visual]), [["Start", "a"], ["End", "b"]]);
});

Deno.test("times", () => {
  const rows: [string, ReturnType<typeof parseTime>][] = [
    ["0-3s", { start: 0, end: 3 }],
    ["0.0s - 2.5s", { start: 0, end: 2.5 }],
    ["0:00–0:04", { start: 0, end: 4 }],
    ["from 2 to 4 seconds", { start: 2, end: 4 }],
    ["1:00 to 1:02.5", { start: 60, end: 62.5 }],
    ["3 seconds", { length: 3 }],
    ["later", undefined],
  ];
  for (const [text, expected] of rows) assertEquals(parseTime(text), expected, text);
});

Deno.test("what a request says in words", () => {
  const seconds: [string, number | undefined][] = [
    ["a 12 second ad", 12],
    ["a 12-second ad", 12],
    ["8s of rain", 8],
    ["7.5 sec", 7.5],
    ["four seconds", undefined],
    ["in the 1980s", undefined],
  ];
  for (const [text, expected] of seconds) assertEquals(namedSeconds(text), expected, text);
  const frames: [string, number | undefined][] = [
    ["six scenes about bread", 6],
    ["an 8-panel board", 8],
    ["5 wide camera shots", 5],
    ["6 dogs", undefined],
    ["a scene", undefined],
  ];
  for (const [text, expected] of frames) assertEquals(namedFrames(text), expected, text);
  const aspects: [string, string][] = [
    ["9:16 film for a bakery", "9:16"],
    ["a 1:1 video of tea", "1:1"],
    ["a 1:1 talk between two people in the mountains, later made into something else", "16:9"],
    ["vertical film", "9:16"],
    ["a TikTok about tea", "9:16"],
    ["wide landscape", "16:9"],
    ["tea", "16:9"],
    ["meet at 10:30 in the film", "16:9"],
  ];
  for (const [text, expected] of aspects) assertEquals(namedAspect(text).join(":"), expected, text);
  assertEquals(namedCanvas("on a 2048x1536 sheet"), { width: 2048, height: 1536 });
  assertEquals(namedCanvas("a 1920x1080 film about gardens"), undefined);
  assertEquals(
    requiredTexts('with the text "SALE" and a sign that reads “Fresh”; he says "hello"'),
    ["SALE", "Fresh"],
  );
});

Deno.test("reading a storyline never throws", () => {
  const piece = fc.constantFrom(
    "SCENE 1",
    " - ",
    "TIME: ",
    "0-",
    "3s",
    "\n",
    "VISUAL: ",
    "x",
    ":",
    "**",
    "```",
    "SCENE",
  );
  fc.assert(
    fc.property(fc.array(piece), (pieces) => Array.isArray(parseStoryline(pieces.join("")).scenes)),
  );
});
