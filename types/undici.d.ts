/**
 * Types of the few parts of undici that are used. They are imported by file, since its entry brings
 * along all the rest, and its own types a second set of Node's.
 */
declare module "undici/lib/dispatcher/agent.js" {
  const Agent: new (options: { connect: object }) => object;
  export default Agent;
}
declare module "undici/lib/web/fetch/index.js" {
  const all: {
    fetch(url: URL | string, init: RequestInit & { dispatcher: object }): Promise<Response>;
  };
  export default all;
}
