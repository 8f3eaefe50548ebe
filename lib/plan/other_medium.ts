/** Refuses a model that makes something else than what is asked for. */
import { findModel } from "../catalog/models.ts";
import { invalidArgument } from "../errors/app_error.ts";
import type { Medium } from "./types.ts";

const NOUNS: Readonly<Record<Medium, string>> = {
  image: "images",
  video: "video",
  music: "music",
};

/**
 * Ids that we know nothing about pass: the service decides.
 *
 * @param flag by which the model was named
 * @throws AppError `INVALID_ARGUMENT` with `details {flag, value, model}`
 */
export function refuseOtherMedium(flag: string, selector: string, wanted: Medium): void {
  const listed = findModel(selector);
  if (listed === undefined || listed.medium === wanted) return;
  // Short music selectors such as "fast" are no ids; only a full id shows what was meant.
  if (listed.medium === "music" && listed.model.id !== selector) return;
  const { medium, model } = listed;
  const mode = medium === "image" ? `Leave --${wanted} out` : `Use --${medium}`;
  throw invalidArgument(
    `${flag} ${selector} makes ${NOUNS[medium]}, not ${NOUNS[wanted]}.`,
    { flag, value: selector, model: model.id },
    `${mode}, or choose a model that makes ${NOUNS[wanted]}.`,
  );
}
