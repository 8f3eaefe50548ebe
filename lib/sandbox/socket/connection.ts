/** One WebSocket connection, from the upgrade to the close. */
import { createHash } from "node:crypto";
import process from "node:process";
import type { Duplex } from "node:stream";
import {
  encodeClose,
  encodeFrame,
  FrameReader,
  type Message,
  OPCODE,
  ProtocolError,
} from "./frames.ts";

/** What a connection tells its owner. */
export interface ConnectionEvents {
  onText(text: string): void;
  /** Called once, however the connection ends. */
  onClose(): void;
}

/** A connection that is open. */
export interface Connection {
  send(text: string): void;
  /** Says goodbye with a code and ends when the peer has answered, or soon. */
  close(code: number, reason?: string): void;
  /** Cuts the wire without a goodbye. */
  cut(): void;
}

const ACCEPT_SUFFIX = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
/** Milliseconds that a peer has to answer a close. */
const CLOSE_PATIENCE = 1000;

/**
 * Refuses the upgrade with an HTTP status. Deno 2.6 can write nothing but a success here: there the
 * connection is opened and cut, which a client takes for the same abnormal end (1006).
 */
export function refuseUpgrade(socket: Duplex, key: string, status: number, reason: string): void {
  socket.on("error", () => socket.destroy());
  if (process.versions.deno?.startsWith("2.6.")) {
    socket.write(switchingProtocols(key), () => socket.destroy());
    return;
  }
  socket.end(`HTTP/1.1 ${status} ${reason}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

/**
 * Completes the upgrade.
 * @param key value of `Sec-WebSocket-Key`
 * @param head bytes that came together with the request
 */
export function acceptUpgrade(
  socket: Duplex,
  key: string,
  head: Uint8Array,
  events: ConnectionEvents,
): Connection {
  const reader = new FrameReader();
  let open = true;
  let closing = false;
  let patience: ReturnType<typeof setTimeout> | undefined;

  const ended = () => {
    clearTimeout(patience);
    if (!open) return;
    open = false;
    events.onClose();
  };
  const cut = () => {
    socket.destroy();
    ended();
  };
  const write = (bytes: Uint8Array) => {
    if (open && !socket.destroyed) socket.write(bytes);
  };
  const close = (code: number, reason = "") => {
    if (closing) return;
    closing = true;
    write(encodeClose(code, reason));
    patience = setTimeout(cut, CLOSE_PATIENCE);
  };
  const answer = (message: Message) => {
    if (message.opcode === OPCODE.ping) write(encodeFrame(OPCODE.pong, message.payload));
    else if (message.opcode === OPCODE.close) {
      if (!closing) write(encodeFrame(OPCODE.close, message.payload));
      closing = true;
      socket.end();
      ended();
    } else if (message.opcode === OPCODE.text && !closing) {
      events.onText(new TextDecoder().decode(message.payload));
    }
  };
  const receive = (chunk: Uint8Array) => {
    try {
      for (const message of reader.push(chunk)) answer(message);
    } catch (error) {
      close(error instanceof ProtocolError ? error.closeCode : 1011, "protocol error");
    }
  };

  socket.on("error", ended);
  socket.on("close", ended);
  socket.on("end", cut);
  socket.write(switchingProtocols(key));
  socket.on("data", receive);
  if (head.byteLength > 0) receive(head);
  return {
    send: (text) => write(encodeFrame(OPCODE.text, new TextEncoder().encode(text))),
    close,
    cut,
  };
}

function switchingProtocols(key: string): string {
  const accept = createHash("sha1").update(key + ACCEPT_SUFFIX).digest("base64");
  return "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n" +
    `Sec-WebSocket-Accept: ${accept}\r\n\r\n`;
}
