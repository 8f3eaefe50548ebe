/** Node: how undici gets a TLS connection by way of a `CONNECT` proxy on 127.0.0.1. */
import { connect as connectNet, isIP, type Socket } from "node:net";
import { connect as connectTls } from "node:tls";

/** What undici asks for, as far as it is used here. */
export interface ConnectRequest {
  hostname: string;
  protocol: string;
  port: string;
  servername?: string | null;
}

/** Undici's answer channel. */
export type ConnectCallback = (error: Error | null, socket: Socket | null) => void;

/** The proxy and whom to trust behind it. */
export interface ConnectorOptions {
  port: number;
  user: string;
  secret: string;
  ca?: string[];
}

/** Makes the connector. A refusal of the proxy is an error with code `EPROXY`. */
export function connectorBy(
  options: ConnectorOptions,
): (request: ConnectRequest, callback: ConnectCallback) => void {
  return (request, callback) => {
    const { hostname, port } = request;
    const target = `${hostname}:${port || 443}`;
    openTunnel(options, target).then((socket) => {
      const name = request.servername || hostname.replace(/^\[|\]$/g, "");
      const secure = connectTls({
        socket,
        // Whom the certificate is to name; an address is not told to the server (RFC 6066).
        host: name,
        servername: isIP(name) === 0 ? name : "",
        ALPNProtocols: ["http/1.1"],
        ...(options.ca ? { ca: options.ca } : {}),
      });
      const fail = (error: Error) => callback(error, null);
      secure.once("error", fail);
      secure.once("secureConnect", () => {
        secure.off("error", fail);
        callback(null, secure);
      });
    }, (error: Error) => callback(error, null));
  };
}

function openTunnel({ port, user, secret }: ConnectorOptions, target: string): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connectNet({ host: "127.0.0.1", port });
    let head = "";
    const fail = (error: Error) => {
      socket.destroy();
      reject(error);
    };
    const onEnd = () => fail(refusal(head));
    const onData = (chunk: Uint8Array) => {
      head += new TextDecoder("latin1").decode(chunk);
      const at = head.indexOf("\r\n\r\n");
      if (at < 0) return;
      if (!head.startsWith("HTTP/1.1 200 ")) return fail(refusal(head));
      socket.pause();
      socket.off("data", onData).off("end", onEnd).off("error", fail);
      // With TLS the client speaks first, so nothing can follow the head.
      resolve(socket);
    };
    socket.on("data", onData).on("end", onEnd).on("error", fail);
    const authorization = `Basic ${btoa(`${user}:${secret}`)}`;
    socket.write(
      `CONNECT ${target} HTTP/1.1\r\nhost: ${target}\r\n` +
        `proxy-authorization: ${authorization}\r\n\r\n`,
    );
  });
}

function refusal(head: string): Error {
  const status = /^HTTP\/1\.1 (\d{3})/.exec(head)?.[1] ?? "nothing";
  return Object.assign(new Error(`the guard answered ${status}`), { code: "EPROXY" });
}
