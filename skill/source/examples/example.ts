/** What an example is, and how its row is written. */

/** Chapters of the examples. */
export type ExampleTopic =
  | "image"
  | "edit"
  | "video"
  | "music"
  | "film"
  | "people"
  | "hosted"
  | "upkeep"
  | "try";

/** One example. */
export interface Example {
  readonly id: string;
  readonly topic: ExampleTopic;
  /** Behind `sogni-agent`. */
  readonly argv: readonly string[];
  readonly about: string;
  /**
   * How the test proves it: run in the sandbox, planned without sending, or read by the parser
   * alone (it needs something that a test has not got, and says what).
   */
  readonly proof: "run" | "plan" | { readonly parse: string };
  /** Shown in the skill itself; the others in the guides. */
  readonly core?: boolean;
  /** Shown in lean skills. */
  readonly lean?: boolean;
}

/** A row of the table. */
export const row = (
  topic: ExampleTopic,
  id: string,
  proof: Example["proof"],
  about: string,
  argv: readonly string[],
  shown: { core?: boolean; lean?: boolean } = {},
): Example => ({ id, topic, argv, about, proof, ...shown });

/** In the skill and in lean ones. */
export const BOTH = { core: true, lean: true };
/** In the skill alone. */
export const CORE = { core: true };
/** What the parser alone proves, and why. */
export const NETWORK = { parse: "the references are on the web" };
export const WORKFLOW_ID = { parse: "the id of a workflow that runs" };
