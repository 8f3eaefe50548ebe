/** What a client tells its model about the server as a whole: the rules for hosts without a shell. */
import { CHAT_RULES } from "../../skill/source/rules.ts";

/** A paragraph of use, then the rules. */
export const INSTRUCTIONS: string = [
  "Images, videos and music with the Sogni service. Renders cost tokens; long ones answer with a job: get its result with manage_jobs, and never send the same request again because it is slow.",
  ...CHAT_RULES.map(({ chat }) => `- ${chat}`),
].join("\n");
