/** Shows what was made: a preview in the terminal, a contact sheet beside the files. */
import { resolve } from "node:path";
import type { Options } from "../../cli/flags/table.ts";
import { AppError, invalidArgument } from "../../errors/app_error.ts";
import type { ImageFormat, RgbaImage } from "../../media/image/image.ts";
import { type PreviewProtocol, previewProtocol } from "../../media/preview/protocol.ts";
import type { Plan } from "../../plan/types.ts";
import type { CommandContext } from "../context.ts";
import type { RunResult } from "./result.ts";

const MAX_PREVIEWS = 4;
const MAX_SOURCE_BYTES = 64 * 1024 * 1024;
/** Cells of a preview, on a terminal that has them. */
const ROOM = { columns: 60, rows: 18 } as const;
const SHEET_FORMATS: Readonly<Record<string, ImageFormat>> = {
  png: "png",
  jpg: "jpg",
  jpeg: "jpg",
  webp: "webp",
};

/**
 * Refuses what could not be shown, before anything is paid for.
 *
 * @throws AppError INVALID_ARGUMENT
 */
export function checkShow(options: Options, plan: Plan): void {
  const { contactSheet, output } = options;
  if (contactSheet === undefined) return;
  const flag = "--contact-sheet";
  if (plan.medium !== "image") {
    throw invalidArgument(
      `${flag} is for pictures, and this makes ${plan.medium}.`,
      { flag, medium: plan.medium },
      `Leave ${flag} out.`,
    );
  }
  if (output === undefined) {
    throw invalidArgument(
      `${flag} needs saved pictures.`,
      { flag },
      "Save them with -o, e.g. -o cats/",
    );
  }
  if (formatOf(contactSheet) === undefined) {
    throw invalidArgument(
      `${flag} ${contactSheet} is no png, jpg or webp.`,
      { flag, value: contactSheet, allowed: Object.keys(SHEET_FORMATS) },
      `Give it such an ending, e.g. ${flag} sheet.jpg`,
    );
  }
}

/** Makes the sheet of the saved pictures. Never rejects: the pictures themselves are there. */
export async function makeContactSheet(
  { host, report, invocation }: CommandContext,
  result: RunResult,
): Promise<void> {
  const { contactSheet: path } = invocation.options;
  const format = path === undefined ? undefined : formatOf(path);
  if (path === undefined || format === undefined) return;
  try {
    const pictures = await Promise.all(pathsOf(result).map((each) => decode(host, each)));
    if (pictures.length === 0) return;
    const [{ contactSheet }, { encodeImage }] = await Promise.all([
      import("../../media/image/contact_sheet.ts"),
      import("../../media/image/codec.ts"),
    ]);
    const bytes = await encodeImage(contactSheet(pictures), format, { quality: 88 });
    await host.files.writeAtomic(resolve(host.facts.cwd, path), bytes);
    result.contactSheet = path;
    report.note(`Contact sheet saved to ${path}`);
  } catch (error) {
    report.warn(`no contact sheet was made: ${error instanceof Error ? error.message : error}`);
  }
}

/** Draws the saved pictures on stderr where it is a terminal that can show them. */
export async function showPreviews(context: CommandContext, result: RunResult): Promise<void> {
  const { host, report, invocation: { options } } = context;
  const protocol = chosenProtocol(context);
  if (protocol === undefined) return;
  const paths = pathsOf(result).slice(0, MAX_PREVIEWS);
  if (paths.length === 0) {
    report.note("--preview shows saved pictures; save them with -o.");
    return;
  }
  const columns = Math.min(ROOM.columns, host.facts.terminal.columns);
  const { drawPreview } = await import("../../media/preview/draw.ts");
  for (const path of paths) {
    try {
      const text = await drawPreview(await decode(host, path), protocol, { ...ROOM, columns });
      report.sink.write("stderr", text);
    } catch (error) {
      // Of what is no picture nothing can be shown.
      if (!(error instanceof AppError)) throw error;
      if (options.previewAs !== undefined) report.warn(error.message);
    }
  }
}

function chosenProtocol({ host, invocation }: CommandContext): PreviewProtocol | undefined {
  const { preview, previewAs, json, quiet } = invocation.options;
  if (previewAs !== undefined) return previewAs;
  const { stderrIsTerminal } = host.facts.terminal;
  if (!preview || json || quiet || !stderrIsTerminal) return undefined;
  return previewProtocol(host.facts.env);
}

function pathsOf({ saved }: RunResult): string[] {
  return saved.flatMap(({ path }) => path === undefined ? [] : [path]);
}

async function decode(host: CommandContext["host"], path: string): Promise<RgbaImage> {
  const { decodeImage } = await import("../../media/image/codec.ts");
  return await decodeImage(
    await host.files.readBytes(resolve(host.facts.cwd, path), MAX_SOURCE_BYTES),
  );
}

function formatOf(path: string): ImageFormat | undefined {
  return SHEET_FORMATS[/\.([a-z]+)$/i.exec(path)?.[1]?.toLowerCase() ?? ""];
}
