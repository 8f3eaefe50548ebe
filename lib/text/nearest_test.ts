import { assertEquals } from "@std/assert";
import { editDistance, nearest } from "./nearest.ts";

Deno.test("edit distance counts insertion, removal, replacement and swap as one", () => {
  const rows: [string, string, number][] = [
    ["", "", 0],
    ["", "abc", 3],
    ["abc", "", 3],
    ["width", "width", 0],
    ["widht", "width", 1],
    ["wdth", "width", 1],
    ["widthh", "width", 1],
    ["wodth", "width", 1],
    ["kitten", "sitting", 3],
    ["ca", "abc", 3],
  ];
  for (const [left, right, distance] of rows) {
    assertEquals(editDistance(left, right), distance, `${left} ${right}`);
    assertEquals(editDistance(right, left), distance, `${right} ${left}`);
  }
});

Deno.test("the nearest word is found only when it is near enough", () => {
  const words = ["--width", "--height", "--video", "--steps"];
  const rows: [string, string | undefined][] = [
    ["--widht", "--width"],
    ["--hieght", "--height"],
    ["--vidoe", "--video"],
    ["--step", "--steps"],
    ["--frobnicate", undefined],
    ["--x", undefined],
    ["", undefined],
  ];
  for (const [word, expected] of rows) assertEquals(nearest(word, words), expected, word);
});
