/** The envelope of every socket message: a type, and its data as base64 of UTF-8 JSON. */
import { Buffer } from "node:buffer";
import { isObject } from "../http/reply.ts";

/** A decoded message. */
export interface Envelope {
  readonly type: string;
  /** An object, but for `changeNetwork`, whose data is a string. */
  readonly data: unknown;
}

/** The text frame that carries a message. */
export function encodeEnvelope(type: string, data: unknown): string {
  return JSON.stringify({
    type,
    data: Buffer.from(JSON.stringify(data), "utf8").toString("base64"),
  });
}

/** @returns `undefined` for anything that is not an envelope */
export function decodeEnvelope(text: string): Envelope | undefined {
  try {
    const outer: unknown = JSON.parse(text);
    if (!isObject(outer) || typeof outer.type !== "string" || typeof outer.data !== "string") {
      return undefined;
    }
    return {
      type: outer.type,
      data: JSON.parse(Buffer.from(outer.data, "base64").toString("utf8")),
    };
  } catch {
    return undefined;
  }
}
