/** Everything that the text of a video prompt decides. */
import type { Options } from "../../cli/flags/table.ts";
import { inferSeconds } from "./inferred_length.ts";
import { inferSize } from "./inferred_size.ts";
import type { InferredSize } from "./inferred_size.ts";
import { findLiteralPrompt } from "./literal_prompt.ts";

/** A prompt and what was read out of it; flags have already won over words. */
export interface PromptReading extends InferredSize {
  /** The text to send, before guidance and rewriting. */
  text: string;
  /** The caller forbids any change. */
  literal: boolean;
  /** Whole seconds. */
  seconds?: number;
}

/** Reads a prompt; options that settle a question keep the words from answering it. */
export function readPrompt(prompt: string, options: Options): PromptReading {
  const literal = findLiteralPrompt(prompt);
  const seconds = options.duration === undefined && options.frames === undefined
    ? inferSeconds(prompt)
    : undefined;
  const sized = options.width !== undefined || options.height !== undefined;
  const size = sized ? {} : inferSize(prompt);
  if (options.targetResolution !== undefined) delete size.targetResolution;
  return {
    text: literal ?? prompt.trim(),
    literal: literal !== undefined,
    ...(seconds === undefined ? {} : { seconds }),
    ...size,
  };
}
