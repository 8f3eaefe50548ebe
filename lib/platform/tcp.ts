/**
 * Bare TCP connections. Deno's own are used where there are any: the sockets of its `node:net` lose
 * bytes that were put back, in 2.6.
 */
import type { Socket } from "node:net";

/** An open connection. */
export interface TcpConnection {
  /** The next bytes, good until the next call; `undefined` when the other side has ended. */
  read(): Promise<Uint8Array | undefined>;
  write(bytes: Uint8Array): Promise<void>;
  /** Tells the other side that nothing more will come. */
  closeWrite(): Promise<void>;
  /** Ends the connection at once; may be called again. */
  close(): void;
}

/** An open port on 127.0.0.1. */
export interface TcpListener {
  readonly port: number;
  close(): void;
}

/**
 * Listens on a free port of 127.0.0.1.
 *
 * @param onConnection takes over each connection; must not throw
 */
export async function listenOnLoopback(
  onConnection: (connection: TcpConnection) => void,
): Promise<TcpListener> {
  if (!deno) return await listenOnNode(onConnection);
  const listener = deno.listen({ hostname: LOOPBACK, port: 0 });
  const accept = async () => {
    for (;;) {
      const conn = await listener.accept().catch(() => undefined);
      if (!conn) return;
      onConnection(fromDeno(conn));
    }
  };
  accept();
  return { port: listener.addr.port, close: () => listener.close() };
}

/**
 * Connects to a numeric address.
 *
 * @throws an error with the system's `code`, `ETIMEDOUT` after `timeoutMs`
 */
export async function connectTcp(
  address: string,
  port: number,
  timeoutMs: number,
): Promise<TcpConnection> {
  const opening = deno
    ? deno.connect({ hostname: address, port }).then((conn) => {
      conn.setNoDelay(true);
      return fromDeno(conn);
    })
    : connectOnNode(address, port);
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(Object.assign(new Error(`${address} does not answer`), { code: "ETIMEDOUT" })),
      timeoutMs,
    );
  });
  try {
    return await Promise.race([opening, late]);
  } catch (error) {
    opening.then((connection) => connection.close(), () => {});
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

const LOOPBACK = "127.0.0.1";
const BUFFER_BYTES = 64 * 1024;

interface DenoConn {
  read(buffer: Uint8Array): Promise<number | null>;
  write(bytes: Uint8Array): Promise<number>;
  closeWrite(): Promise<void>;
  setNoDelay(noDelay: boolean): void;
  close(): void;
}

interface DenoTcp {
  listen(options: { hostname: string; port: number }): {
    accept(): Promise<DenoConn>;
    close(): void;
    readonly addr: { readonly port: number };
  };
  connect(options: { hostname: string; port: number }): Promise<DenoConn>;
}

const deno = (globalThis as unknown as { Deno?: DenoTcp }).Deno;

function fromDeno(conn: DenoConn): TcpConnection {
  let buffer: Uint8Array | undefined;
  return {
    async read() {
      buffer ??= new Uint8Array(BUFFER_BYTES);
      const count = await conn.read(buffer);
      return count === null ? undefined : buffer.subarray(0, count);
    },
    async write(bytes) {
      for (let at = 0; at < bytes.length;) at += await conn.write(bytes.subarray(at));
    },
    closeWrite: () => conn.closeWrite(),
    close() {
      try {
        conn.close();
      } catch {
        // It was closed before.
      }
    },
  };
}

async function listenOnNode(
  onConnection: (connection: TcpConnection) => void,
): Promise<TcpListener> {
  const { createServer } = await import("node:net");
  const server = createServer({ allowHalfOpen: true }, (socket) => onConnection(fromNode(socket)));
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, LOOPBACK, resolve);
  });
  const address = server.address();
  return {
    port: typeof address === "object" && address ? address.port : 0,
    close: () => void server.close(),
  };
}

async function connectOnNode(address: string, port: number): Promise<TcpConnection> {
  const { connect } = await import("node:net");
  return await new Promise((resolve, reject) => {
    const socket = connect({ host: address, port, allowHalfOpen: true, noDelay: true });
    socket.once("error", reject);
    socket.once("connect", () => resolve(fromNode(socket)));
  });
}

function fromNode(socket: Socket): TcpConnection {
  socket.on("error", () => {});
  const chunks = socket[Symbol.asyncIterator]() as AsyncIterator<Uint8Array>;
  return {
    async read() {
      const { done, value } = await chunks.next();
      return done ? undefined : value;
    },
    write: (bytes) =>
      new Promise((resolve, reject) => {
        socket.write(bytes, (error) => error ? reject(error) : resolve());
      }),
    closeWrite: () => new Promise((resolve) => void socket.end(() => resolve())),
    close: () => void socket.destroy(),
  };
}
