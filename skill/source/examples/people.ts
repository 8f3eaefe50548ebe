/** Personas, memories, personality. */
import { BOTH, CORE, type Example, row } from "./example.ts";

/** In the order in which they are shown. */
export const PEOPLE_EXAMPLES: readonly Example[] = [
  row("people", "persona-add", "run", "save a person", [
    "--persona-add",
    "Mara",
    "--ref",
    "face.jpg",
    "--relationship",
    "self",
    "--description",
    "thirties, curly hair",
  ], CORE),
  row("people", "persona-voice", "run", "with a voice", [
    "--persona-add",
    "Ilse",
    "--ref",
    "ilse.jpg",
    "--relationship",
    "partner",
    "--voice-clip",
    "voice.wav",
  ]),
  row("people", "persona", "plan", "a picture of that person", [
    "--persona",
    "Mara",
    "-o",
    "hero-mara.png",
    "a pilot in dramatic light",
  ], CORE),
  row("people", "personas", "plan", "two of them in one picture", [
    "--persona",
    "Mara",
    "--persona",
    "Ilse",
    "-o",
    "both.png",
    "two pilots before a red plane",
  ]),
  row("people", "persona-video", "plan", "who speaks with the saved voice", [
    "--video",
    "--persona",
    "Ilse",
    'ILSE: "Good to hear you."',
  ]),
  row("people", "persona-list", "run", "all persons", [
    "--json",
    "--persona-list",
  ]),
  row("people", "persona-remove", "run", "forget a person", [
    "--persona-remove",
    "Mara",
  ]),
  row("people", "memory-set", "run", "remember a wish", [
    "--memory-set",
    "preferred_style",
    "ink wash, low contrast",
    "--memory-category",
    "preference",
  ], CORE),
  row("people", "memory-list", "run", "what is remembered", [
    "--json",
    "--memory-list",
  ], BOTH),
  row("people", "memory-remove", "run", "forget it", [
    "--memory-remove",
    "preferred_style",
  ]),
  row("people", "personality-set", "run", "how to speak and work", [
    "--personality-set",
    "short answers, cinematic light",
  ]),
  row(
    "people",
    "personality-get",
    "run",
    "read it",
    ["--personality-get"],
    CORE,
  ),
  row("people", "personality-clear", "run", "remove it", [
    "--personality-clear",
  ]),
];
