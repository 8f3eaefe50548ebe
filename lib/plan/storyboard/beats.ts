/** Scenes where a text names none, or fewer than are needed. */
import type { SceneDraft } from "./types.ts";

/** A scene with nothing said about it but what is seen. */
export function plainScene(title: string, visual: string): SceneDraft {
  return {
    title,
    purpose: "",
    visual,
    action: "",
    camera: "",
    lighting: "",
    transition: "",
    dialogue: "",
    audio: "",
    music: "",
    visibleText: "",
  };
}

/** `count` scenes from running text: its sentences in order, or stages of the whole. */
export function scenesFromProse(text: string, count: number): SceneDraft[] {
  const sentences = text.replace(/\s+/g, " ").trim().split(/(?<=[.!?;])\s+/)
    .filter((sentence) => /[\p{L}\p{N}]/u.test(sentence));
  if (sentences.length >= count) {
    return Array.from({ length: count }, (_, index) => {
      const from = Math.floor(index * sentences.length / count);
      const to = Math.floor((index + 1) * sentences.length / count);
      return plainScene(`Beat ${index + 1}`, sentences.slice(from, to).join(" "));
    });
  }
  const drafts = (sentences.length === 0 ? [text.trim()] : sentences)
    .map((sentence, index) => plainScene(`Beat ${index + 1}`, sentence));
  return splitToCount(drafts, count);
}

/** Splits the longest scenes into stages until there are `count`. */
export function splitToCount(drafts: readonly SceneDraft[], count: number): SceneDraft[] {
  if (drafts.length === 0 || drafts.length >= count) return [...drafts];
  const parts = drafts.map(() => 1);
  for (let total = drafts.length; total < count; total += 1) {
    let longest = 0;
    for (let index = 1; index < drafts.length; index += 1) {
      if (share(drafts, parts, index) > share(drafts, parts, longest)) longest = index;
    }
    parts[longest] = (parts[longest] ?? 1) + 1;
  }
  return drafts.flatMap((draft, index) => splitScene(draft, parts[index] ?? 1));
}

function share(drafts: readonly SceneDraft[], parts: readonly number[], index: number): number {
  const draft = drafts[index];
  const length = draft?.start !== undefined && draft.end !== undefined
    ? draft.end - draft.start
    : draft?.length ?? 1;
  return length / (parts[index] ?? 1);
}

const STAGES = ["opening", "middle", "close"];

function splitScene(draft: SceneDraft, parts: number): SceneDraft[] {
  if (parts === 1) return [draft];
  return Array.from({ length: parts }, (_, index) => {
    const stage = STAGES[Math.round(index * (STAGES.length - 1) / (parts - 1))] ?? "middle";
    // Words and lettering are said and shown once, in the first part.
    const later = index === 0 ? {} : { dialogue: "", visibleText: "" };
    return {
      ...draft,
      ...later,
      title: `${draft.title} (${index + 1}/${parts})`.trim(),
      visual: `${draft.visual || draft.action} (${stage} of the shot)`,
      ...splitRange(draft, index, parts),
    };
  });
}

function splitRange(draft: SceneDraft, index: number, parts: number): Partial<SceneDraft> {
  const { start, end, length } = draft;
  if (start !== undefined && end !== undefined) {
    const step = (end - start) / parts;
    return { start: round(start + index * step), end: round(start + (index + 1) * step) };
  }
  return length === undefined ? {} : { length: round(length / parts) };
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
