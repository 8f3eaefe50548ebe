import { assertEquals } from "@std/assert";
import { parse } from "./parse.ts";
import { nameAsTyped } from "./typed_flags.ts";

Deno.test("a flag is named as it was typed, with its long name beside it", () => {
  const rows: [string[], string, string][] = [
    [["-w", "100"], "--width must be more.", "-w/--width must be more."],
    [["-w=100", "-Q", "hq"], "--width, --quality: no.", "-w/--width, -Q/--quality: no."],
    [["--width", "100"], "--width must be more.", "--width must be more."],
    [["-w", "1", "--width", "2"], "--width must be more.", "--width must be more."],
    [["--reference", "a"], "--ref, --ref-end: no.", "--reference/--ref, --ref-end: no."],
    [
      ["-w", "1"],
      "--widthwise and x--width are no flags.",
      "--widthwise and x--width are no flags.",
    ],
    [["--lora-model", "a", "--loras", "b"], "--lora: no.", "--lora-model/--lora: no."],
  ];
  for (const [argv, message, expected] of rows) {
    const { typed } = parse(argv, { env: {}, home: "/home/mara" });
    assertEquals(nameAsTyped(message, typed), expected);
  }
  assertEquals(nameAsTyped("--width"), "--width");
});
