import { assertEquals } from "@std/assert";
import { previewProtocol } from "./protocol.ts";

for (
  const [env, expected] of [
    [{ TERM: "xterm-kitty" }, "kitty"],
    [{ KITTY_WINDOW_ID: "1", TERM: "xterm-256color" }, "kitty"],
    [{ TERM: "xterm-ghostty" }, "kitty"],
    [{ TERM_PROGRAM: "iTerm.app", TERM: "xterm-256color", COLORTERM: "truecolor" }, "iterm2"],
    [{ TERM_PROGRAM: "WezTerm" }, "iterm2"],
    [{ TERM: "foot" }, "sixel"],
    [{ TERM: "xterm-256color", COLORTERM: "truecolor" }, "blocks"],
    [{ TERM: "xterm-direct" }, "blocks"],
    [
      { TERM: "tmux-256color", TMUX: "/tmp/x", KITTY_WINDOW_ID: "1", COLORTERM: "truecolor" },
      "blocks",
    ],
    [{ TERM: "xterm-256color" }, undefined],
    [{ TERM: "dumb", COLORTERM: "truecolor" }, undefined],
    [{ TERM: "xterm-kitty", NO_COLOR: "1" }, undefined],
    [{ TERM: "xterm-kitty", ACCESSIBLE: "1" }, undefined],
    [{}, undefined],
  ] as const
) {
  Deno.test(`${JSON.stringify(env)}: ${expected ?? "no pictures"}`, () => {
    assertEquals(previewProtocol(env), expected);
  });
}
