import { assertEquals } from "@std/assert";
import type { Host } from "../../platform/host.ts";
import { type DoneJob, donePath, readDone, writeDone } from "./progress_file.ts";

function memory(text?: string) {
  let held = text;
  const files = {
    readText: () =>
      held === undefined
        ? Promise.reject(Object.assign(new Error("none"), { code: "ENOENT" }))
        : Promise.resolve(held),
    writeAtomic: (_: string, data: string) => {
      held = data;
      return Promise.resolve();
    },
  };
  return { host: { files } as unknown as Pick<Host, "files">, text: () => held };
}

const entry: DoneJob = { mark: "m1", line: 3, result: { success: true } };

Deno.test("what is written is read again, and no file is an empty one", async () => {
  const { host } = memory();
  assertEquals(await readDone(host, "x"), new Map());
  await writeDone(host, "x", new Map([["m1", entry]]));
  assertEquals(await readDone(host, "x"), new Map([["m1", entry]]));
  assertEquals(donePath("a/jobs.jsonl"), "a/jobs.jsonl.done");
});

Deno.test("lines that are no entries are passed over", async () => {
  const { host } = memory(`${JSON.stringify(entry)}\n{"mark":"m2","li\n5\nnull\n{"mark":1}\n`);
  assertEquals([...(await readDone(host, "x")).keys()], ["m1"]);
});
