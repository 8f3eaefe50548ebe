/** JSON arguments: the text itself, or `@` and the path of a file that holds it. */
import { expandHome } from "../../cli/home_path.ts";
import { AppError } from "../../errors/app_error.ts";
import type { ErrorCode } from "../../errors/registry.ts";
import type { Host } from "../../platform/host.ts";

/**
 * Reads the value. Text without `@` is never tried as a path.
 *
 * @throws AppError with `code`, or `INVALID_PATH`
 */
export async function readJsonArgument(
  { files, facts }: Host,
  argument: string,
  flag: string,
  code: ErrorCode,
): Promise<unknown> {
  if (!argument.trimStart().startsWith("@")) {
    return parse(
      argument,
      (cause) =>
        new AppError(code, `${flag} is neither JSON nor @ and a path.`, {
          details: { flag },
          hint: `Give JSON text, or the path of a file: ${flag} @file.json`,
          cause,
        }),
    );
  }
  const path = expandHome(argument.trimStart().slice(1), facts.home);
  // deno-lint-ignore no-control-regex
  if (path === "" || /[\u0000-\u001f\u007f]/.test(path)) {
    throw new AppError(
      "INVALID_PATH",
      `${flag}: the path after @ is empty or holds control characters.`,
      {
        details: { flag },
      },
    );
  }
  let text: string;
  try {
    text = await files.readText(path);
  } catch (cause) {
    throw new AppError(code, `${flag}: the file "${path}" cannot be read.`, {
      details: { flag, path },
      hint: "Check the path.",
      cause,
    });
  }
  return parse(
    text.replace(/^\ufeff/, ""),
    (cause) =>
      new AppError(code, `${flag}: the file "${path}" is not JSON.`, {
        details: { flag, path },
        cause,
      }),
  );
}

function parse(text: string, failure: (cause: unknown) => AppError): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw failure(cause);
  }
}
