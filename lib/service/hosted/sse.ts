/** Server-sent events: bytes in, frames out. */

/** One frame. */
export interface SseFrame {
  /** `id:` of this very frame. */
  readonly id?: string;
  /** `message` when the frame names none. */
  readonly event: string;
  /** The `data:` lines joined; parsed when they are JSON. `undefined` when there were none. */
  readonly data: unknown;
  /** Milliseconds of a `retry:` field. */
  readonly retry?: number;
}

/** A parser that takes the stream in pieces of any size. */
export interface SseParser {
  /** Frames that this piece completes. */
  push(bytes: Uint8Array): SseFrame[];
  /** What was begun and not ended by an empty line, if anything. */
  end(): SseFrame[];
}

/** Makes a parser. Lines may end in LF, CRLF or CR, also mixed. */
export function createSseParser(): SseParser {
  const decoder = new TextDecoder();
  let rest = "";
  let afterCarriageReturn = false;
  let fields = newFields();

  function pushText(text: string): SseFrame[] {
    // A CRLF may be cut in two: the CR has ended the line already.
    let added = text;
    if (afterCarriageReturn && added !== "") {
      afterCarriageReturn = false;
      if (added.startsWith("\n")) added = added.slice(1);
    }
    if (added.endsWith("\r")) afterCarriageReturn = true;
    const lines = (rest + added).split(/\r\n|\r|\n/);
    rest = lines.pop() ?? "";
    const frames: SseFrame[] = [];
    for (const line of lines) {
      if (line !== "") readLine(line, fields);
      else frames.push(...takeFrame());
    }
    return frames;
  }

  function takeFrame(): SseFrame[] {
    const frame = toFrame(fields);
    fields = newFields();
    return frame ? [frame] : [];
  }

  return {
    push: (bytes) => pushText(decoder.decode(bytes, { stream: true })),
    end() {
      const frames = pushText(decoder.decode());
      if (rest !== "") readLine(rest, fields);
      rest = "";
      return [...frames, ...takeFrame()];
    },
  };
}

interface Fields {
  id: string | undefined;
  event: string | undefined;
  data: string[];
  retry: number | undefined;
}

function newFields(): Fields {
  return { id: undefined, event: undefined, data: [], retry: undefined };
}

function readLine(line: string, fields: Fields): void {
  if (line.startsWith(":")) return;
  const colon = line.indexOf(":");
  const name = colon < 0 ? line : line.slice(0, colon);
  const value = colon < 0 ? "" : line.slice(colon + 1).replace(/^ /, "");
  if (name === "data") fields.data.push(value);
  else if (name === "event") fields.event = value;
  else if (name === "id" && !value.includes("\0")) fields.id = value;
  else if (name === "retry" && /^\d+$/.test(value)) fields.retry = Number(value);
}

function toFrame(fields: Fields): SseFrame | undefined {
  const { id, event, data, retry } = fields;
  if (id === undefined && event === undefined && data.length === 0 && retry === undefined) {
    return undefined;
  }
  return {
    event: event === undefined || event === "" ? "message" : event,
    data: data.length === 0 ? undefined : parseData(data.join("\n")),
    ...(id === undefined || id === "" ? {} : { id }),
    ...(retry === undefined ? {} : { retry }),
  };
}

function parseData(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
