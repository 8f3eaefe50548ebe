import { assert, assertEquals } from "@std/assert";
import { parse } from "../cli/parse.ts";
import { readFacts } from "../platform/facts.ts";
import { generationReach } from "./reach.ts";

function reachOf(line: string, env: Record<string, string> = {}, isFolder = false) {
  const facts = { ...readFacts(), env, home: "/home/me", cwd: "/work" };
  const { stateFolder: _, ...plain } = facts;
  const invocation = parse(line.split(" "), { env, home: "/home/me" });
  return generationReach(
    invocation,
    { facts: plain },
    {},
    { references: ["/p/photo.png"] },
    isFolder,
  );
}

Deno.test("files that are named are read, and no URL is a file", () => {
  const { read } = reachOf("-c a.png -c /b.png -c https://x.test/c.png --video --ref ~/d.png fox");
  for (const path of ["/work/a.png", "/b.png", "/home/me/d.png", "/p/photo.png"]) {
    assert(read.includes(path), path);
  }
  assert(!read.some((path) => path.includes("x.test")));
});

Deno.test("the output is written with its neighbours, a folder as a whole", () => {
  assert(reachOf("-o out/a.png fox").beside.includes("/work/out/a.png"));
  assert(!reachOf("-o out/a.png fox").write.includes("/work/out"));
  for (const [line, isFolder] of [["-o out/ fox", false], ["-o out fox", true]] as const) {
    const { write, beside } = reachOf(line, {}, isFolder);
    assert(write.includes("/work/out"), line);
    assert(!beside.includes("/work/out"), line);
  }
});

Deno.test("nothing of a home but its state is written", () => {
  const { write, beside, read } = reachOf("fox");
  for (const path of [...write, ...beside]) {
    assert(path.startsWith("/home/me/.config/sogni"), path);
  }
  assertEquals(read, ["/p/photo.png", "/home/me/.openclaw/openclaw.json"]);
});

Deno.test("state that was moved is followed", () => {
  const { beside } = reachOf("fox", { SOGNI_LAST_RENDER_PATH: "/elsewhere/last.json" });
  assert(beside.includes("/elsewhere/last.json"));
});

Deno.test("programs are those that the environment names", () => {
  assertEquals(reachOf("fox").programs, ["ffmpeg", "ffprobe"]);
  assertEquals(reachOf("fox", { FFMPEG_PATH: "/opt/ffmpeg" }).programs, ["/opt/ffmpeg", "ffprobe"]);
});

Deno.test("a file after @ is read, and no other JSON is a path", () => {
  const read = (value: string) => reachOf(`--api-workflow --workflow-input ${value}`).read;
  assert(read("@in.json").includes("/work/in.json"));
  assert(read("@~/in.json").includes("/home/me/in.json"));
  assert(!read('{"a":"/etc/passwd"}').some((path) => path.includes("passwd")));
  assert(reachOf("--ingest-replay @/r.json").read.includes("/r.json"));
});
