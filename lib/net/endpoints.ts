/** The two endpoints of the service for direct generation, checked before a key goes anywhere. */
import {
  apiOriginPolicy,
  checkApiOrigin,
  DEFAULT_API_BASE_URL,
  resolveApiBaseUrl,
} from "./api_origin.ts";
import type { Resolve } from "./resolver.ts";

/** The socket endpoint when nothing else is said. */
export const DEFAULT_SOCKET_ENDPOINT = "wss://socket.sogni.ai";

/** Where the service answers. */
export interface ServiceEndpoints {
  readonly restEndpoint: string;
  readonly socketEndpoint: string;
  /** True when only `SOGNI_ALLOW_UNSAFE_API_BASE_URL` let an endpoint pass. */
  readonly optedIn: boolean;
}

/** Where the endpoints are looked for. */
export interface EndpointSources {
  env: Readonly<Record<string, string>>;
  /** `--api-base-url` */
  flag?: string | undefined;
  /** `apiBaseUrl` of the plugin configuration */
  config?: string | undefined;
  resolve?: Resolve;
}

/**
 * The endpoints in force. The built-in ones need no check: they are the ones a key is made for.
 *
 * @throws AppError `INVALID_API_BASE_URL` or `UNSAFE_API_BASE_URL`
 */
export async function serviceEndpoints(sources: EndpointSources): Promise<ServiceEndpoints> {
  const { env, resolve } = sources;
  const rest = resolveApiBaseUrl(sources);
  const socket = env.SOGNI_SOCKET_ENDPOINT?.trim() || DEFAULT_SOCKET_ENDPOINT;
  const checkedRest = rest.text === DEFAULT_API_BASE_URL
    ? { base: rest.text, optedIn: false }
    : await checkApiOrigin(rest, apiOriginPolicy(env), resolve);
  const checkedSocket = socket === DEFAULT_SOCKET_ENDPOINT
    ? { base: socket, optedIn: false }
    : await checkApiOrigin(
      { text: socket.replace(/^ws/i, "http"), name: "SOGNI_SOCKET_ENDPOINT" },
      apiOriginPolicy(env, ["socket.sogni.ai"]),
      resolve,
    );
  return {
    restEndpoint: checkedRest.base,
    socketEndpoint: checkedSocket.base.replace(/^http/, "ws"),
    optedIn: checkedRest.optedIn || checkedSocket.optedIn,
  };
}
