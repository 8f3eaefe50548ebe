import { assertEquals } from "@std/assert";
import { parseConnect } from "./connect_request.ts";

const REQUESTS: [head: string, expected: string | undefined][] = [
  ["CONNECT a.test:443 HTTP/1.1", "a.test 443 "],
  ["CONNECT A.Test:443 HTTP/1.0", "a.test 443 "],
  ["CONNECT [2606:4700::1]:8443 HTTP/1.1", "2606:4700::1 8443 "],
  [
    "CONNECT a.test:443 HTTP/1.1\r\nhost: a.test\r\nProxy-Authorization: Basic eA==",
    "a.test 443 Basic eA==",
  ],
  ["GET http://a.test/ HTTP/1.1", undefined],
  ["GET / HTTP/1.1\r\nhost: a.test", undefined],
  ["CONNECT a.test HTTP/1.1", undefined],
  ["CONNECT a.test:99999 HTTP/1.1", undefined],
  ["CONNECT user@a.test:443 HTTP/1.1", undefined],
  ["CONNECT a.test:443/path HTTP/1.1", undefined],
  ["CONNECT a.test:443 HTTP/2", undefined],
  ["connect", undefined],
  ["", undefined],
];
for (const [head, expected] of REQUESTS) {
  Deno.test(`a request for a connection: ${JSON.stringify(head)}`, () => {
    const request = parseConnect(head);
    assertEquals(request && `${request.host} ${request.port} ${request.authorization}`, expected);
  });
}
