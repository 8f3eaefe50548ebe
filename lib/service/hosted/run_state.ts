/** What is known of a durable run while its events come in. */
import type { RunEvent, RunStatus } from "./run_events.ts";

/** Gathers events; each changes the state and may have text to print at once. */
export class RunState {
  status: RunStatus | null = null;
  content = "";
  readonly toolCalls: unknown[] = [];
  readonly workflows: unknown[] = [];
  readonly mediaUrls: string[] = [];
  /** Why the run waits for its user. */
  waitingFor: string | undefined;
  /** What came with that. */
  waitingPayload: unknown;
  failure: Extract<RunEvent, { kind: "failed" }> | undefined;
  // Text since the last whole message; that message repeats it.
  #streamed = "";

  /** Takes an event in; returns text that is new. */
  apply(event: RunEvent): string {
    switch (event.kind) {
      case "text":
        this.#streamed += event.text;
        this.content += event.text;
        return event.text;
      case "message":
        return this.#wholeMessage(event.text);
      case "progress":
        this.#addMedia(event.mediaUrls);
        return "";
      case "resolved":
        this.toolCalls.push(...event.toolCalls);
        this.workflows.push(...event.workflows);
        this.#addMedia(event.mediaUrls);
        return "";
      case "waiting":
        this.status = "waiting_for_user";
        this.waitingFor = event.reason;
        this.waitingPayload = event.payload;
        return "";
      case "ended":
        this.status = event.status;
        return "";
      case "failed":
        this.status = "failed";
        this.failure = event;
        return "";
      default:
        return "";
    }
  }

  #wholeMessage(text: string): string {
    const missing = this.#streamed === "" ? text : "";
    this.#streamed = "";
    this.content += missing;
    return missing;
  }

  #addMedia(urls: readonly string[]): void {
    for (const url of urls) if (!this.mediaUrls.includes(url)) this.mediaUrls.push(url);
  }
}
