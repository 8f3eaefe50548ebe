import { assertEquals } from "@std/assert";
import { outputPaths, slug, withExtension } from "./output_paths.ts";

const NAMES: [output: string, isFolder: boolean, count: number, expected: string[]][] = [
  ["a.png", false, 1, ["a.png"]],
  ["a.png", false, 3, ["a.png", "a-2.png", "a-3.png"]],
  ["dir.v1/a", false, 2, ["dir.v1/a", "dir.v1/a-2"]],
  ["a.tar.gz", false, 2, ["a.tar.gz", "a.tar-2.gz"]],
  ["out/", false, 2, ["out/red-fox.png", "out/red-fox-2.png"]],
  ["out", true, 1, ["out/red-fox.png"]],
  [".hidden", false, 2, [".hidden", ".hidden-2"]],
  ["-dash.png", false, 2, ["-dash.png", "-dash-2.png"]],
];
for (const [output, isFolder, count, expected] of NAMES) {
  Deno.test(`names for ${output} (${count})`, () => {
    const naming = { output, isFolder, extension: "png", prompt: "Red fox" };
    assertEquals(outputPaths(naming, count), expected);
  });
}

Deno.test("a name from a prompt", () => {
  assertEquals(slug("Ein Käfer, 3× größer!"), "ein-kafer-3-gro-er");
  assertEquals(slug("狐"), "sogni");
  assertEquals(slug("x".repeat(100)).length, 48);
  assertEquals(slug("../../etc/passwd"), "etc-passwd");
});

Deno.test("the extension follows the bytes", () => {
  assertEquals(withExtension("a/b.jpg", "png"), "a/b.png");
  assertEquals(withExtension("a.b/c", "png"), "a.b/c.png");
});
