/** `--last`: the record of the last render. */
import { AppError } from "../errors/app_error.ts";
import { parseLastRender, readLastRenderText } from "../store/last_render.ts";
import type { CommandRun } from "./context.ts";
import { loadSettings } from "./generation/settings.ts";

/** Prints the record: as it is in the file, or in JSON mode as a result. */
export const run: CommandRun = async (context) => {
  const { host, report } = context;
  const { paths } = await loadSettings(context);
  const text = await readLastRenderText(host, paths);
  if (text === undefined) {
    throw new AppError("NO_LAST_RENDER", "No render has been recorded yet.", {
      details: { path: paths.lastRender },
      hint: 'Make something first, e.g. sogni-agent "a lighthouse in the fog"',
    });
  }
  const record = parseLastRender(text);
  report.localResult(
    record ? { success: true, ...record } : { success: true, raw: text },
    text.replace(/\n$/, ""),
  );
  return 0;
};
