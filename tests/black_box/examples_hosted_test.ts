/** Every documented command line of the hosted modes, letter by letter, against the sandbox. */
import { assertEquals, assertMatch } from "@std/assert";
import * as fs from "node:fs/promises";
import { runProgram } from "../../lib/platform/child.ts";
import type { Sandbox } from "../../lib/sandbox/options.ts";
import { solidPng } from "../../lib/sandbox/testing/plain_artist.ts";
import type { Place } from "../support/agent.ts";
import { argumentsOf } from "../support/media_examples.ts";
import { withService } from "../support/service.ts";

/** One line, what it prints, and what reached the service. */
interface HostedExample {
  line: string;
  stdout: RegExp;
  requests: readonly string[];
}

const WORKFLOWS = "/v1/creative-agent/workflows";

const CHAT: readonly HostedExample[] = [
  {
    line: 'sogni-agent --api-chat "Plan four shots for a film about a red shoe"',
    stdout: /^Sandbox assistant: you said: Plan four shots for a film about a red shoe\n$/,
    requests: ["POST /v1/chat/completions"],
  },
  {
    line:
      'sogni-agent --api-chat --ref product.jpg "make a launch poster of this and say what you changed"',
    stdout: /I see 1 picture\. here is your picture\.\n\nTool calls:\n {2}- generate_image\n$/,
    requests: [
      "GET /v1/image/uploadUrl",
      "PUT /storage",
      "GET /v1/image/downloadUrl",
      "POST /v1/chat/completions",
    ],
  },
  {
    line:
      'sogni-agent --api-chat --task-profile reasoning --no-thinking "plan a launch in short steps"',
    stdout: /you said: plan a launch in short steps/,
    requests: ["POST /v1/chat/completions"],
  },
  {
    line: "sogni-agent --list-api-models",
    stdout: /^qwen3\.6-35b-a3b-gguf-iq4xs\t/m,
    requests: ["GET /v1/models"],
  },
  {
    line: "sogni-agent --get-api-model MODEL",
    stdout: /"id": "qwen3\.6-35b-a3b-gguf-iq4xs"/,
    requests: ["GET /v1/models/MODEL"],
  },
  {
    line: 'sogni-agent --durable-chat "storyboard a launch and render its first picture"',
    stdout: /here is your picture\.\n\nTool calls:\n {2}- generate_image\n$/,
    requests: ["POST /v1/chat/runs", "GET /v1/chat/runs/RUN/events/stream"],
  },
  {
    line: "sogni-agent --ingest-replay @run.json",
    stdout: /^Replay record: run_1\n$/,
    requests: ["POST /v1/replay/records"],
  },
  {
    line: "sogni-agent --list-replays 20",
    stdout: /^run_1\t/m,
    requests: ["GET /v1/replay/records"],
  },
  {
    line: "sogni-agent --get-replay RUN --json",
    stdout: /^\{"success":true,"type":"api-replay","action":"get","runId":"run_1",/,
    requests: ["GET /v1/replay/records/run_1"],
  },
];

const WORKFLOW: readonly HostedExample[] = [
  {
    line:
      'sogni-agent --api-workflow --video-prompt "the camera closes in as the drawing wakes" "a pencil robot on a desk"',
    stdout: /^Workflow: \S+\nStatus: {3}\w+\nTitle: {4}Generated keyframe to video\n/,
    requests: [`POST ${WORKFLOWS}`],
  },
  {
    line:
      'sogni-agent --api-workflow --ref https://HOST/sketch.png --workflow-max-cost 25 --confirm-cost --video-prompt "the camera closes in" "animate this sketch"',
    stdout: /^Workflow: /,
    requests: [`POST ${WORKFLOWS}`],
  },
  {
    line: "sogni-agent --api-workflow --workflow-input @workflow.json",
    stdout: /^Workflow: /,
    requests: [`POST ${WORKFLOWS}`],
  },
  {
    line:
      'sogni-agent --api-workflow storyboard-video --storyboard-frames 6 --duration 12 -Q hq "9:16 film for a bakery, neon window at the end"',
    stdout: /^Storyline:\n[\s\S]*SCENE 06[\s\S]*\nWorkflow: /,
    requests: ["POST /v1/chat/completions", `POST ${WORKFLOWS}`],
  },
  {
    line: "sogni-agent --watch-workflow ID",
    stdout: /^\[\S+\] workflow\S* [\s\S]*completed\n$/,
    requests: [`GET ${WORKFLOWS}/ID/events/stream`],
  },
  {
    line: "sogni-agent --list-workflows",
    stdout: /^ID\t\w+\t/m,
    requests: [`GET ${WORKFLOWS}`],
  },
  {
    line: "sogni-agent --get-workflow ID",
    stdout: /^Workflow: ID\nStatus: {3}completed\n[\s\S]*Artifacts:\n {2}- image: http/,
    requests: [`GET ${WORKFLOWS}/ID`],
  },
  {
    line: "sogni-agent --workflow-events ID",
    stdout: /^\[\n {2}\{/,
    requests: [`GET ${WORKFLOWS}/ID/events`],
  },
  {
    line: "sogni-agent --stream-workflow ID",
    stdout: /completed\n$/,
    requests: [`GET ${WORKFLOWS}/ID/events/stream`],
  },
  {
    line: "sogni-agent --cancel-workflow ID",
    stdout: /^Workflow: ID\n/,
    requests: [`POST ${WORKFLOWS}/ID/cancel`],
  },
  {
    line: "sogni-agent --api-workflow --workflow-input @asking.json",
    stdout: /^Workflow: /,
    requests: [`POST ${WORKFLOWS}`],
  },
  {
    line: "sogni-agent --resume-workflow ID",
    stdout: /^Workflow: ID\n/,
    requests: [`POST ${WORKFLOWS}/ID/resume`],
  },
];

const STEPS = {
  title: "Kite",
  steps: [{
    id: "still",
    toolName: "generate_image",
    arguments: { prompt: "a paper kite", width: 256, height: 256 },
  }],
};
/** A workflow that waits for its user, so that it can be resumed. */
const ASKING = {
  title: "Which kite",
  steps: [{ id: "ask", toolName: "ask_clarifying_question", arguments: { question: "Red?" } }],
};
const RECORD = { run_id: "run_1", schema_version: 1, user_request: "draw", rounds: [] };

async function runAll(
  examples: readonly HostedExample[],
  place: Place,
  service: Sandbox,
): Promise<void> {
  await fs.writeFile(place.path("product.jpg"), solidPng(8, 8, 1));
  await fs.writeFile(place.path("workflow.json"), JSON.stringify(STEPS));
  await fs.writeFile(place.path("asking.json"), JSON.stringify(ASKING));
  await fs.writeFile(place.path("run.json"), JSON.stringify(RECORD));
  let id = "";
  for (const { line, stdout, requests } of examples) {
    service.recorder.clear();
    const names: Readonly<Record<string, string>> = {
      HOST: "93.184.216.34",
      ID: id,
      RUN: "run_1",
      MODEL: "qwen3.6-35b-a3b-gguf-iq4xs",
    };
    const argv = argumentsOf(line).map((word) =>
      names[word] ?? word.replace("HOST", names.HOST ?? "")
    );
    const run = await place.run(argv);
    assertEquals(run.code, 0, `${line}\n${run.stderr}`);
    const shown = id === "" ? run.stdout : run.stdout.replaceAll(id, "ID");
    assertMatch(shown, stdout, line);
    const reached = service.recorder.rest.map(({ method, path }) => {
      const place = path.replace(/^\/storage\/.*/, "/storage").replace(/run_[\w-]{9,}/, "RUN");
      const named = place.replace(names.MODEL ?? "", "MODEL");
      return `${method} ${id === "" ? named : named.replace(id, "ID")}`;
    });
    assertEquals(reached, requests, line);
    // What was started by a file is what the later lines are about.
    if (line.includes("@")) id = /^Workflow: (\S+)/m.exec(run.stdout)?.[1] ?? "";
  }
}

const MEDIA = { mediaTools: { run: runProgram } };

Deno.test("chat: every documented line does what it says", () =>
  withService(MEDIA, (place, service) => runAll(CHAT, place, service)));

Deno.test("workflows: every documented line does what it says", () =>
  withService(MEDIA, (place, service) => runAll(WORKFLOW, place, service)));
