/** Bodies of `POST /v1/chat/completions` and `POST /v1/chat/runs`. */
import type { ChatMessage } from "./chat_messages.ts";
import type { MediaItem } from "./media_items.ts";
import { APP_SOURCE, type ModelSettings } from "./settings.ts";

/** What both bodies are made of. */
export interface ChatBodyParts {
  readonly settings: ModelSettings;
  readonly messages: readonly ChatMessage[];
  readonly media: readonly MediaItem[];
  readonly tokenType: string;
}

const TEMPERATURE = 0.4;
const MAX_TOKENS = 1600;

/**
 * Body of a chat completion.
 *
 * @param bySdk the filter switch is then spelled as the SDK spells it
 */
export function chatBody(
  { settings, messages, media, tokenType }: ChatBodyParts,
  bySdk = false,
): Record<string, unknown> {
  return {
    model: settings.model,
    messages,
    temperature: TEMPERATURE,
    max_tokens: settings.maxTokens ?? MAX_TOKENS,
    token_type: tokenType,
    app_source: APP_SOURCE,
    sogni_tools: settings.tools,
    sogni_tool_execution: settings.executeTools,
    ...profileFields(settings),
    ...(settings.filter ? {} : { [bySdk ? "safe_content_filter" : "safeContentFilter"]: false }),
    ...(media.length === 0 ? {} : { media_references: media }),
  };
}

/** Body of a durable chat run. Its `sampling` mixes spellings; that is the API's way. */
export function chatRunBody(
  { settings, messages, media, tokenType }: ChatBodyParts,
): Record<string, unknown> {
  return {
    messages,
    model: settings.model,
    sampling: {
      temperature: TEMPERATURE,
      max_tokens: settings.maxTokens ?? MAX_TOKENS,
      ...(settings.taskProfile === undefined ? {} : { taskProfile: settings.taskProfile }),
      ...(settings.thinking === undefined ? {} : { think: settings.thinking }),
    },
    ...(media.length === 0 ? {} : { media_references: media }),
    token_type: tokenType,
    app_source: APP_SOURCE,
    ...(settings.filter ? {} : { runtime_config: { safeContentFilter: false } }),
  };
}

/** The optional fields that chat and storyboard planning share. */
export function profileFields(
  { taskProfile, thinking }: ModelSettings,
): Record<string, unknown> {
  return {
    ...(taskProfile === undefined ? {} : { task_profile: taskProfile }),
    ...(thinking === undefined ? {} : { chat_template_kwargs: { enable_thinking: thinking } }),
  };
}
