/**
 * HTTP clients with a way of their own: by a proxy on loopback, with more certificates trusted, or
 * with our own look-up of names. Deno's `fetch` takes such a client; Node's needs undici.
 */
import type { LookupFunction } from "node:net";
import { plainFetch } from "./plain_fetch.ts";

/** Where a client's connections go and whom they trust. */
export interface HttpClientOptions {
  /** Every connection is asked of this `CONNECT` proxy on 127.0.0.1. */
  readonly proxy?: { readonly port: number; readonly user: string; readonly secret: string };
  /** PEM texts of certificates that are trusted besides the usual ones. */
  readonly caCerts?: readonly string[];
  /** Node only: looks names up in place of the system's resolver; literals are not asked of it. */
  readonly lookup?: (host: string) => Promise<readonly string[]>;
}

/** A `fetch` bound to a client. */
export type ClientFetch = (url: URL | string, init?: RequestInit) => Promise<Response>;

/** Makes a client of this runtime. It lives as long as the process. */
export async function createClientFetch(options: HttpClientOptions): Promise<ClientFetch> {
  if (!deno) return await undiciFetch(options);
  const { proxy, caCerts = [] } = options;
  const client = deno.createHttpClient({
    caCerts: [...caCerts],
    ...(proxy
      ? {
        proxy: {
          url: `http://127.0.0.1:${proxy.port}`,
          basicAuth: { username: proxy.user, password: proxy.secret },
        },
      }
      : {}),
  });
  return (url, init) => plainFetch(url, { ...init, client } as RequestInit);
}

interface DenoHttp {
  createHttpClient(options: {
    caCerts: string[];
    proxy?: { url: string; basicAuth: { username: string; password: string } };
  }): unknown;
}

const deno = (globalThis as unknown as { Deno?: DenoHttp }).Deno;

async function undiciFetch({ proxy, caCerts, lookup }: HttpClientOptions): Promise<ClientFetch> {
  const trust = caCerts?.length ? { ca: [...await usualCertificates(), ...caCerts] } : {};
  const { default: Agent } = await import("undici/lib/dispatcher/agent.js");
  const { default: { fetch } } = await import("undici/lib/web/fetch/index.js");
  const { connectorBy } = await import("./node_connector.ts");
  const connect = proxy
    ? connectorBy({ ...proxy, ...trust })
    : { ...trust, ...(lookup ? { lookup: nodeLookup(lookup) } : {}) };
  const dispatcher = new Agent({ connect });
  return (url, init) => fetch(url, { ...init, dispatcher });
}

/** Giving Node certificates replaces the usual ones, so these are given along. */
async function usualCertificates(): Promise<readonly string[]> {
  const tls = await import("node:tls") as {
    rootCertificates: readonly string[];
    getCACertificates?: (kind: "default") => string[];
  };
  return tls.getCACertificates?.("default") ?? tls.rootCertificates;
}

function nodeLookup(lookup: (host: string) => Promise<readonly string[]>): LookupFunction {
  return (host, options, callback) => {
    const answer = (addresses: readonly string[]) => {
      const answers = addresses.map((address) => ({
        address,
        family: address.includes(":") ? 6 : 4,
      }));
      const [first] = answers;
      if (!first) callback(new Error(`${host} has no address`), "");
      else if (options.all) callback(null, answers);
      else callback(null, first.address, first.family);
    };
    lookup(host).then(answer, (error: Error) => callback(error, ""));
  };
}
