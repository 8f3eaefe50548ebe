/** Looking up host names. */

/** Answers every A and AAAA record of a name; rejects when there is none. */
export type Resolve = (host: string) => Promise<string[]>;

/** Milliseconds after which a lookup has failed. */
export const LOOKUP_TIMEOUT_MS = 5000;

/** The system's resolver, with a time limit. */
export const systemResolve: Resolve = async (host) => {
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
