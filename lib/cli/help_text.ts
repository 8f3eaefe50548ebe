/** The whole help text at 80 columns. In the bundle this is a constant: the build renders it. */
import { renderHelp } from "./help.ts";

/** What `--help` alone prints, without a final newline. */
export const HELP_TEXT: string = renderHelp();
