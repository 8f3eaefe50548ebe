/** LoRAs and their strengths, checked against each other. */
import type { Options } from "../cli/flags/table.ts";
import { invalidArgument } from "../errors/app_error.ts";
import type { Medium } from "./types.ts";

/** LoRAs in order; strengths are empty (service default 1) or one for each LoRA. */
export interface LoraChoice {
  loras: readonly string[];
  loraStrengths: readonly number[];
}

/** As many LoRAs as the service takes for one render. */
export const MAX_LORAS = 8;

/**
 * Checks the LoRAs of a command line.
 *
 * @throws AppError `INVALID_ARGUMENT` with `details {loras, loraStrengths}`
 */
export function checkLoras(choice: LoraChoice, medium: Medium): LoraChoice {
  const { loras, loraStrengths } = choice;
  const details = { loras: [...loras], loraStrengths: [...loraStrengths] };
  if (loras.length === 0 && loraStrengths.length > 0) {
    throw invalidArgument(
      "--lora-strength needs a --lora to apply to.",
      details,
      "Name the LoRA with --lora ID, or leave the strength out.",
    );
  }
  if (loraStrengths.length > 0 && loraStrengths.length !== loras.length) {
    throw invalidArgument(
      `--lora-strength was given ${loraStrengths.length} times for ${loras.length} LoRAs.`,
      details,
      "Give one strength for each LoRA, in the same order, or none at all.",
    );
  }
  if (loras.length > 0 && medium !== "image") {
    throw invalidArgument(
      `--lora cannot be used with --${medium}.`,
      details,
      "LoRAs apply to images only; leave --lora out.",
    );
  }
  const blank = loras.find((id) => id.trim() === "");
  if (blank !== undefined) {
    throw invalidArgument(
      `--lora needs the id of a LoRA (got "${blank}").`,
      { ...details, flag: "--lora", value: blank },
      "Name a LoRA, or leave --lora out.",
    );
  }
  if (loras.length > MAX_LORAS) {
    throw invalidArgument(
      `--lora was given ${loras.length} times; the limit is ${MAX_LORAS}.`,
      { ...details, max: MAX_LORAS },
      `Name at most ${MAX_LORAS} LoRAs.`,
    );
  }
  return choice;
}

/** The LoRAs as they were typed. */
export function lorasFromOptions(options: Options): LoraChoice {
  return { loras: options.loras ?? [], loraStrengths: options.loraStrengths ?? [] };
}
