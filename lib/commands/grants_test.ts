import { assertEquals } from "@std/assert";
import { parse } from "../cli/parse.ts";
import { type GrantFacts, netPermission, serviceTargets } from "./grants.ts";

const SANDBOX = {
  restEndpoint: "http://127.0.0.1:4010",
  socketEndpoint: "ws://127.0.0.1:4010",
  apiKey: "k",
};
const UNSAFE = { SOGNI_ALLOW_UNSAFE_API_BASE_URL: "1" };

const GRANTS: [line: string, facts: Partial<GrantFacts>, net: string[], loopback: boolean][] = [
  ["a fox", {}, ["api.sogni.ai:443", "socket.sogni.ai"], false],
  ["--balance", {}, ["api.sogni.ai:443", "socket.sogni.ai"], false],
  ["--dry-run a", {}, [], false],
  ["--sandbox a", { sandbox: SANDBOX }, ["127.0.0.1:4010"], true],
  ["--sandbox --api-base-url https://x.test a", { sandbox: SANDBOX }, ["127.0.0.1:4010"], true],
  ["--sandbox a", {}, [], true],
  ["--sandbox --dry-run a", {}, [], true],
  ["sandbox", {}, [], false],
  ["--api-base-url https://x.test a", {}, ["x.test:443", "socket.sogni.ai"], false],
  ["a", { configBaseUrl: "https://c.test" }, ["c.test:443", "socket.sogni.ai"], false],
  [
    "--api-base-url https://x.test a",
    { configBaseUrl: "https://c.test" },
    ["x.test:443", "socket.sogni.ai"],
    false,
  ],
  [
    "a",
    { env: { SOGNI_REST_ENDPOINT: "https://e.test/v2" } },
    ["e.test:443", "socket.sogni.ai"],
    false,
  ],
  [
    "a",
    {
      env: {
        ...UNSAFE,
        SOGNI_API_BASE_URL: "http://127.0.0.1:5000",
        SOGNI_SOCKET_ENDPOINT: "ws://127.0.0.1:5001",
      },
    },
    ["127.0.0.1:5000", "127.0.0.1:5001"],
    true,
  ],
  [
    "a",
    {
      env: {
        ...UNSAFE,
        SOGNI_API_BASE_URL: "http://[::1]:5000",
        SOGNI_SOCKET_ENDPOINT: "ws://localhost:5001",
      },
    },
    ["[::1]:5000", "localhost"],
    true,
  ],
  ["--api-base-url nonsense a", {}, ["socket.sogni.ai"], false],
];
for (const [line, facts, net, loopback] of GRANTS) {
  Deno.test(`the network of ${line} with ${JSON.stringify(facts)}`, () => {
    const invocation = parse(line.split(" "), { env: {}, home: "/home/me" });
    const service = serviceTargets(invocation, { env: {}, ...facts });
    assertEquals([netPermission(service), service.allowLoopback], [net, loopback]);
  });
}
