/** Reads the setup of the embedded service from the environment. */
import { AppError } from "../errors/app_error.ts";
import type { Host } from "../platform/host.ts";
import type { SandboxSetup } from "./sandbox_service.ts";

/**
 * `SOGNI_SANDBOX_FAULTS` (JSON, or `@file`), `SOGNI_SANDBOX_SPEED`, `SOGNI_SANDBOX_PORT`,
 * `SOGNI_SANDBOX_API_KEY`.
 *
 * @throws AppError INVALID_ARGUMENT for a value that cannot be used, MISSING_FILE
 */
export async function readSandboxSetup({ facts, files }: Host): Promise<SandboxSetup> {
  const { env } = facts;
  const speed = readNumber(env, "SOGNI_SANDBOX_SPEED", 0, 100);
  const port = readNumber(env, "SOGNI_SANDBOX_PORT", 0, 65535);
  let faults = env.SOGNI_SANDBOX_FAULTS ?? "";
  if (faults.startsWith("@")) {
    const path = faults.slice(1);
    faults = await files.readText(path).catch(() => {
      throw new AppError(
        "MISSING_FILE",
        `SOGNI_SANDBOX_FAULTS names ${path}, which cannot be read.`,
        {
          details: { path },
        },
      );
    });
  }
  return {
    faults,
    ...(speed === undefined ? {} : { speed }),
    ...(port === undefined ? {} : { port }),
    ...(env.SOGNI_SANDBOX_API_KEY ? { apiKey: env.SOGNI_SANDBOX_API_KEY } : {}),
  };
}

function readNumber(
  env: Readonly<Record<string, string>>,
  name: string,
  min: number,
  max: number,
): number | undefined {
  const text = env[name];
  if (text === undefined || text === "") return undefined;
  const value = Number(text);
  if (Number.isFinite(value) && value >= min && value <= max) return value;
  throw new AppError(
    "INVALID_ARGUMENT",
    `${name} must be a number from ${min} to ${max} (got "${text}").`,
    {
      details: { flag: name, value: text, min, max },
    },
  );
}
