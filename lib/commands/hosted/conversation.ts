/** What chat and durable chat share: settings, messages, references, notes about cleaning. */
import { type ChatMessage, chatMessages } from "../../service/hosted/chat_messages.ts";
import type { MediaItem } from "../../service/hosted/media_items.ts";
import { collectReferences } from "../../service/hosted/references.ts";
import {
  maxReferenceBytes,
  type ModelSettings,
  modelSettings,
} from "../../service/hosted/settings.ts";
import { systemMessage } from "../../service/hosted/system_prompt.ts";
import { hostedToken } from "../../service/hosted/token_type.ts";
import { MAX_VISION_MS, visionImages } from "../../service/hosted/vision.ts";
import { invalidArgument } from "../../errors/app_error.ts";
import { Sanitizer } from "../../text/sanitize.ts";
import type { CommandContext } from "../context.ts";
import { attach, findPersonas } from "./attachments.ts";
import { personalNotes } from "./personal_notes.ts";
import type { HostedSession } from "./session.ts";

/** Everything that a chat sends. */
export interface Conversation {
  readonly settings: ModelSettings;
  readonly messages: readonly ChatMessage[];
  readonly media: readonly MediaItem[];
  readonly tokenType: string;
  readonly sanitizer: Sanitizer;
}

/**
 * Refuses a chat without prompt and references; nothing is read or sent for that.
 *
 * @throws AppError `INVALID_ARGUMENT`
 */
export function requireSubject({ invocation }: CommandContext, flag: string): void {
  const { options, prompt } = invocation;
  if ((prompt ?? "").trim() !== "") return;
  if (options.persona !== undefined || options.voicePersona !== undefined) return;
  if (collectReferences(options).length > 0) return;
  throw invalidArgument(
    `${flag} requires a prompt or an attached reference.`,
    { flag },
    `Write what you want, e.g. sogni-agent ${flag} "plan four shots of a red shoe"`,
  );
}

/** Checks, reads and uploads everything and builds the messages. */
export async function prepareConversation(
  context: CommandContext,
  session: HostedSession,
  purpose: "chat" | "durable",
): Promise<Conversation> {
  const { host, invocation, report } = context;
  const { options, prompt } = invocation;
  const settings = modelSettings(options, session.config);
  const token = hostedToken(options, session.config, [options.model, options.videoModel]);
  if (token.note) report.note(token.note);
  const personas = await findPersonas(context, session.paths);
  let images: string[] = [];
  const { references, items } = await attach(context, session, purpose, personas, async (found) => {
    if (purpose === "durable") return;
    images = await visionImages(found, {
      files: host.files,
      maxBytes: maxReferenceBytes(host.facts.env),
      timeoutMs: Math.max(session.client.options.timeoutMs, MAX_VISION_MS),
      signal: session.signal,
    });
  });
  if (purpose === "durable") images = imageUrls(items);
  const sanitizer = new Sanitizer();
  const notes = await personalNotes(
    host,
    session.paths,
    (text) => report.important(`Warning: ${text}`),
  );
  const system = systemMessage(options.system, notes, references.length > 0, sanitizer);
  const messages = chatMessages({ system, prompt, references, images }, sanitizer);
  if (sanitizer.stripped > 0) {
    report.note(`Removed ${sanitizer.stripped} chat-template markers from text before sending it.`);
  }
  return { settings, messages, media: items, tokenType: token.tokenType, sanitizer };
}

/** The `sanitized` field of JSON output; empty when nothing was removed or looked suspicious. */
export function sanitizedField({ stripped, flagged }: Sanitizer): Record<string, unknown> {
  return stripped + flagged === 0 ? {} : { sanitized: { stripped, flagged } };
}

// Runs refuse data: values, so the pictures are shown by their addresses.
function imageUrls(items: readonly MediaItem[]): string[] {
  return items.flatMap(({ kind, url }) => kind === "image" && url !== undefined ? [url] : []);
}
