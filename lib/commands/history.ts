/** `sogni-agent history`: what was made, found again and made again. */
import type { CommandRun } from "./context.ts";

/** `rerun ID` makes it again; every other word is searched for. */
export const run: CommandRun = async (context) => {
  const [first, ...rest] = context.invocation.words;
  if (first === "rerun") {
    const { rerun } = await import("./history/rerun.ts");
    return await rerun(context, rest);
  }
  const { search } = await import("./history/search.ts");
  return await search(context);
};
