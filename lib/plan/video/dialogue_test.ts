import { assertEquals } from "@std/assert";
import { doubleQuoteSpeech, timeDialogue } from "./dialogue.ts";
import { sectionPrompt } from "./voice_identity.ts";

function notes() {
  const lines: [string, string][] = [];
  return { lines, addNote: (level: string, text: string) => void lines.push([level, text]) };
}

Deno.test("single-quoted speech of a screenplay gets double quotes", () => {
  const rows: [string, string][] = [
    ["MARA: 'Hello there.'", 'MARA: "Hello there."'],
    ["A room.\nMara: 'Hi' Ilse: 'Yes'", "A room.\nMara: \"Hi\" Ilse: 'Yes'"],
    ["MARA (softly): 'Don't go'", 'MARA (softly): "Don\'t go"'],
    ["It rains. TOM: 'Run.'", 'It rains. TOM: "Run."'],
    ["the dog's bowl: 'Rex'", "the dog's bowl: 'Rex'"],
    ['MARA: "Hello"', 'MARA: "Hello"'],
    ["a 'quoted' word", "a 'quoted' word"],
  ];
  for (const [prompt, expected] of rows) {
    const log = notes();
    assertEquals(doubleQuoteSpeech(prompt, log), expected, prompt);
    assertEquals(log.lines.length, prompt === expected ? 0 : 1, prompt);
  }
});

Deno.test("spoken words get the time they need", () => {
  const words = (count: number) => `"${Array.from({ length: count }, () => "la").join(" ")}"`;
  const rows: [string, string[], number, boolean, number, string[]][] = [
    ["no speech", ["a cat"], 5, false, 5, []],
    ["fits", [words(9)], 5, false, 5, []],
    ["raised", [words(10)], 5, false, 6, ["note"]],
    ["raised far", [words(30)], 5, false, 12, ["note"]],
    ["capped at 20", [words(90)], 5, false, 20, ["note"]],
    ["never lowered", [words(90)], 30, false, 30, []],
    ["fixed and enough", [words(18)], 5, true, 5, []],
    ["fixed and too short", [words(19)], 5, true, 5, ["warning"]],
    ["speech without words", ["she says something"], 5, false, 5, ["warning"]],
    ["silence", ["a talking dog, no speech"], 5, false, 5, []],
    ["the longest variation counts", [words(3), words(15)], 5, false, 7, ["note"]],
  ];
  for (const [name, variants, seconds, fixed, expected, levels] of rows) {
    const log = notes();
    assertEquals(timeDialogue(variants, { seconds, fixed }, log), expected, name);
    assertEquals(log.lines.map(([level]) => level), levels, name);
  }
});

Deno.test("a prompt for an imitated voice has three sections", () => {
  assertEquals(
    sectionPrompt('Ilse waves. "Good day." She adds “Come in.”', "Ilse").split("\n\n").slice(0, 2),
    [
      '[VISUAL]\nIlse waves. "Good day." She adds “Come in.”',
      '[SPEECH]\nIlse: "Good day."\nIlse: "Come in."',
    ],
  );
  assertEquals(sectionPrompt('"Hi"').includes('\nSPEAKER: "Hi"\n'), true);
  assertEquals(/\[SOUNDS\]\n.*ambience/.test(sectionPrompt("a hill")), true);
  for (const tag of ["[VISUAL] x", "a [speech] b", "x\n[SOUNDS]\ny"]) {
    assertEquals(sectionPrompt(tag), tag);
  }
});
