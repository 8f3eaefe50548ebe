/** The shape of a rule that agents have to be told. */

/** Chapters of the rules, in the order of the skill. */
export const TOPICS = [
  "safety",
  "delivery",
  "setup",
  "planning",
  "images",
  "video",
  "people",
  "money",
  "waiting",
] as const;

/** A chapter. */
export type Topic = typeof TOPICS[number];

/** One rule, in the three lengths that surfaces have room for. */
export interface Rule {
  /** `B1` to `B47`, as the contract counts them. */
  readonly id: string;
  readonly topic: Topic;
  /** For the full skill; Markdown, commands in code spans. */
  readonly text: string;
  /** For lean skills. */
  readonly short: string;
  /** For hosts that call tools or nothing at all: no commands, no flags. */
  readonly chat?: string;
}

/** Headings of the chapters. */
export const TOPIC_TITLES: Readonly<Record<Topic, string>> = {
  safety: "Secrets and safety",
  delivery: "Output and delivery",
  setup: "Install, upgrade, uninstall",
  planning: "Which mode",
  images: "Images",
  video: "Video and music",
  people: "Personas, memories, manner",
  money: "Money and subscriptions",
  waiting: "Long jobs",
};
