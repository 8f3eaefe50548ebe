/** The assistant's words on stdout while they come; nothing in JSON mode. */
import { stripControl } from "../../text/control.ts";
import type { CommandContext } from "../context.ts";

/** Writes text piece by piece, and the newline that streamed text lacks at its end. */
export class StreamedText {
  #open = false;
  #empty = true;

  constructor(readonly context: Pick<CommandContext, "host" | "report">) {}

  /** True when nothing has been written. */
  get isEmpty(): boolean {
    return this.#empty;
  }

  /** Writes a piece at once. */
  add(text: string): void {
    const { host, report } = this.context;
    if (report.style.json || text === "") return;
    this.#open = true;
    this.#empty = false;
    host.write("stdout", stripControl(text));
  }

  /** Ends the line. */
  close(): void {
    if (this.#open) this.context.host.write("stdout", "\n");
    this.#open = false;
  }
}
