/** Serves MCP over the standard streams until the client goes away. */
import { serveStdio } from "@modelcontextprotocol/server/stdio";
import type { Host } from "../platform/host.ts";
import { LineTransport } from "./line_transport.ts";
import type { Execute } from "./outcome.ts";
import { RunBook } from "./runs.ts";
import { createServerFactory, type ServerParts } from "./server.ts";

/** What serving needs. */
export interface ServeRequest extends Omit<ServerParts, "book"> {
  host: Host;
  execute: Execute;
  /** Hands over the lines of the client, resolves when it has gone. */
  readLines: (onLine: (line: string) => void) => Promise<void>;
  /** Ends the serving, as the end of the input does. */
  stopped: Promise<unknown>;
}

/** Connections to the service at once; the others stand in line. */
const PLACES = 12;
/** Paid jobs are cancelled within this. */
const CANCEL_TIMEOUT_MS = 12_000;

/** Resolves when the client has gone, and all that it had started has ended. */
export async function serveMcp(
  { execute, readLines, stopped, ...parts }: ServeRequest,
): Promise<void> {
  const { host } = parts;
  const book = new RunBook(execute, PLACES);
  const transport = new LineTransport((line) => host.write("stdout", line));
  const handle = serveStdio(createServerFactory({ ...parts, book }), { transport });
  const reading = readLines((line) => transport.receive(line));
  try {
    await Promise.race([reading, stopped]);
  } finally {
    await book.cancelAll(CANCEL_TIMEOUT_MS);
    await handle.close();
  }
}
