/** Which way of showing pictures a terminal knows. */

/** How a picture is drawn. `blocks`: two pixels in each cell, by colours of text. */
export type PreviewProtocol = "kitty" | "iterm2" | "sixel" | "blocks";

/**
 * Told from the environment, since asking the terminal would take input from the user's line.
 *
 * @returns `undefined` where not even 24-bit colours can be counted on
 */
export function previewProtocol(
  env: Readonly<Record<string, string | undefined>>,
): PreviewProtocol | undefined {
  const terminal = env.TERM ?? "";
  const program = env.TERM_PROGRAM;
  if (terminal === "dumb" || env.NO_COLOR || env.ACCESSIBLE) return undefined;
  // A multiplexer draws the screen itself and passes no pictures on.
  const plain = env.TMUX || terminal.startsWith("screen") || terminal.startsWith("tmux");
  if (!plain) {
    if (env.KITTY_WINDOW_ID || terminal === "xterm-kitty" || terminal === "xterm-ghostty") {
      return "kitty";
    }
    if (program === "ghostty") return "kitty";
    if (program === "iTerm.app" || program === "WezTerm" || program === "mintty") {
      return "iterm2";
    }
    if (
      terminal.includes("sixel") || terminal.startsWith("foot") || terminal.startsWith("mlterm")
    ) {
      return "sixel";
    }
  }
  return /truecolor|24bit/i.test(env.COLORTERM ?? "") || /-direct$/.test(terminal)
    ? "blocks"
    : undefined;
}
