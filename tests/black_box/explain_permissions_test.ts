import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { agentKind, inPlace } from "../support/agent.ts";

interface Explained {
  wall: boolean;
  command: string;
  mainThread: Record<string, boolean>;
  worker: { net: string[]; read: boolean } | null;
  throughMainThread: { read: string[]; write: string[]; run: string[]; proxy: string | null };
}

Deno.test("a generation is explained and not run", async () => {
  await inPlace(async ({ json, home, path }) => {
    const args = ["--explain-permissions", "-c", "in.png", "-o", "out.png", "a fox"];
    const { code, object } = await json(args);
    const { wall, command, mainThread, worker, throughMainThread } = object as unknown as Explained;
    assertEquals([code, object.success, object.type, command], [
      0,
      true,
      "permissions",
      "generate",
    ]);
    assertEquals(wall, agentKind() !== "node");
    assertEquals([mainThread.net, mainThread.ffi, mainThread.import], [true, false, false]);
    assertEquals(worker?.net, ["api.sogni.ai:443", "socket.sogni.ai"]);
    assertEquals(worker?.read, false);
    assert(throughMainThread.read.includes(path("in.png")));
    assert(throughMainThread.write.includes(path("out.png")));
    assert(throughMainThread.write.includes(`${home}/.config/sogni`));
    assert(!throughMainThread.write.includes(home));
    assertEquals(throughMainThread.run, ["ffmpeg", "ffprobe"]);
  });
});

Deno.test("a state command holds neither network nor programs", async () => {
  await inPlace(async ({ json }) => {
    const { object } = await json(["--explain-permissions", "--memory-list"]);
    const { mainThread, worker } = object as unknown as Explained;
    assertEquals([mainThread.net, mainThread.run, worker], [false, false, null]);
  });
});

Deno.test("an endpoint of one's own and a proxy are told", async () => {
  await inPlace(async ({ json }) => {
    const { object } = await json(["--explain-permissions", "a fox"], {
      env: { SOGNI_API_BASE_URL: "https://api.test", HTTPS_PROXY: "http://me:pw@proxy.test:3128" },
    });
    const { worker, throughMainThread } = object as unknown as Explained;
    assertEquals(worker?.net, ["api.test:443", "socket.sogni.ai"]);
    assertEquals(throughMainThread.proxy, "proxy.test:3128");
    assert(!JSON.stringify(object).includes("pw@"));
  });
});

Deno.test("people get lines", async () => {
  await inPlace(async ({ run }) => {
    const { code, stdout } = await run(["--explain-permissions", "a fox"]);
    assertEquals(code, 0);
    assertStringIncludes(stdout, "net: api.sogni.ai:443, socket.sogni.ai");
    assertStringIncludes(stdout, "given up: ffi, import");
  });
});
