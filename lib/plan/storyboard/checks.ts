/** What must hold of a storyboard before anything is paid for, and what is only unwise. */
import type { Scene } from "./types.ts";

/** What a storyboard is held against. */
export interface StoryboardExpectations {
  readonly frames: number;
  readonly duration: number;
  readonly requiredTexts: readonly string[];
}

const TOLERANCE_SECONDS = 0.25;

/** Reasons why a storyboard cannot be made; empty when it can. */
export function storyboardProblems(
  scenes: readonly Scene[],
  expected: StoryboardExpectations,
): string[] {
  const problems: string[] = [];
  if (scenes.length !== expected.frames) {
    problems.push(`the storyline has ${scenes.length} scenes, ${expected.frames} are expected`);
  }
  for (const [index, scene] of scenes.entries()) {
    const name = `scene ${index + 1}`;
    if (scene.visual === "" && scene.action === "") problems.push(`${name} says nothing to see`);
    if (!(scene.end > scene.start)) problems.push(`${name} ends before it begins`);
    const before = scenes[index - 1];
    if (before && scene.start < before.end - 0.001) {
      problems.push(`${name} begins before scene ${index} ends`);
    }
  }
  const total = scenes.reduce((sum, { start, end }) => sum + Math.max(0, end - start), 0);
  if (Math.abs(total - expected.duration) > TOLERANCE_SECONDS) {
    problems.push(`the scenes last ${round(total)} s, the film ${round(expected.duration)} s`);
  }
  const shown = scenes.map(({ visibleText }) => visibleText).join("\n").toLowerCase();
  for (const text of expected.requiredTexts) {
    if (!shown.includes(text.toLowerCase())) problems.push(`no scene shows the text "${text}"`);
  }
  return problems;
}

/** Advice about a storyboard that can be made. */
export function storyboardWarnings(scenes: readonly Scene[]): string[] {
  const warnings: string[] = [];
  for (const [index, scene] of scenes.entries()) {
    const name = `Scene ${index + 1}`;
    const words = scene.dialogue.split(/\s+/).filter((word) => word !== "").length;
    const pace = words / Math.max(0.1, scene.end - scene.start);
    if (pace > 3.75) warnings.push(`${name}: ${pace.toFixed(1)} words a second cannot be spoken.`);
    else if (pace > 3) warnings.push(`${name}: ${pace.toFixed(1)} words a second are hurried.`);
    const before = scenes[index - 1];
    if (before && scene.start > before.end + 0.001) {
      warnings.push(`${name} begins ${round(scene.start - before.end)} s after the one before.`);
    }
  }
  const last = scenes.at(-1);
  if (last && scenes.length > 1 && last.visibleText !== "" && last.end - last.start < 2) {
    warnings.push("The end card is shown for less than 2 s.");
  }
  return warnings;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
