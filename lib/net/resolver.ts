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

/** The system's own resolver, whatever stands in its place: the door's. */
export const machineResolve: Resolve = async (host) => {
  // Not node:dns/promises: on Deno 2.6 it prints a deprecation warning of its own on stderr.
  const { lookup } = await import("node:dns");
  let timer: ReturnType<typeof setTimeout> | undefined;
  try {
    return await new Promise<string[]>((resolve, reject) => {
      timer = setTimeout(() => reject(new Error("the lookup timed out")), LOOKUP_TIMEOUT_MS);
      lookup(host, { all: true, verbatim: true }, (error, answers) => {
        if (error) reject(error);
        else resolve(answers.map((answer) => answer.address));
      });
    });
  } finally {
    clearTimeout(timer);
  }
};

let current: Resolve = machineResolve;
