/** A client for tests: loopback allowed, no waiting. */
import { apiOriginPolicy } from "../../../net/api_origin.ts";
import { createHostedClient, type HostedClient, type HostedClientOptions } from "../client.ts";

/** The key that tests use. */
export const TEST_KEY = "test-key-0123";

/** A client of a recording server; `pauses` collects the waits between repetitions. */
export function testClient(
  origin: string,
  overrides: Partial<HostedClientOptions> = {},
  pauses: number[] = [],
): HostedClient {
  return createHostedClient({
    base: origin,
    apiKey: TEST_KEY,
    policy: apiOriginPolicy({ SOGNI_ALLOW_UNSAFE_API_BASE_URL: "1" }),
    sdkTransport: false,
    timeoutMs: 5000,
    sleep: (ms) => {
      pauses.push(ms);
      return Promise.resolve();
    },
    random: () => 0.5,
    ...overrides,
  });
}
