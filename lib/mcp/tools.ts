/** The tools that run a command, in the order of the list. */
import type { CommandTool } from "./tool.ts";
import { accountBalance, sogniDoctor } from "./tools/account.ts";
import { editVideo, listMedia, manageMemories, managePersonas } from "./tools/local.ts";
import { generateImage, generateMusic, generateVideo, photobooth } from "./tools/rendering.ts";

/** All but `manage_jobs` and `import_media`, which the server answers itself. */
export const COMMAND_TOOLS: readonly CommandTool[] = [
  generateImage,
  generateVideo,
  generateMusic,
  photobooth,
  editVideo,
  listMedia,
  managePersonas,
  manageMemories,
  accountBalance,
  sogniDoctor,
];
