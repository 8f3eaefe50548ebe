import { assertEquals } from "@std/assert";
import * as net from "node:net";
import { type Failure, openLine } from "./weather.ts";

/** What a client sees of a service that sends 10 bytes, twice, through a line that fails at 15. */
async function through(failure: Failure): Promise<[string, string]> {
  const server = net.createServer((socket) => {
    socket.on("error", () => {});
    socket.write("0123456789");
    setTimeout(() => socket.end("0123456789"), 20);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as net.AddressInfo;
  const line = await openLine(`http://127.0.0.1:${port}`, failure, 15);
  const once = () =>
    new Promise<string>((resolve) => {
      let seen = "";
      const socket = net.connect(Number(new URL(line.endpoint).port), "127.0.0.1");
      const timer = setTimeout(() => {
        socket.destroy();
        resolve(`${seen} silence`);
      }, 200);
      const end = (how: string) => {
        clearTimeout(timer);
        resolve(`${seen} ${how}`);
      };
      socket.on("data", (chunk: Uint8Array) => seen += new TextDecoder().decode(chunk));
      socket.on("end", () => end("end")).on("error", () => end("error"));
    });
  const seen: [string, string] = [await once(), await once()];
  line.close();
  await new Promise((resolve) => server.close(resolve));
  return seen;
}

const GOOD = "01234567890123456789 end";
for (const [failure, seen] of [["half-close", "end"], ["silence", "silence"], ["reset", "error"]]) {
  Deno.test(`a line fails once by ${failure}, then works`, async () => {
    assertEquals(await through(failure as Failure), [`0123456789 ${seen}`, GOOD]);
  });
}
