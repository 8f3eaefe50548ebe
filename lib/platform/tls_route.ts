/**
 * Turns TLS connections of libraries that know neither proxies nor extra certificates: the socket
 * of the SDK opens its connection with `tls.connect` and takes no settings for it.
 */

/** What is different from an ordinary connection. */
export interface TlsRoute {
  /** `host:port` → port of 127.0.0.1 that leads there. */
  readonly forwards: Readonly<Record<string, number>>;
  /** PEM texts that are trusted besides the usual certificates. */
  readonly caCerts: readonly string[];
}

interface TlsOptions {
  host?: string;
  port?: number | string;
  servername?: string;
  ca?: readonly string[];
  [name: string]: unknown;
}

interface TlsModule {
  connect: (options: TlsOptions, ...rest: unknown[]) => unknown;
  rootCertificates: readonly string[];
  getCACertificates?: (kind: "default") => string[];
}

/** Puts the route in force for all TLS connections of `node:tls` in this thread. */
export async function routeTls(route: TlsRoute): Promise<void> {
  const { default: tls } = await import("node:tls") as unknown as { default: TlsModule };
  const connect = tls.connect;
  const ca = route.caCerts.length === 0 ? {} : {
    // Certificates that are given take the place of the usual ones.
    ca: [...tls.getCACertificates?.("default") ?? tls.rootCertificates, ...route.caCerts],
  };
  tls.connect = (options, ...rest) => {
    const host = options.host ?? options.servername ?? "";
    const forward = route.forwards[`${host}:${options.port ?? 443}`];
    const way = forward === undefined ? {} : {
      host: "127.0.0.1",
      port: forward,
      // Certificates are checked for the name that was asked for.
      servername: options.servername || host,
    };
    return connect({ ...options, ...ca, ...way }, ...rest);
  };
}
