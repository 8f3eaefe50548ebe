/** A loopback server that keeps what it is sent; tests assert on that. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";

/** A request as it arrived. */
export interface RecordedRequest {
  readonly method: string;
  /** Path with query. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** The body as JSON; `undefined` when it is not. */
  readonly json: unknown;
}

/** What a test answers with. */
export interface ScriptedAnswer {
  status?: number;
  headers?: Record<string, string>;
  /** An object is sent as JSON; a list of texts piece by piece. */
  body?: unknown;
  /** Break the connection after the body. */
  breakOff?: boolean;
  /** Never answer. */
  silent?: boolean;
}

/** The server of one test. */
export interface RecordingServer extends AsyncDisposable {
  readonly origin: string;
  readonly requests: RecordedRequest[];
  /** `METHOD /path?query` of each request, in order. */
  lines(): string[];
}

/** Starts a server; it stops when disposed of. */
export async function startRecordingServer(
  answer: (request: RecordedRequest, index: number, origin: string) => ScriptedAnswer,
): Promise<RecordingServer> {
  const requests: RecordedRequest[] = [];
  let origin = "";
  const server = createServer(async (incoming, response) => {
    const body = await readBody(incoming);
    const request = {
      method: incoming.method ?? "",
      url: incoming.url ?? "",
      headers: Object.fromEntries(
        Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]),
      ),
      body,
      json: tryJson(body),
    };
    requests.push(request);
    await write(response, answer(request, requests.length - 1, origin));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  origin = `http://127.0.0.1:${typeof address === "object" && address ? address.port : 0}`;
  return {
    origin,
    requests,
    lines: () => requests.map(({ method, url }) => `${method} ${url}`),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await closed(server);
    },
  };
}

// Deno 2.6 waits for ever for an answer that was cut before its first byte.
function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const patience = setTimeout(resolve, 100);
    server.close(() => {
      clearTimeout(patience);
      resolve();
    });
  });
}

// By events, not by iteration: on Deno 2.6 iterating a request without a body never ends.
function readBody(incoming: IncomingMessage): Promise<string> {
  return new Promise((resolve, reject) => {
    const decoder = new TextDecoder();
    let text = "";
    incoming.on("data", (chunk: Uint8Array) => text += decoder.decode(chunk, { stream: true }));
    incoming.on("end", () => resolve(text + decoder.decode()));
    incoming.on("error", reject);
  });
}

async function write(response: ServerResponse, answer: ScriptedAnswer): Promise<void> {
  if (answer.silent) return;
  const { body = {} } = answer;
  const pieces = Array.isArray(body) ? body.map(String) : undefined;
  response.writeHead(answer.status ?? 200, {
    "content-type": pieces ? "text/event-stream" : "application/json",
    ...answer.headers,
  });
  if (pieces) {
    for (const piece of pieces) {
      response.write(piece);
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
  } else {
    response.write(typeof body === "string" ? body : JSON.stringify(body));
  }
  if (answer.breakOff) response.destroy(new Error("the test breaks the connection off"));
  else response.end();
}

function tryJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
