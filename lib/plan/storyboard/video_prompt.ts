/** The prompt of the film that follows the sheet. */
import { ratioText } from "./geometry.ts";
import { section, visualOf } from "./sheet_prompt.ts";
import { rangeText } from "./timing.ts";
import type { Scene, Storyboard } from "./types.ts";

/** Builds the prompt for the video model; the sheet is its first picture. */
export function videoPrompt({ title, scenes, duration, aspect }: Storyboard): string {
  return [
    section("PROJECT", [title, `${duration} seconds, ${ratioText(aspect)}`]),
    section("INPUT ASSETS", [
      "@Image1 is the approved storyboard: use it as the guide to shots, order and timing, " +
      "not as a collage, split-screen, grid or on-screen picture.",
    ]),
    section("GLOBAL VIDEO INSTRUCTIONS", [
      "One continuous full-frame film that plays the scenes in order, each at its time.",
      "People, clothes, places and light stay the same from scene to scene.",
      "Panel numbers, borders and notes of the storyboard never appear.",
    ]),
    section("TIMECODED SCENES", scenes.map(sceneBlock)),
    section("NEGATIVE / AVOID", [
      "Panels, borders, grids, captions that no scene asks for, flicker, morphing faces or hands.",
    ]),
  ].join("\n\n");
}

function sceneBlock(scene: Scene, index: number): string {
  const number = String(index + 1).padStart(2, "0");
  const rows: [string, string][] = [
    ["TIME", rangeText(scene)],
    ["PURPOSE", scene.purpose],
    ["VISUAL", scene.visual || visualOf(scene)],
    ["ACTION", scene.action],
    ["CAMERA", scene.camera],
    ["LIGHTING/STYLE", scene.lighting],
    ["TRANSITION", scene.transition || "cut"],
    ["VOICE/DIALOGUE", scene.dialogue || "[no dialogue]"],
    ["AUDIO/SFX", scene.audio],
    ["MUSIC", scene.music],
    ["VISIBLE TEXT", scene.visibleText || "[none]"],
  ];
  return [`SCENE ${number} - ${scene.title || "Untitled"}`]
    .concat(rows.filter(([, text]) => text !== "").map(([name, text]) => `${name}: ${text}`))
    .join("\n");
}
