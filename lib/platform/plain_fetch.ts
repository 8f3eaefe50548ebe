/** The runtime's own `fetch`, taken before anything stands in its place. */
const original = globalThis.fetch;

/** For loopback and for the service's own endpoints; everything else goes through the door. */
export const plainFetch: typeof globalThis.fetch = (input, init) => original(input, init);
