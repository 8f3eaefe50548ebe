/** Hosted modes, upkeep, and trying things out. */
import { BOTH, CORE, type Example, NETWORK, row, WORKFLOW_ID } from "./example.ts";

/** In the order in which they are shown. */
export const SERVICE_EXAMPLES: readonly Example[] = [
  row("hosted", "chat", "run", "ask the hosted assistant", [
    "--api-chat",
    "Plan four shots for a film about a red shoe",
  ]),
  row("hosted", "chat-file", "run", "with a local picture, which is uploaded", [
    "--api-chat",
    "--ref",
    "product.jpg",
    "make a launch poster of this and say what you changed",
  ]),
  row("hosted", "chat-reasoning", "run", "another kind of task", [
    "--api-chat",
    "--task-profile",
    "reasoning",
    "--no-thinking",
    "plan a launch in short steps",
  ]),
  row("hosted", "durable-chat", "run", "a run that outlives the connection", [
    "--durable-chat",
    "storyboard a launch and render its first picture",
  ]),
  row("hosted", "models", "run", "language models", ["--list-api-models"]),
  row("hosted", "workflow", "run", "key picture, then clip", [
    "--api-workflow",
    "--video-prompt",
    "the camera closes in as the drawing wakes",
    "a pencil robot on a desk",
  ], CORE),
  row("hosted", "workflow-cost", NETWORK, "with a ceiling", [
    "--api-workflow",
    "--ref",
    "https://example.com/sketch.png",
    "--workflow-max-cost",
    "25",
    "--confirm-cost",
    "--video-prompt",
    "the camera closes in",
    "animate this sketch",
  ]),
  row("hosted", "workflow-input", "run", "steps that you write", [
    "--json",
    "--api-workflow",
    "--workflow-input",
    "@workflow.json",
  ], BOTH),
  row("hosted", "storyboard", "run", "a storyboard film", [
    "--api-workflow",
    "storyboard-video",
    "--storyboard-frames",
    "6",
    "--duration",
    "12",
    "-Q",
    "hq",
    "9:16 film for a bakery, neon window at the end",
  ]),
  row("hosted", "workflow-list", "run", "your workflows", [
    "--json",
    "--list-workflows",
  ]),
  row("hosted", "workflow-watch", WORKFLOW_ID, "follow one", [
    "--watch-workflow",
    "ID",
  ]),
  row("hosted", "workflow-get", WORKFLOW_ID, "look at one", [
    "--json",
    "--get-workflow",
    "ID",
  ]),
  row("hosted", "workflow-cancel", WORKFLOW_ID, "end one", [
    "--cancel-workflow",
    "ID",
  ]),
  row("hosted", "workflow-resume", WORKFLOW_ID, "go on with one", [
    "--resume-workflow",
    "ID",
  ]),
  row("hosted", "replays", "run", "recorded runs", ["--list-replays", "20"]),
  row("upkeep", "last", "run", "the last render", ["--json", "--last"], BOTH),
  row("upkeep", "balance", "run", "the balance", ["--json", "--balance"], CORE),
  row("upkeep", "help", "run", "everything about a group of flags", [
    "--help",
    "video",
  ], BOTH),
  row("upkeep", "whats-new", "run", "what is new since a version", [
    "--whats-new",
    "3.9.0",
  ], CORE),
  row("try", "sandbox", "run", "try without account or cost", [
    "--sandbox",
    "-o",
    "try.png",
    "a lighthouse",
  ], CORE),
  row("try", "dry-run", "plan", "the plan only; nothing is sent", [
    "--dry-run",
    "--json",
    "a fox",
  ], CORE),
];
