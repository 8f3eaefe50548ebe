/** The prompt of the sheet: every panel on one picture. */
import { ratioText } from "./geometry.ts";
import { rangeText } from "./timing.ts";
import type { Scene, Storyboard } from "./types.ts";

/** Builds the prompt for the picture model. */
export function sheetPrompt({ title, scenes, duration, sheet, aspect }: Storyboard): string {
  const count = scenes.length;
  const cell = ratioText(sheet.cell);
  const sections = [
    section("CREATE", [
      `Create exactly ${count} sequential video storyboard frames on one sheet.`,
    ]),
    section("PROJECT", [
      `Title: ${title}`,
      `Format: ${ratioText(aspect)} video`,
      `Target duration: ${duration} seconds`,
    ]),
    section("LAYOUT CONTRACT", [
      `${count} numbered panels in a grid of ${sheet.columns} columns and ${sheet.rows} rows.`,
      `Reading order, left to right and top to bottom: ${
        scenes.map((_, i) => sceneId(i)).join(", ")
      }.`,
      `Overall storyboard canvas: ${sheet.width}x${sheet.height} pixels (${
        ratioText(sheet.board)
      }).`,
      `Individual cell ratio: ${cell}.`,
      `Target video ratio: ${ratioText(aspect)}.`,
      "Panel numbers and notes stand outside the artwork.",
    ]),
    sheet.cell[1] > sheet.cell[0]
      ? section("FRAME GEOMETRY", [
        `Every panel is an upright ${cell} picture, taller than wide, with its whole scene inside.`,
        "Do not turn, stretch or crop a panel to a landscape shape; leave the sheet's rest blank.",
      ])
      : "",
    section("REFERENCE IMAGES", [
      "Keep people, products and places of attached pictures as they are.",
    ]),
    section("STYLE", [styleOf(scenes)]),
    section("STORY / CONTINUITY", [
      "The same people, clothes, places, props and light run through all panels.",
    ]),
    section("CRITICAL REQUIREMENTS", [
      `Exactly ${count} panels, none empty, none repeated, none merged.`,
      "Each panel shows the one moment that its scene describes.",
    ]),
    section("SCENES", scenes.map(sceneBlock)),
    section("TEXT RULES", [
      "Inside the artwork only the visible text of that scene, spelled exactly as given.",
    ]),
    section("NEGATIVE / AVOID", [
      "Extra panels, collages inside a panel, watermarks, invented lettering, distorted faces or hands.",
    ]),
  ];
  return sections.filter((part) => part !== "").join("\n\n");
}

/** `SCENE_01` */
export function sceneId(index: number): string {
  return `SCENE_${String(index + 1).padStart(2, "0")}`;
}

/** A heading and its lines. */
export function section(name: string, lines: readonly string[]): string {
  return [`${name}:`, ...lines].join("\n");
}

/** What is seen and done. */
export function visualOf({ visual, action }: Scene): string {
  return [visual, action].filter((text) => text !== "").join(" ");
}

function sceneBlock(scene: Scene, index: number): string {
  const heading = `${sceneId(index)} - ${scene.title || "Untitled"} - ${rangeText(scene)}`;
  return [
    heading,
    `Scene purpose: ${scene.purpose || "carry the story on"}`,
    `Visual/Action: ${visualOf(scene)}`,
    `Camera/Motion: ${scene.camera || "as suits the scene"}`,
    `Lighting/Style: ${scene.lighting || "as the scene before"}`,
    `Transition: ${scene.transition || "cut"}`,
    `Dialogue/VO: ${scene.dialogue || "[no dialogue]"}`,
    `Audio/SFX: ${scene.audio || "natural ambience"}`,
    `Music: ${scene.music || "[none named]"}`,
    `Visible text: ${scene.visibleText || "[none]"}`,
  ].join("\n");
}

function styleOf(scenes: readonly Scene[]): string {
  const named = scenes.find(({ lighting }) => lighting !== "")?.lighting;
  return named ?? "One consistent, finished look for all panels.";
}
