/**
 * The one output module: results on stdout, everything else on stderr.
 *
 * With `--json` exactly one object reaches stdout, whatever happens: the first of a result or a
 * failure wins and later ones are dropped.
 */
import { stripControl } from "../text/control.ts";
import { jsonLine } from "../text/json_line.ts";
import { removeLiterals } from "../text/literals.ts";

/** Where a reporter writes; the two streams of a `Host`, or arrays in tests. */
export interface ReportSink {
  write(stream: "stdout" | "stderr", data: string): void;
}

/** How a reporter speaks. */
export interface ReportStyle {
  json: boolean;
  quiet: boolean;
  /** Failures go to stdout as JSON and to stderr as text (OpenClaw). */
  openclaw: boolean;
}

/** Reports notes, results and failures of one command. */
export class Reporter {
  #done = false;
  #secrets: readonly string[] = [];
  #clearLine: () => void = () => {};

  constructor(readonly sink: ReportSink, readonly style: ReportStyle) {}

  /** True once a result or a failure has been written in JSON mode. */
  get done(): boolean {
    return this.#done;
  }

  /** Takes a value, such as the API key in use, out of all that is said from now on. */
  hide(secret: string): void {
    this.#secrets = [...this.#secrets, secret];
  }

  /** Called before each line on stderr, so that a progress bar can take itself away. */
  onBeforeLine(clear: () => void): void {
    this.#clearLine = clear;
  }

  /** Progress and advice; silent with `--quiet`. Text from outside is made harmless. */
  note(text: string): void {
    if (!this.style.quiet) this.#line(text);
  }

  /** A warning; silent with `--quiet`. */
  warn(text: string): void {
    if (!this.style.quiet) this.#line(text.startsWith("Warning:") ? text : `Warning: ${text}`);
  }

  /** A line that `--quiet` does not hide. */
  important(text: string): void {
    this.#line(text);
  }

  /**
   * The result of the command.
   *
   * @param object what JSON mode prints, one line
   * @param text what people see on stdout; a list is printed a line each
   */
  result(object: Record<string, unknown>, text: string | readonly string[]): void {
    this.#clearLine();
    if (this.style.json) {
      this.#object(object);
      return;
    }
    const lines = typeof text === "string" ? [text] : text;
    for (const line of lines) this.sink.write("stdout", `${this.#clean(line)}\n`);
  }

  /** The result of a local command: OpenClaw gets the object also without `--json`. */
  localResult(object: Record<string, unknown>, text: string | readonly string[]): void {
    if (!this.style.openclaw) return this.result(object, text);
    this.#clearLine();
    this.#object(object);
  }

  /** A failure: the object on stdout in JSON mode, the lines on stderr otherwise (or both). */
  failure(object: Record<string, unknown>, lines: readonly string[]): void {
    this.#clearLine();
    if (this.style.json || this.style.openclaw) this.#object(object);
    if (!this.style.json) { for (const line of lines) this.#line(line); }
  }

  #line(text: string): void {
    this.#clearLine();
    this.sink.write("stderr", `${this.#clean(text)}\n`);
  }

  #clean(text: string): string {
    return removeLiterals(stripControl(text), this.#secrets);
  }

  #object(object: Record<string, unknown>): void {
    if (this.#done) return;
    this.#done = true;
    // As the secrets stand in JSON: a quote in one would be escaped there.
    const secrets = this.#secrets.map((secret) => jsonLine(secret.trim()).slice(1, -1));
    this.sink.write("stdout", `${removeLiterals(jsonLine(object), secrets)}\n`);
  }
}
