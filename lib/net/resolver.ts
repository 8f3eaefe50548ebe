/** Looking up host names. */

/** Answers every A and AAAA record of a name; rejects when there is none. */
export type Resolve = (host: string) => Promise<string[]>;

/** Milliseconds after which a lookup has failed. */
export const LOOKUP_TIMEOUT_MS = 5000;

/** The resolver in force: the system's, with a time limit, unless another one was put in place. */
export const systemResolve: Resolve = (host) => current(host);

/** Puts a resolver in place of the system's: a worker may look up nothing by itself. */
export function useResolver(resolve: Resolve): void {
  current = resolve;
}

const lookUp: Resolve = async (host) => {
  const { lookup } = await import("node:dns/promises");
  let timer: ReturnType<typeof setTimeout> | undefined;
  const expired = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error("the lookup timed out")), LOOKUP_TIMEOUT_MS);
  });
  try {
    const answers = await Promise.race([lookup(host, { all: true, verbatim: true }), expired]);
    return answers.map((answer) => answer.address);
  } finally {
    clearTimeout(timer);
  }
};

let current: Resolve = lookUp;
