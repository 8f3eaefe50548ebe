/** The arguments of a command line, taken one after the other. */
export class ArgumentQueue {
  #position = 0;

  constructor(readonly argv: readonly string[], start = 0) {
    this.#position = start;
  }

  /** The next argument without taking it. */
  peek(): string | undefined {
    return this.argv[this.#position];
  }

  /** Takes the next argument. */
  take(): string | undefined {
    const argument = this.peek();
    if (argument !== undefined) this.#position++;
    return argument;
  }

  /** Takes all that is left. */
  takeAll(): string[] {
    const rest = this.argv.slice(this.#position);
    this.#position = this.argv.length;
    return rest;
  }
}
