/** What the sandbox's assistant says: the same for the same request. */
import { isObject } from "../http/reply.ts";

/** A reply, before its tools have run. */
export interface AssistantReply {
  readonly text: string;
  readonly tool?: { readonly name: string; readonly arguments: Readonly<Record<string, unknown>> };
}

/** Texts of the messages of a request. */
export interface Conversation {
  readonly system: string;
  readonly user: string;
  /** Pictures that the user message shows. */
  readonly images: number;
}

/** Reads the messages; `undefined` when there are none to read. */
export function readConversation(messages: unknown): Conversation | undefined {
  if (!Array.isArray(messages) || messages.length === 0) return undefined;
  let conversation: Conversation = { system: "", user: "", images: 0 };
  for (const message of messages) {
    if (!isObject(message)) return undefined;
    const { role, content } = message;
    const parts: readonly unknown[] = Array.isArray(content) ? content : [{ text: content }];
    const text = parts.map((part) =>
      isObject(part) && typeof part.text === "string" ? part.text : ""
    )
      .join("");
    if (role === "system" || role === "developer") conversation = { ...conversation, system: text };
    if (role !== "user") continue;
    const images = parts.filter((part) => isObject(part) && isObject(part.image_url)).length;
    conversation = { ...conversation, user: text, images };
  }
  return conversation;
}

/** Answers a conversation; with tools a wish for media becomes a tool call. */
export function reply({ system, user, images }: Conversation, withTools: boolean): AssistantReply {
  if (system.includes("SCENE NN")) return { text: storyline(user) };
  const seen = images === 0 ? "" : ` I see ${images} picture${images === 1 ? "" : "s"}.`;
  const wish =
    /\b(?:draw|render|paint|make|create|generate|picture|image|poster|photo|illustrat\w*)\b/i;
  if (withTools && wish.test(user)) {
    const prompt = user.split("\n")[0] ?? user;
    return {
      text: `Sandbox assistant:${seen} here is your picture.`,
      tool: { name: "generate_image", arguments: { prompt, width: 512, height: 512 } },
    };
  }
  return { text: `Sandbox assistant:${seen} you said: ${user}` };
}

function storyline(request: string): string {
  const seconds = Number(/Total duration: (\d+)/.exec(request)?.[1] ?? 12);
  const count = Number(/exactly (\d+)/.exec(request)?.[1] ?? 6);
  const subject = (request.split("\n")[0] ?? "a film").slice(0, 80);
  const time = (index: number) => (seconds * index / count).toFixed(2);
  const scenes = Array.from({ length: count }, (_, index) =>
    [
      `SCENE ${String(index + 1).padStart(2, "0")} - Part ${index + 1}`,
      `TIME: ${time(index)}-${time(index + 1)}s`,
      `PURPOSE: ${index === 0 ? "open" : index === count - 1 ? "close" : "carry on"}`,
      `VISUAL: ${subject}, view ${index + 1}`,
      "ACTION: slow movement",
      "CAMERA: steady push in",
      "LIGHTING/STYLE: warm light, clean lines",
      "TRANSITION: cut",
      "DIALOGUE/VO: [no dialogue]",
      "AUDIO/SFX: room tone",
      "MUSIC: soft piano",
      "VISIBLE TEXT: none",
    ].join("\n"));
  return ["PROJECT TITLE: Sandbox film", `TOTAL DURATION: ${seconds} seconds`, ...scenes].join(
    "\n\n",
  );
}
