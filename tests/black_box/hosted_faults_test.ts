/** Whatever goes wrong with a hosted call: one coded error, and never the key or a signed address. */
import { assert, assertEquals } from "@std/assert";
import * as fs from "node:fs/promises";
import {
  type RecordedRequest,
  type ScriptedAnswer,
  startRecordingServer,
} from "../../lib/service/hosted/testing/recording_server.ts";
import { inPlace, onlyObject, type Place } from "../support/agent.ts";

const KEY = "secret-key-0123456789abcdef";
const SIGNATURE = "5ecre7519na7ure";
const MIB = 1024 * 1024;
/** An error tells what happened; it is no place for a whole page. */
const MAX_OUTPUT_BYTES = 64 * 1024;

type Answer = (request: RecordedRequest, origin: string) => ScriptedAnswer;

interface Fault {
  argv: string[];
  code: string;
  answer?: Answer;
  /** Requests that reach the server; not looked at unless given. */
  requests?: number;
  env?: Record<string, string>;
}

const CHAT = ["--api-chat", "Hi"];
const signed = (origin: string) => `${origin}/put?X-Amz-Signature=${SIGNATURE}`;

/** A failure that tells everything it should not. */
function leaky(status: number, message = `no: Bearer ${KEY}`): Answer {
  return (_request, origin) => ({
    status,
    body: { status: "error", message, url: signed(origin), headers: { "api-key": KEY } },
  });
}

function chatStatus(status: number, code: string): [string, Fault] {
  return [`status ${status}`, { argv: CHAT, code, answer: leaky(status), requests: 1 }];
}

const storage = (put: ScriptedAnswer): Answer => ({ url, method }, origin) => {
  if (method === "PUT") return put;
  return url.includes("uploadUrl") ? { body: { data: { uploadUrl: signed(origin) } } } : {};
};

const steps = (...toolNames: string[]) =>
  JSON.stringify({ steps: toolNames.map((toolName) => ({ toolName, arguments: {} })) });
const workflow = (input: string) => ["--api-workflow", "--workflow-input", input];

const FAULTS: Readonly<Record<string, Fault>> = Object.fromEntries<Fault>([
  chatStatus(400, "API_REQUEST_FAILED"),
  chatStatus(401, "INVALID_API_KEY"),
  chatStatus(402, "INSUFFICIENT_BALANCE"),
  chatStatus(403, "API_REQUEST_FAILED"),
  chatStatus(404, "API_REQUEST_FAILED"),
  chatStatus(409, "API_REQUEST_FAILED"),
  chatStatus(413, "API_REQUEST_FAILED"),
  chatStatus(429, "RATE_LIMITED"),
  chatStatus(500, "API_REQUEST_FAILED"),
  chatStatus(503, "API_REQUEST_FAILED"),
  ["an HTML error page", {
    argv: CHAT,
    code: "API_REQUEST_FAILED",
    answer: () => ({
      status: 502,
      headers: { "content-type": "text/html" },
      body: `<html><head><title>502</title></head><body>${KEY}</body></html>`,
    }),
  }],
  ["10 MiB of HTML", {
    argv: CHAT,
    code: "API_REQUEST_FAILED",
    answer: () => ({ status: 500, body: `<html>${"<p>x</p>".repeat(10 * MIB / 8)}</html>` }),
  }],
  ["10 MiB of JSON", {
    argv: CHAT,
    code: "API_REQUEST_FAILED",
    answer: () => ({ status: 400, body: { message: "x".repeat(10 * MIB), list: [KEY] } }),
  }],
  ["10 MiB of a deep list", {
    argv: CHAT,
    code: "API_REQUEST_FAILED",
    answer: () => ({ status: 400, body: { list: Array(200_000).fill({ text: "y".repeat(40) }) } }),
  }],
  ["truncated JSON in an error", {
    argv: CHAT,
    code: "API_REQUEST_FAILED",
    answer: () => ({ status: 400, body: `{"message":"broken ${KEY}` }),
  }],
  ["a body that is cut off", {
    argv: CHAT,
    code: "CONNECTION_FAILED",
    answer: () => ({ body: '{"choices":[{"mess', breakOff: true }),
    requests: 1,
  }],
  ["a start that answers with an HTML page", {
    argv: ["--durable-chat", "Hi"],
    code: "DURABLE_CHAT_NO_RUN_ID",
    answer: () => ({ body: "<html>login</html>" }),
    requests: 1,
  }],
  ["a redirect to another origin", {
    argv: CHAT,
    code: "API_REQUEST_FAILED",
    answer: () => ({ status: 302, headers: { location: "https://93.184.216.34/steal" } }),
    requests: 1,
  }],
  ["a stream that is refused", {
    argv: ["--stream-workflow", "wf_1"],
    code: "API_STREAM_FAILED",
    answer: leaky(404),
    requests: 1,
  }],
  ["storage that refuses", {
    argv: ["--durable-chat", "--ref", "a.png", "Hi"],
    code: "MEDIA_UPLOAD_FAILED",
    answer: storage({ status: 403, body: `<Error>${SIGNATURE}</Error>` }),
    requests: 2,
  }],
  ["storage that redirects", {
    argv: ["--durable-chat", "--ref", "a.png", "Hi"],
    code: "MEDIA_UPLOAD_FAILED",
    answer: storage({ status: 307, headers: { location: "https://93.184.216.34/steal" } }),
    requests: 2,
  }],
  ["a result that is gone", {
    argv: ["--get-workflow", "wf_1", "-o", "x.png"],
    code: "DOWNLOAD_FAILED",
    answer: ({ url }, origin) =>
      url.startsWith("/put") ? { status: 404 } : {
        body: {
          data: {
            workflow: {
              workflowId: "wf_1",
              status: "completed",
              artifacts: [{ type: "image", url: signed(origin) }],
            },
          },
        },
      },
  }],
  ["bad JSON", { argv: workflow("{nope"), code: "INVALID_WORKFLOW_INPUT", requests: 0 }],
  ["no steps", { argv: workflow("{}"), code: "INVALID_WORKFLOW_INPUT", requests: 0 }],
  ["a step that is none", {
    argv: workflow('{"steps":[{"toolName":"generate_image"}]}'),
    code: "INVALID_WORKFLOW_INPUT",
    requests: 0,
  }],
  ["a step that the service does not know", {
    argv: workflow(steps("make_coffee")),
    code: "API_REQUEST_FAILED",
    answer: leaky(422, "unknown tool make_coffee"),
    requests: 1,
  }],
  ["a file of steps that is missing", {
    argv: workflow("@nowhere.json"),
    code: "INVALID_WORKFLOW_INPUT",
    requests: 0,
  }],
  ["a reference that is missing", {
    argv: ["--api-chat", "--ref", "nowhere.png", "Hi"],
    code: "MEDIA_REFERENCE_NOT_FOUND",
    requests: 0,
  }],
  ["a replay record that is none", {
    argv: ["--ingest-replay", '{"run":1}'],
    code: "INVALID_REPLAY_INPUT",
    requests: 0,
  }],
  ["a reference on this network", {
    argv: ["--durable-chat", "--ref", `https://10.0.0.7/a.png?X-Amz-Signature=${SIGNATURE}`, "Hi"],
    code: "INVALID_URL",
    requests: 0,
  }],
  ["an origin on this network", {
    argv: ["--list-workflows", "--api-base-url", "https://169.254.169.254"],
    code: "UNSAFE_API_BASE_URL",
    requests: 0,
    env: { SOGNI_ALLOW_UNSAFE_API_BASE_URL: "" },
  }],
]);

const AT_ONCE = 3;
/** Text mode shows what JSON mode shows; a few faults are enough to see that. */
const IN_TEXT = ["status 401", "10 MiB of HTML", "storage that refuses", "no steps"];

for (const json of [true, false]) {
  Deno.test(`hosted faults: ${json ? "one object with a code" : "one Error: line"}`, async () => {
    const names = json ? Object.keys(FAULTS) : IN_TEXT;
    await inPlace(async (place) => {
      await fs.writeFile(place.path("a.png"), new Uint8Array([137, 80, 78, 71, 13, 10, 26, 10]));
      const work = async () => {
        for (let name = names.pop(); name !== undefined; name = names.pop()) {
          await checkFault(place, name, json);
        }
      };
      await Promise.all(Array.from({ length: AT_ONCE }, work));
    });
  });
}

async function checkFault({ run }: Place, name: string, json: boolean): Promise<void> {
  const fault = FAULTS[name];
  assert(fault, name);
  const { argv, code, answer, requests, env } = fault;
  await using server = await startRecordingServer((request, _index, origin) =>
    answer?.(request, origin) ?? {}
  );
  const ended = await run([...argv, ...json ? ["--json"] : []], {
    env: {
      SOGNI_API_KEY: KEY,
      SOGNI_API_BASE_URL: server.origin,
      SOGNI_ALLOW_UNSAFE_API_BASE_URL: "1",
      ...env,
    },
  });
  const output = ended.stdout + ended.stderr;
  assertEquals(ended.code, 1, `${name}\n${output.slice(0, 2000)}`);
  if (json) {
    const { success, errorCode, error } = onlyObject(ended);
    assertEquals([success, errorCode], [false, code], `${name}: ${error}`);
  } else {
    assertEquals(ended.stdout, "", name);
    assertEquals(ended.stderr.match(/^Error: /gm)?.length, 1, `${name}\n${ended.stderr}`);
  }
  assert(output.length < MAX_OUTPUT_BYTES, `${name}: ${output.length} bytes`);
  for (const secret of [KEY, SIGNATURE]) assert(!output.includes(secret), `${name}: ${output}`);
  if (requests !== undefined) assertEquals(server.requests.length, requests, name);
}
