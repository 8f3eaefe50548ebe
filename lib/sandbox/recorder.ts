/** What reached the sandbox and what it answered, for tests that assert on the wire. */

/** One REST exchange. */
export interface RestRecord {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  /** The body decoded, when it is JSON. */
  readonly json: unknown;
  /** Status of the answer; 0 when the client left before it. */
  status: number;
}

/** One socket message, decoded. */
export interface FrameRecord {
  /** `in`: from the client. */
  readonly direction: "in" | "out";
  readonly appId: string;
  readonly type: string;
  readonly data: unknown;
}

/** Everything that was exchanged, in order. */
export interface Recorder {
  readonly rest: readonly RestRecord[];
  readonly frames: readonly FrameRecord[];
  /** Queries of each upgrade, in order. */
  readonly upgrades: readonly Readonly<Record<string, string>>[];
  /** REST records of one path (exactly, or by pattern). */
  requests(path: string | RegExp, method?: string): RestRecord[];
  /** Data of the messages of one type that the client sent. */
  received(type: string): unknown[];
  /** Data of the messages of one type that the sandbox sent. */
  sent(type: string): unknown[];
  request(record: RestRecord): void;
  frame(record: FrameRecord): void;
  upgrade(query: Readonly<Record<string, string>>): void;
  clear(): void;
}

/** @param enabled `false` keeps nothing, for a sandbox that serves a person and not a test */
export function createRecorder(enabled = true): Recorder {
  const rest: RestRecord[] = [];
  const frames: FrameRecord[] = [];
  const upgrades: Readonly<Record<string, string>>[] = [];
  const dataOf = (direction: FrameRecord["direction"], type: string) =>
    frames.filter((frame) => frame.direction === direction && frame.type === type)
      .map(({ data }) => data);
  const keep = <Item>(list: Item[]) => (item: Item) => {
    if (enabled) list.push(item);
  };
  return {
    rest,
    frames,
    upgrades,
    requests: (path, method) =>
      rest.filter((record) =>
        (typeof path === "string" ? record.path === path : path.test(record.path)) &&
        (method === undefined || record.method === method)
      ),
    received: (type) => dataOf("in", type),
    sent: (type) => dataOf("out", type),
    request: keep(rest),
    frame: keep(frames),
    upgrade: keep(upgrades),
    clear() {
      for (const list of [rest, frames, upgrades]) list.length = 0;
    },
  };
}
