/** MCP over lines of text: one JSON-RPC message a line. */
import {
  deserializeMessage,
  type JSONRPCMessage,
  type Transport,
} from "@modelcontextprotocol/server";

/** Codes of JSON-RPC for what is no message. */
const PARSE_ERROR = -32700;
const INVALID_REQUEST = -32600;

/** A transport that is fed with lines and writes lines. */
export class LineTransport implements Transport {
  onclose?: () => void;
  onerror?: (error: Error) => void;
  onmessage?: Transport["onmessage"];
  #closed = false;

  /** @param writeLine takes a whole line with its end */
  constructor(readonly writeLine: (line: string) => void) {}

  start(): Promise<void> {
    return Promise.resolve();
  }

  /** Takes one line of the client's. */
  receive(line: string): void {
    if (line.trim() === "" || this.#closed) return;
    let message: JSONRPCMessage;
    try {
      message = deserializeMessage(line);
    } catch (error) {
      const [code, text] = isJson(line)
        ? [INVALID_REQUEST, "Invalid request"]
        : [PARSE_ERROR, "Parse error"];
      this.#write({ jsonrpc: "2.0", id: null, error: { code, message: text } });
      this.onerror?.(error instanceof Error ? error : new Error(String(error)));
      return;
    }
    this.onmessage?.(message);
  }

  send(message: JSONRPCMessage): Promise<void> {
    this.#write(message);
    return Promise.resolve();
  }

  close(): Promise<void> {
    if (!this.#closed) {
      this.#closed = true;
      this.onclose?.();
    }
    return Promise.resolve();
  }

  #write(message: unknown): void {
    if (!this.#closed) this.writeLine(`${JSON.stringify(message)}\n`);
  }
}

function isJson(line: string): boolean {
  try {
    JSON.parse(line);
    return true;
  } catch {
    return false;
  }
}
