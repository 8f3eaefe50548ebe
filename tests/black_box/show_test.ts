// deno-lint-ignore-file no-control-regex -- escape sequences are what this is about
/** Pictures are shown where somebody can look at them: in the terminal, and on one sheet. */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { readPicture } from "../support/pictures.ts";
import { hasTerminals, ON_TERMINAL } from "../support/terminal.ts";
import { wasTouched, withService } from "../support/service.ts";

Deno.test("a contact sheet holds every saved picture, and the result names it", async () => {
  await withService({}, async ({ json, path }) => {
    const args = ["-n", "3", "-o", "cats/", "--contact-sheet", "sheet.jpg", "a cat"];
    const { code, object, stderr } = await json(args);
    assertEquals([code, object.contactSheet], [0, "sheet.jpg"], stderr);
    const sheet = await readPicture(path("sheet.jpg"));
    assertEquals([sheet.mime, sheet.width, sheet.height], ["image/jpeg", 664, 664]);
  });
});

Deno.test("a sheet that cannot be is refused, unsent", async () => {
  await withService({}, async ({ json }, service) => {
    for (
      const [args, words] of [
        [["--contact-sheet", "s.jpg", "a cat"], "needs saved pictures"],
        [["-o", "a.png", "--contact-sheet", "s.gif", "a cat"], "no png, jpg or webp"],
        [["-o", "a.mp4", "--video", "--contact-sheet", "s.jpg", "a cat"], "makes video"],
      ] as const
    ) {
      const { code, object } = await json(args);
      assertEquals([code, object.errorCode], [1, "INVALID_ARGUMENT"]);
      assertStringIncludes(String(object.error), words);
    }
    assert(!wasTouched(service));
  });
});

Deno.test("a sheet that cannot be written costs nothing but a warning", async () => {
  await withService({}, async ({ json, path }) => {
    const blocked = await json(["-o", "b.png", "--contact-sheet", "b.png/sheet.jpg", "a"]);
    assertEquals([blocked.code, blocked.object.contactSheet], [0, undefined], blocked.stderr);
    assertEquals((await readPicture(path("b.png"))).mime, "image/png");
  });
});

Deno.test("--preview draws on a terminal alone, --preview-as wherever it is asked for", async () => {
  await withService({}, async ({ run }) => {
    const args = ["-o", "a.png", "a cat"];
    const quiet = await run(["--preview", ...args], { env: { COLORTERM: "truecolor" } });
    assert(!quiet.stderr.includes("▀"), quiet.stderr);
    const blocks = await run(["--preview-as", "blocks", ...args]);
    assertEquals(blocks.stderr.match(/^\u001b\[38;2;.*▀/gm)?.length, 18);
    assert(!blocks.stdout.includes("\u001b"));
    for (
      const [protocol, sign] of [["kitty", "\u001b_Ga=T"], ["iterm2", "\u001b]1337;File="], [
        "sixel",
        "\u001bPq",
      ]] as const
    ) {
      assertStringIncludes((await run(["--preview-as", protocol, ...args])).stderr, sign);
    }
    if (!hasTerminals()) return;
    const env = { COLORTERM: "truecolor", TERM: "xterm-256color" };
    const shown = await run(["--preview", ...args], { env, wrapper: ON_TERMINAL });
    assertStringIncludes(shown.stdout, "▀");
  });
});
