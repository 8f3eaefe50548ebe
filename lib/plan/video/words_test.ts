import { assertEquals } from "@std/assert";
import {
  asksForSilence,
  countSpokenWords,
  mentionsLipSync,
  mentionsMorph,
  mentionsSpeech,
  quotedPassages,
  wantsSound,
} from "./words.ts";

Deno.test("quoted passages are found between every kind of quotation mark, in order", () => {
  const rows: [string, string[]][] = [
    ['a "one two" b', ["one two"]],
    ["a “one” and „zwei“", ["one", "zwei"]],
    ["il dit «bonjour toi»", ["bonjour toi"]],
    ["‹a b›", ["a b"]],
    ["she says ‘don’t go’ softly", ["don’t go"]],
    ["「こんにちは」と『さようなら』", ["こんにちは", "さようなら"]],
    ["《你好》", ["你好"]],
    ['first "b" then “a”', ["b", "a"]],
    ["it's the dog's ball", []],
    ["it’s the dog’s ball", []],
    ['an empty "" and "..." do not speak', []],
    ['5" by 7" print', []],
  ];
  for (const [prompt, passages] of rows) {
    assertEquals(quotedPassages(prompt), passages, prompt);
  }
});

Deno.test("spoken words are counted, signs of scripts without blanks as half words", () => {
  const rows: [string[], number][] = [
    [["welcome aboard"], 2],
    [["one two", "three"], 3],
    [["well - yes"], 2],
    [["こんにちは"], 3],
    [["你好 world"], 2],
    [[], 0],
  ];
  for (const [passages, words] of rows) assertEquals(countSpokenWords(passages), words);
});

Deno.test("words for speech, sound, story and silence", () => {
  const rows: [string, boolean][] = [
    ["slow pan", false],
    ["a cat by the sea", false],
    ["the essay lies on the table", false],
    ["a person listening", false],
    ["she says hello", true],
    ["he asks the way", true],
    ["they whisper", true],
    ["a narration over waves", true],
    ["an interview in the park", true],
    ["with soft music", true],
    ["a song begins", true],
    ["the sound of rain", true],
    ["foley of steps", true],
    ["a short story about a cat", true],
    ["the opening scene", true],
    ["a commercial for tea", true],
    ["chapter two", true],
    ['the sign reads "open"', true],
    ["a silent story", false],
    ["a scene, no dialogue", false],
    ["she says hello, no speech", false],
    ["music video without sound", false],
    ["the crowd talks, no voiceover", false],
  ];
  for (const [prompt, wanted] of rows) assertEquals(wantsSound(prompt), wanted, prompt);
});

Deno.test("words for speech, lip sync and morphing by themselves", () => {
  assertEquals(mentionsSpeech("the narrator speaks"), true);
  assertEquals(mentionsSpeech("the essayist writes"), false);
  assertEquals(asksForSilence("muted colours, no voice over"), true);
  for (const text of ["lip sync", "lip-synced", "talking head", "mouth movement", "sing along"]) {
    assertEquals(mentionsLipSync(`make it ${text} please`), true, text);
  }
  assertEquals(mentionsLipSync("a head turns"), false);
  assertEquals(mentionsMorph("morphing slowly"), true);
  assertEquals(mentionsMorph("a transition"), true);
  assertEquals(mentionsMorph("slow pan"), false);
});
