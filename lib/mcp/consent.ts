/** Shows what a render will cost before it happens, where the client can ask its user. */
import {
  type CallToolResult,
  CLIENT_CAPABILITIES_META_KEY,
  createRequestStateCodec,
  inputRequired,
  type InputRequiredResult,
  inputResponse,
  type RequestStateCodec,
  type ServerContext,
} from "@modelcontextprotocol/server";
import { type Execute, failedOutcome } from "./outcome.ts";
import { failureResult } from "./result.ts";

/** What is asked is named so in the answers. */
const QUESTION = "spend";

interface Asked {
  /** Of the arguments that were asked about. */
  digest: string;
  /** An answer counts once. */
  nonce: string;
}

/** Asks, and remembers what it has asked. */
export class Consent {
  readonly codec: RequestStateCodec<Asked>;
  readonly #open = new Set<string>();

  /** @param execute prices a job */
  constructor(readonly execute: Execute) {
    // Only this process has to understand what it signs.
    this.codec = createRequestStateCodec<Asked>({
      key: crypto.getRandomValues(new Uint8Array(32)),
    });
  }

  /**
   * @returns `undefined` to go on; else what the client is answered: the question, or that its user
   *   does not want it
   */
  async ask(
    argv: readonly string[],
    ctx: ServerContext,
    legacyCapabilities: unknown,
  ): Promise<CallToolResult | InputRequiredResult | undefined> {
    if (!canAsk(ctx, legacyCapabilities)) return undefined;
    const digest = await digestOf(argv);
    const answer = inputResponse(ctx.mcpReq.inputResponses, QUESTION);
    const asked = ctx.mcpReq.requestState<Asked>();
    if (answer.kind === "elicit" && asked?.digest === digest && this.#open.delete(asked.nonce)) {
      if (answer.action === "accept" && answer.content?.render !== false) return undefined;
      return failureResult(failedOutcome(
        "USER_CANCELLED",
        "The user did not agree to this render; nothing was sent.",
        "Ask what to change.",
      ));
    }
    const nonce = crypto.randomUUID();
    this.#open.add(nonce);
    return inputRequired({
      inputRequests: {
        [QUESTION]: inputRequired.elicit({
          message: await this.#question(argv, ctx.mcpReq.signal),
          requestedSchema: {
            type: "object",
            properties: { render: { type: "boolean", title: "Render it", default: true } },
            required: ["render"],
          },
        }),
      },
      requestState: await this.codec.mint({ digest, nonce }),
    });
  }

  async #question(argv: readonly string[], signal: AbortSignal): Promise<string> {
    const { object } = await this.execute(["--estimate", ...argv], { signal });
    return spendQuestion(object ?? {});
  }
}

/** The question in words, from the answer to `--estimate`; what is not known is said to be so. */
export function spendQuestion(estimate: Readonly<Record<string, unknown>>): string {
  const { success, type, medium, count, model, width, height, duration, tokenType } = estimate;
  if (success !== true) return "Render this with Sogni? What it costs could not be found out.";
  const what = typeof medium === "string" ? medium : type === "video-cost" ? "video" : "result";
  const size = width && height ? `, ${width}x${height}` : "";
  const length = duration ? `, ${duration} s` : "";
  const times = typeof count === "number" && count > 1 ? `${count} x ` : "";
  const prices = (estimate.estimate ?? {}) as Readonly<Record<string, unknown>>;
  const price = typeof prices.token === "number"
    ? `It costs about ${prices.token} ${tokenType ?? "tokens"}.`
    : "The service does not say what it costs.";
  return `Render ${times}${what} with ${model}${size}${length}? ${price}`;
}

/** Whether the client declared that it can show a form. */
function canAsk(ctx: ServerContext, legacyCapabilities: unknown): boolean {
  const envelope = ctx.mcpReq.envelope as Readonly<Record<string, unknown>> | undefined;
  const capabilities = envelope?.[CLIENT_CAPABILITIES_META_KEY] ?? legacyCapabilities;
  const elicitation = (capabilities as { elicitation?: object } | undefined)?.elicitation;
  if (!elicitation) return false;
  return "form" in elicitation || Object.keys(elicitation).length === 0;
}

async function digestOf(argv: readonly string[]): Promise<string> {
  const bytes = new TextEncoder().encode(JSON.stringify(argv));
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
