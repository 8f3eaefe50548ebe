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
  /** Ends the serving, as the end of the input does. */
  stopped: Promise<unknown>;
}

/** Connections to the service at once; the others stand in line. */
const PLACES = 12;
/** A message holds at most a piece of `import_media`, which is base64 of 2 MiB. */
const MAX_LINE_BYTES = 16 * 1024 * 1024;
/** Paid jobs are cancelled within this. */
const CANCEL_TIMEOUT_MS = 12_000;

/** Resolves when the client has gone, and all that it had started has ended. */
export async function serveMcp({ execute, stopped, ...parts }: ServeRequest): Promise<void> {
  const { host } = parts;
  const book = new RunBook(execute, PLACES);
  const transport = new LineTransport((line) => host.write("stdout", line));
  const handle = serveStdio(createServerFactory({ ...parts, book }), { transport });
  const reading = host.readLines({
    maxLineBytes: MAX_LINE_BYTES,
    onLine: (line) => transport.receive(line),
  });
  try {
    await Promise.race([reading, stopped]);
  } finally {
    await book.cancelAll(CANCEL_TIMEOUT_MS);
    await handle.close();
  }
}
