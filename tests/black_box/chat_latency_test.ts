/** How soon a watcher sees what has arrived. */
import { assert, assertEquals } from "@std/assert";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { agentKind, type AgentRun, inPlace } from "../support/agent.ts";
import { hasTerminals, ON_TERMINAL } from "../support/terminal.ts";

const LIMIT_MS = 30;
const PAUSE_MS = 60;
const RUNS = 3;
const TOKENS = Array.from({ length: 6 }, (_, index) => `token${index} `);

type Send = (response: ServerResponse, data: string) => void;

/** How a mode of chat sends a token and its end. */
interface Mode {
  flag: string;
  token: (text: string, at: number) => string;
  end: string;
}

const MODES: readonly Mode[] = [
  {
    flag: "--api-chat",
    token: (content) => event({ choices: [{ delta: { content } }] }),
    end: "data: [DONE]\n\n",
  },
  {
    flag: "--durable-chat",
    token: (content, sequence) =>
      event({ sequence, type: "assistant_message_delta", payload: { content } }),
    end: event({ sequence: 99, type: "run_completed", payload: { status: "completed" } }),
  },
];

function event(data: unknown): string {
  return `data: ${JSON.stringify(data)}\n\n`;
}

/** Milliseconds from each token's leaving the service to its being seen. */
async function latencies(mode: Mode): Promise<number[]> {
  const { token, end } = mode;
  const sentAt: number[] = [];
  const seenAt: number[] = [];
  const speak = async (response: ServerResponse) => {
    response.writeHead(200, { "content-type": "text/event-stream" });
    for (const [at, text] of TOKENS.entries()) {
      sentAt.push(performance.now());
      response.write(token(text, at + 1));
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
    response.end(end);
  };
  const server = createServer((request, response) => {
    request.resume().on("end", () => {
      if (request.url?.endsWith("/runs")) response.end('{"data":{"run":{"runId":"r1"}}}');
      else speak(response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  try {
    await inPlace(async ({ run }) => {
      const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      const ended: AgentRun = await run([mode.flag, "say it"], {
        wrapper: ON_TERMINAL,
        env: {
          SOGNI_API_KEY: "key-of-latency",
          SOGNI_API_BASE_URL: origin,
          SOGNI_ALLOW_UNSAFE_API_BASE_URL: "1",
        },
        onStart: ({ stdout }) => {
          let seen = "";
          stdout?.on("data", (text: string) => {
            seen += text;
            while (seen.includes(`token${seenAt.length}`)) seenAt.push(performance.now());
          });
        },
      });
      assertEquals(ended.code, 0, ended.stdout);
      assert(ended.stdout.includes(TOKENS.join("").trim()), ended.stdout);
    });
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
  assertEquals(seenAt.length, TOKENS.length);
  return sentAt.map((sent, index) => (seenAt[index] ?? Infinity) - sent);
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Infinity;
}

for (const mode of MODES) {
  Deno.test({
    name: `${mode.flag}: a watcher sees words within ${LIMIT_MS} ms of their arrival`,
    // What is measured is what users get; from the sources everything is compiled on the way.
    ignore: agentKind() === "sources" || !hasTerminals(),
    async fn() {
      const first: number[] = [];
      const all: number[] = [];
      // A busy machine delays some runs; a program that holds words back delays every one.
      for (let run = 0; run < RUNS; run++) {
        const found = await latencies(mode);
        first.push(found[0] ?? Infinity);
        all.push(...found);
      }
      const text = [first, all].map((values) => median(values).toFixed(1)).join(" and ");
      const shown = `first and every word seen after ${text} ms`;
      assert(median(first) < LIMIT_MS && median(all) < LIMIT_MS, shown);
    },
  });
}
