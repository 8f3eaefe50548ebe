/** Reading a storyline: plain text with a header and a block for each scene. */
import { namedSeconds } from "./read_request.ts";
import type { SceneDraft, SceneField, Storyline } from "./types.ts";

/** Reads a storyline; tolerant of fences, bold type and other spellings of the labels. */
export function parseStoryline(text: string): Storyline {
  let title: string | undefined;
  let duration: number | undefined;
  const scenes: SceneDraft[] = [];
  let fields: Map<string, string> | undefined;
  let label: string | undefined;
  const finish = () => {
    if (fields) scenes.push(toScene(fields));
    fields = undefined;
  };
  for (const raw of text.split(/\r\n|\r|\n/)) {
    const line = plain(raw);
    if (line === "") continue;
    const heading = HEADING.exec(line);
    if (heading) {
      finish();
      fields = new Map([["TITLE", (heading[1] ?? "").trim()]]);
      label = undefined;
      continue;
    }
    const labelled = LABELLED.exec(line);
    const name = labelled ? canonicalLabel(labelled[1] ?? "") : undefined;
    const value = (labelled?.[2] ?? "").trim();
    if (!fields) {
      if (name === "TITLE") title ??= value;
      if (name === "DURATION" || name === "TIME") duration ??= namedSeconds(value);
    } else if (name !== undefined) {
      fields.set(name, value);
      label = name;
    } else if (label !== undefined) {
      fields.set(label, `${fields.get(label) ?? ""} ${line}`.trim());
    }
  }
  finish();
  return {
    scenes,
    ...(title === undefined || title === "" ? {} : { title }),
    ...(duration === undefined ? {} : { duration }),
  };
}

/** The range of a time label: `0-3s`, `0:00 to 0:02.5`; or a length, `3 seconds`. */
export function parseTime(
  text: string,
): { start: number; end: number } | { length: number } | undefined {
  const range = TIME_RANGE.exec(text);
  if (range) return { start: toSeconds(range[1] ?? ""), end: toSeconds(range[2] ?? "") };
  const length = namedSeconds(text);
  return length === undefined ? undefined : { length };
}

const HEADING = /^scene[\s_#-]*\d{1,3}\b\s*(?:[-–—:.]\s*)?(.*)$/i;
const LABELLED = /^([A-Za-z][A-Za-z /-]{1,24}?)\s*:\s*(.*)$/;
const CLOCK = "(\\d{1,3}(?::\\d{1,2}){0,2}(?:\\.\\d+)?)";
const TIME_RANGE = new RegExp(`${CLOCK}\\s*s?(?:ec(?:onds?)?)?\\s*(?:-|–|—|to)\\s*${CLOCK}`, "i");

const LABELS: Readonly<Record<string, string>> = {
  project: "TITLE",
  title: "TITLE",
  "project title": "TITLE",
  duration: "DURATION",
  "total duration": "DURATION",
  "target duration": "DURATION",
  length: "DURATION",
  time: "TIME",
  timing: "TIME",
  "time range": "TIME",
  purpose: "purpose",
  "scene purpose": "purpose",
  visual: "visual",
  visuals: "visual",
  "visual/action": "visual",
  action: "action",
  camera: "camera",
  "camera/motion": "camera",
  lighting: "lighting",
  style: "lighting",
  "lighting/style": "lighting",
  transition: "transition",
  dialogue: "dialogue",
  "dialogue/vo": "dialogue",
  "voice/dialogue": "dialogue",
  vo: "dialogue",
  voiceover: "dialogue",
  audio: "audio",
  sfx: "audio",
  "audio/sfx": "audio",
  music: "music",
  "visible text": "visibleText",
  "on-screen text": "visibleText",
  text: "visibleText",
};

function canonicalLabel(label: string): string | undefined {
  return LABELS[label.toLowerCase().replace(/\s*\/\s*/g, "/").replace(/\s+/g, " ").trim()];
}

function toScene(fields: ReadonlyMap<string, string>): SceneDraft {
  const text = (field: SceneField) => meaningful(fields.get(field) ?? "");
  return {
    title: fields.get("TITLE") ?? "",
    purpose: text("purpose"),
    visual: text("visual"),
    action: text("action"),
    camera: text("camera"),
    lighting: text("lighting"),
    transition: text("transition"),
    dialogue: text("dialogue"),
    audio: text("audio"),
    music: text("music"),
    visibleText: text("visibleText"),
    ...parseTime(fields.get("TIME") ?? ""),
  };
}

/** Empty for the ways of writing "nothing". */
function meaningful(text: string): string {
  return /^[[(]?\s*(?:none|n\/a|no (?:dialogue|vo|voice|text|visible text|music|sound)|silent|silence|-|—)?\s*[\])]?\.?$/i
      .test(text)
    ? ""
    : text;
}

function plain(line: string): string {
  if (/^\s*```/.test(line)) return "";
  return line.replace(/^[\s>#*•-]+(?=[A-Za-z])/, "").replace(/\*\*|__/g, "").trim();
}

function toSeconds(clock: string): number {
  return clock.split(":").reduce((total, part) => total * 60 + Number(part), 0);
}
