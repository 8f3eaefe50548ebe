import { assert, assertEquals, assertNotEquals } from "@std/assert";
import { spawn } from "node:child_process";
import * as fs from "node:fs/promises";
import * as os from "node:os";
import * as path from "node:path";
import process from "node:process";
import { machineMark } from "./machine_mark.ts";
import {
  isTemporaryName,
  leftovers,
  plainTemporaryName,
  sweepNowAndThen,
  temporaryFolderPrefix,
  temporaryName,
} from "./temporary.ts";
import { leftName } from "./testing/left_name.ts";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

async function inFolder(
  body: (folder: string, put: (name: string, age?: number) => Promise<string>) => Promise<void>,
): Promise<void> {
  const folder = await fs.mkdtemp(path.join(os.tmpdir(), "temporary-"));
  const put = async (name: string, age = MINUTE) => {
    const file = path.join(folder, name);
    await fs.writeFile(file, "half");
    await fs.utimes(file, new Date(), new Date(Date.now() - age));
    return name;
  };
  try {
    await body(folder, put);
  } finally {
    await fs.rm(folder, { recursive: true, force: true });
  }
}

Deno.test("a temporary name is hidden, unique, in the same folder, and known as one", () => {
  const one = temporaryName("/out/a.png");
  assertEquals(path.dirname(one), "/out");
  assert(isTemporaryName(path.basename(one), "a.png"), one);
  assertNotEquals(one, temporaryName("/out/a.png"));
  const plain = path.basename(plainTemporaryName("/out/50%d.mp4"));
  assert(isTemporaryName(plain, "sogni") && plain.endsWith(".tmp.mp4"), plain);
  assert(isTemporaryName(path.basename(plainTemporaryName("/out/a.{b}"))));
});

Deno.test("the temporary name of a long name fits a folder entry, and is known", () => {
  for (const letter of ["x", "é", "漢", "𝄞"]) {
    const name = letter.repeat(60) + ".png";
    const temporary = path.basename(temporaryName(name));
    assert(new TextEncoder().encode(temporary).length <= 255, temporary);
    assert(isTemporaryName(temporary, name), temporary);
  }
});

const NOT_OURS = [
  "a.png",
  ".a.png",
  ".a.png.0123456789ab.tmp",
  ".a.png.1-2-3.tmp",
  ".a.png.tmp",
  "a.png.1f-01234567-0123456789ab.tmp",
  ".a.png.1f-01234567-0123456789ab.tmp~",
  ".a.png.1f-01234567-0123456789AB.tmp",
  ".a.png.1f-01234567-0123456789ab.swp",
  "..1f-01234567-0123456789ab.tmp",
];
for (const name of NOT_OURS) {
  Deno.test(`${name} is no temporary name of ours`, () => {
    assertEquals(isTemporaryName(name), false);
  });
}

Deno.test("only what a dead process left is left", () =>
  inFolder(async (folder, put) => {
    const mine = process.pid.toString(16);
    const running = process.ppid.toString(16);
    const elsewhere = leftName("a.png").replace(machineMark(), "0badcafe");
    const nowhere = leftName("a.png").replace(machineMark(), "00000000");
    const left = [
      await put(leftName("a.png")),
      await put(leftName("mine-before.png", mine), DAY / 2),
      await put(elsewhere.replace("a.png", "old.png"), 2 * DAY),
      await put(`${leftName("film")}.mp4`),
    ];
    await put(leftName("young.png"), 0);
    await put(leftName("mine.png", mine), 0);
    await put(leftName("running.png", running));
    await put(leftName("future.png"), -MINUTE);
    await put(elsewhere);
    await put(nowhere);
    for (const name of NOT_OURS) await put(name, 2 * DAY);
    assertEquals((await leftovers(folder)).sort(), left.sort());
    assert((await leftovers(folder, 0)).includes(leftName("young.png")));
    assertEquals(await leftovers(path.join(folder, "none")), []);
  }));

Deno.test("a file belongs to its process until that is gone", () =>
  inFolder(async (folder, put) => {
    const child = spawn("sleep", ["30"], { stdio: "ignore" });
    const gone = new Promise((resolve) => child.on("exit", resolve));
    const name = await put(leftName("a.png", child.pid?.toString(16) ?? ""));
    assertEquals(await leftovers(folder), []);
    child.kill("SIGKILL");
    await gone;
    assertEquals(await leftovers(folder), [name]);
  }));

Deno.test("a file that nobody has touched for a day belongs to nobody", () =>
  inFolder(async (folder, put) => {
    const name = await put(leftName("a.png", process.ppid.toString(16)), 2 * DAY);
    assertEquals(await leftovers(folder), [name]);
  }));

Deno.test("a sweep takes files and folders, and does not come again at once", () =>
  inFolder(async (folder, put) => {
    const prefix = temporaryFolderPrefix("sogni-concat-");
    const kept = await fs.mkdtemp(path.join(folder, prefix));
    const old = path.join(folder, "sogni-concat-7ffffff-" + machineMark() + "-abcDEF");
    await fs.mkdir(path.join(old, "deep"), { recursive: true });
    await fs.utimes(old, new Date(), new Date(Date.now() - MINUTE));
    await fs.mkdir(path.join(folder, "sogni-turn-abcDEF"));
    await put(leftName("a.png"));
    await put("a.png");
    const names = async () => (await fs.readdir(folder)).sort();
    await sweepNowAndThen(folder);
    const wanted = ["a.png", path.basename(kept), "sogni-turn-abcDEF"].sort();
    assertEquals(await names(), wanted);
    const again = await put(leftName("again.png"));
    await sweepNowAndThen(folder);
    assertEquals(await names(), [...wanted, again].sort());
  }));
