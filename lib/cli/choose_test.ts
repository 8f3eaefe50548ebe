import { assertEquals } from "@std/assert";
import { ACTIONS, chooseCommand } from "./choose.ts";
import type { Options } from "./flags/table.ts";

Deno.test("each action has its command", () => {
  const rows: [Options, string][] = [
    [{}, "generate"],
    [{ video: true }, "generate"],
    [{ multiAngle: true }, "generate"],
    [{ version: true }, "version"],
    [{ doctor: true }, "doctor"],
    [{ memorySet: ["k", "v"] }, "memory"],
    [{ personalitySet: "" }, "personality"],
    [{ personaAdd: "Mara" }, "persona"],
    [{ persona: ["Mara"] }, "generate"],
    [{ getApiModel: "x" }, "api-models"],
    [{ listReplays: true }, "replay"],
    [{ dispatchTool: "x" }, "contract-debug"],
    [{ storyboardPlan: true }, "storyboard-plan"],
    [{ apiChat: true }, "api-chat"],
    [{ durableChat: true }, "durable-chat"],
    [{ apiWorkflow: true }, "workflow"],
    [{ getWorkflow: "" }, "workflow"],
    [{ extractLastFrame: ["a", "b"] }, "extract-last-frame"],
    [{ extractFirstFrame: ["a", "b"] }, "extract-first-frame"],
    [{ concatVideos: ["o", "a", "b"] }, "concat"],
    [{ remixAudio: ["a", "b"] }, "remix"],
    [{ listMedia: "all" }, "list-media"],
    [{ balance: true }, "balance"],
    [{ estimateVideoCost: true, video: true }, "estimate"],
    [{ estimate: true }, "estimate"],
  ];
  for (const [options, command] of rows) assertEquals(chooseCommand(options), command);
});

Deno.test("of several actions the one with the higher priority runs", () => {
  const commands = ACTIONS.map(([command]) => command);
  for (let first = 0; first < commands.length; first++) {
    const all = ACTIONS.slice(first).flatMap(([, keys]) => keys.map((key) => [key, true]));
    assertEquals(chooseCommand(Object.fromEntries(all)), commands[first]);
  }
});
