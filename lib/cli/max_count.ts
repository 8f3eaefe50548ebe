/** The cap of `--count`. */
import { AppError } from "../errors/app_error.ts";

const DEFAULT_MAX_COUNT = 16;

/** The cap from `SOGNI_MAX_COUNT`: a whole number above 0; anything else is ignored. */
export function maxCount(env: Readonly<Record<string, string | undefined>>): number {
  const text = env.SOGNI_MAX_COUNT?.trim() ?? "";
  const value = text === "" ? NaN : Number(text);
  return Number.isSafeInteger(value) && value > 0 ? value : DEFAULT_MAX_COUNT;
}

/** Throws `COUNT_LIMIT_EXCEEDED` when more outputs are asked for than allowed. */
export function checkCount(flag: string, value: number, max: number): void {
  if (value <= max) return;
  throw new AppError(
    "COUNT_LIMIT_EXCEEDED",
    `${flag} is ${value}, and at most ${max} is allowed.`,
    {
      details: { flag, value, max },
      hint: `Ask for ${max} or fewer, or set SOGNI_MAX_COUNT=${value} to allow ${value} outputs.`,
    },
  );
}
