/**
 * WebSocket frames, the server's side (RFC 6455). The sandbox speaks the protocol itself: it must
 * run in a worker without environment or file access, and must be able to misbehave on demand.
 */

/** Kinds of frames. */
export const OPCODE = { continuation: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const;

/** A whole message, or a control frame. */
export interface Message {
  readonly opcode: number;
  readonly payload: Uint8Array<ArrayBuffer>;
}

/** What the peer did wrong, with the close code that says so. */
export class ProtocolError extends Error {
  override readonly name = "ProtocolError";
  readonly closeCode: number;

  constructor(closeCode: number, message: string) {
    super(message);
    this.closeCode = closeCode;
  }
}

const MAX_MESSAGE_BYTES = 16 * 1024 * 1024;

/** One unmasked, final frame. */
export function encodeFrame(opcode: number, payload: Uint8Array): Uint8Array<ArrayBuffer> {
  const length = payload.byteLength;
  const extra = length < 126 ? 0 : length < 65_536 ? 2 : 8;
  const frame = new Uint8Array(2 + extra + length);
  const view = new DataView(frame.buffer);
  frame[0] = 0x80 | opcode;
  frame[1] = extra === 0 ? length : extra === 2 ? 126 : 127;
  if (extra === 2) view.setUint16(2, length);
  if (extra === 8) view.setBigUint64(2, BigInt(length));
  frame.set(payload, 2 + extra);
  return frame;
}

/** A close frame; a code that may not be sent (1005, 1006) makes an empty one. */
export function encodeClose(code: number, reason: string): Uint8Array<ArrayBuffer> {
  if (code === 1005 || code === 1006) return encodeFrame(OPCODE.close, new Uint8Array());
  const text = new TextEncoder().encode(reason).subarray(0, 123);
  const payload = new Uint8Array(2 + text.byteLength);
  new DataView(payload.buffer).setUint16(0, code);
  payload.set(text, 2);
  return encodeFrame(OPCODE.close, payload);
}

/** Collects bytes from the wire into messages. */
export class FrameReader {
  #pending = new Uint8Array();
  #parts: Uint8Array[] = [];
  #opcode = 0;

  /**
   * @returns the messages that are complete now
   * @throws ProtocolError when the peer breaks the protocol or sends too much
   */
  push(chunk: Uint8Array): Message[] {
    this.#pending = join([this.#pending, chunk]);
    const messages: Message[] = [];
    for (let frame = this.#next(); frame; frame = this.#next()) {
      const message = this.#assemble(frame);
      if (message) messages.push(message);
    }
    return messages;
  }

  #next(): (Message & { final: boolean }) | undefined {
    const bytes = this.#pending;
    const [first, second] = [bytes[0], bytes[1]];
    if (first === undefined || second === undefined) return undefined;
    if ((first & 0x70) !== 0) throw new ProtocolError(1002, "reserved bits are set");
    if ((second & 0x80) === 0) throw new ProtocolError(1002, "a client frame must be masked");
    const short = second & 0x7f;
    const extra = short === 126 ? 2 : short === 127 ? 8 : 0;
    const start = 2 + extra + 4;
    if (bytes.byteLength < start) return undefined;
    const view = new DataView(bytes.buffer, bytes.byteOffset);
    const length = extra === 0 ? short : extra === 2 ? view.getUint16(2) : bigLength(view);
    if (length > MAX_MESSAGE_BYTES) throw new ProtocolError(1009, "the message is too large");
    if (bytes.byteLength < start + length) return undefined;
    const mask = bytes.subarray(start - 4, start);
    const payload = bytes.slice(start, start + length);
    for (let index = 0; index < length; index++) {
      payload[index] = (payload[index] ?? 0) ^ (mask[index & 3] ?? 0);
    }
    this.#pending = bytes.slice(start + length);
    return { opcode: first & 0x0f, final: (first & 0x80) !== 0, payload };
  }

  #assemble(frame: Message & { final: boolean }): Message | undefined {
    if (frame.opcode >= OPCODE.close) return frame;
    if (frame.opcode === OPCODE.continuation) {
      if (this.#parts.length === 0) throw new ProtocolError(1002, "nothing to continue");
    } else if (this.#parts.length > 0) {
      throw new ProtocolError(1002, "the message before is not complete");
    } else this.#opcode = frame.opcode;
    this.#parts.push(frame.payload);
    const size = this.#parts.reduce((sum, part) => sum + part.byteLength, 0);
    if (size > MAX_MESSAGE_BYTES) throw new ProtocolError(1009, "the message is too large");
    if (!frame.final) return undefined;
    const payload = join(this.#parts);
    this.#parts = [];
    return { opcode: this.#opcode, payload };
  }
}

function bigLength(view: DataView): number {
  const length = view.getBigUint64(2);
  if (length > BigInt(MAX_MESSAGE_BYTES)) throw new ProtocolError(1009, "the message is too large");
  return Number(length);
}

function join(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const size = parts.reduce((sum, part) => sum + part.byteLength, 0);
  const whole = new Uint8Array(size);
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.byteLength;
  }
  return whole;
}
