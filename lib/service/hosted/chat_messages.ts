/** The two messages of a hosted chat. */
import { singleLine } from "../../text/control.ts";
import type { Sanitizer } from "../../text/sanitize.ts";
import type { Reference } from "./references.ts";

/** A message as the API takes it. */
export interface ChatMessage {
  readonly role: "system" | "user";
  readonly content: string | readonly Readonly<Record<string, unknown>>[];
}

/** What the messages are made of. */
export interface ChatMessageParts {
  readonly system: string;
  /** Absent when only media were given. */
  readonly prompt: string | undefined;
  readonly references: readonly Reference[];
  /** `data:` value or URL of each image reference, in list order. */
  readonly images: readonly string[];
}

/** Stands in for the prompt when only media were given. */
export const MEDIA_ONLY_PROMPT = "Describe the attached media.";

/** Builds the system and the user message. */
export function chatMessages(parts: ChatMessageParts, sanitizer: Sanitizer): ChatMessage[] {
  const text = userText(parts, sanitizer);
  const content = parts.images.length === 0 ? text : [
    { type: "text", text },
    ...parts.images.map((url) => ({
      type: "image_url",
      image_url: { url },
    })),
  ];
  return [{ role: "system", content: parts.system }, { role: "user", content }];
}

function userText({ prompt, references }: ChatMessageParts, sanitizer: Sanitizer): string {
  const typed = prompt === undefined || prompt.trim() === "" ? undefined : prompt;
  const text = typed === undefined ? MEDIA_ONLY_PROMPT : sanitizer.clean(typed);
  const others = references.filter(({ kind }) => kind !== "image");
  if (others.length === 0) return text;
  const lines = others.map(({ id, kind, flag, label }) =>
    `- ${id} ${kind} (${flag}): ${singleLine(sanitizer.clean(label))}`
  );
  return `${text}\n\nAPI media references:\n${lines.join("\n")}`;
}
