/** Bodies of workflow starts and of the planning call before a storyboard film. */
import { profileFields } from "./chat_body.ts";
import type { MediaItem } from "./media_items.ts";
import { APP_SOURCE, type CostSettings, type ModelSettings } from "./settings.ts";

/** What a start is made of. */
export interface WorkflowBodyParts {
  readonly input: unknown;
  readonly media: readonly MediaItem[];
  readonly cost: CostSettings;
  readonly tokenType: string;
}

/** Body of `POST /v1/creative-agent/workflows`. */
export function workflowBody(
  { input, media, cost, tokenType }: WorkflowBodyParts,
): Record<string, unknown> {
  return {
    input,
    ...(media.length === 0 ? {} : { media_references: media }),
    ...(cost.maxCost === undefined ? {} : { max_estimated_capacity_units: cost.maxCost }),
    ...(cost.confirmCost === undefined ? {} : { confirm_cost: cost.confirmCost }),
    token_type: tokenType,
    app_source: APP_SOURCE,
  };
}

/** Body of the completion that writes a storyline: no tools, no media. */
export function planningBody(
  settings: ModelSettings,
  messages: readonly unknown[],
  tokenType: string,
): Record<string, unknown> {
  return {
    model: settings.model,
    messages,
    temperature: 0.45,
    max_tokens: settings.maxTokens ?? 1800,
    token_type: tokenType,
    app_source: APP_SOURCE,
    sogni_tools: false,
    sogni_tool_execution: false,
    ...profileFields(settings),
  };
}
