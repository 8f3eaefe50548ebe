import { assert, assertEquals, assertMatch, assertRejects } from "@std/assert";
import * as fs from "node:fs/promises";
import * as path from "node:path";
import process from "node:process";
import { AppError } from "../errors/app_error.ts";
import { leftName } from "../platform/testing/left_name.ts";
import { readJsonFile, updateJsonFile } from "./json_file.ts";
import { inHome } from "./testing.ts";

const isNumbers = (value: unknown) =>
  Array.isArray(value) && value.every((each) => typeof each === "number")
    ? value as number[]
    : undefined;
const add = (number: number) => (current: number[] | undefined) => [...current ?? [], number];

async function codeOf(act: () => Promise<unknown>): Promise<AppError> {
  return await assertRejects(act, AppError);
}

Deno.test("a file that is not there reads as nothing and is made when written", () =>
  inHome(async ({ home, host, text, mode }) => {
    const file = path.join(home, "new", "deep", "n.json");
    assertEquals(await readJsonFile(host, file, isNumbers), undefined);
    assertEquals(await updateJsonFile(host, file, isNumbers, add(1)), [1]);
    assertEquals(await text(file), "[\n  1\n]");
    assertEquals(await mode(file), 0o600);
    assertEquals(await mode(path.dirname(file)), 0o700);
  }));

Deno.test("an open file becomes private when it is changed", () =>
  inHome(async ({ host, put, mode }) => {
    const file = await put("n.json", "[1]");
    await fs.chmod(file, 0o644);
    await updateJsonFile(host, file, isNumbers, add(2));
    assertEquals(await mode(file), 0o600);
    assertEquals(await readJsonFile(host, file, isNumbers), [1, 2]);
  }));

for (const blank of ["", "\n", "\ufeff", "  \r\n"]) {
  Deno.test(`an empty file (${JSON.stringify(blank)}) is like none`, () =>
    inHome(async ({ host, put }) => {
      const file = await put("n.json", blank);
      assertEquals(await readJsonFile(host, file, isNumbers), undefined);
      assertEquals(await updateJsonFile(host, file, isNumbers, add(1)), [1]);
    }));
}

Deno.test("a byte-order mark does no harm", () =>
  inHome(async ({ host, put }) => {
    const file = await put("n.json", "\ufeff[4]");
    assertEquals(await readJsonFile(host, file, isNumbers), [4]);
  }));

const DAMAGED = ["[1, 2", '{"a":1}', '["x"]', "null", "\u0000\u0000\u0000", "[1][2]"];

for (const content of DAMAGED) {
  for (const way of ["read", "update"] as const) {
    Deno.test(`${way} keeps ${JSON.stringify(content)} aside and says so`, () =>
      inHome(async ({ home, host, put, text, mode }) => {
        const file = await put("n.json", content);
        const error = await codeOf(() =>
          way === "read"
            ? readJsonFile(host, file, isNumbers)
            : updateJsonFile(host, file, isNumbers, add(1))
        );
        assertEquals(error.code, "STATE_FILE_DAMAGED");
        const aside = String(error.details?.keptAt);
        assertMatch(path.basename(aside), /^n\.json\.damaged-\d{8}T\d{6}-\d{3}Z$/);
        assertEquals(await text(aside), content);
        assertEquals(await mode(aside), 0o600);
        assert(error.hint?.includes(aside));
        assert(!(await fs.readdir(home)).includes("n.json"));
        assertEquals(await updateJsonFile(host, file, isNumbers, add(1)), [1]);
        assertEquals(await text(aside), content);
      }));
  }
}

Deno.test("a damaged file that cannot be moved is reported and left", () =>
  inHome(async ({ host, put, text }) => {
    const file = await put("n.json", "oops");
    const files = {
      ...host.files,
      lock: () => Promise.reject(Object.assign(new Error("no"), { code: "EROFS" })),
    };
    const error = await codeOf(() => readJsonFile({ ...host, files }, file, isNumbers));
    assertEquals([error.code, error.details?.keptAt], ["STATE_FILE_DAMAGED", null]);
    assertEquals(await text(file), "oops");
  }));

Deno.test("changing nothing writes nothing", () =>
  inHome(async ({ host, put, text }) => {
    const file = await put("n.json", "[ 1 ]");
    assertEquals(await updateJsonFile(host, file, isNumbers, () => undefined), undefined);
    assertEquals(await text(file), "[ 1 ]");
  }));

Deno.test("changes at once are all kept", () =>
  inHome(async ({ home, host }) => {
    const file = path.join(home, "n.json");
    const numbers = Array.from({ length: 20 }, (_, index) => index);
    await Promise.all(numbers.map((number) => updateJsonFile(host, file, isNumbers, add(number))));
    const kept = await readJsonFile(host, file, isNumbers);
    assertEquals(kept?.sort((a, b) => a - b), numbers);
  }));

Deno.test("a change that throws gives the lock back and writes nothing", () =>
  inHome(async ({ host, put }) => {
    const file = await put("n.json", "[1]");
    const failing = () => Promise.reject(new AppError("PERSONA_EXISTS", "there"));
    assertEquals(
      (await codeOf(() => updateJsonFile(host, file, isNumbers, failing))).code,
      "PERSONA_EXISTS",
    );
    assertEquals(await updateJsonFile(host, file, isNumbers, add(2)), [1, 2]);
  }));

Deno.test("a link to a file of one's own is written through", () =>
  inHome(async ({ home, host, put, text }) => {
    const real = await put("dotfiles/n.json", "[1]");
    const link = path.join(home, "n.json");
    await fs.symlink(real, link);
    assertEquals(await updateJsonFile(host, link, isNumbers, add(2)), [1, 2]);
    assertEquals(await text(real), "[\n  1,\n  2\n]");
    assert((await fs.lstat(link)).isSymbolicLink());
  }));

for (const target of ["nowhere", ".", "/dev/null"]) {
  Deno.test(`a link to ${target} is not written through`, () =>
    inHome(async ({ home, host }) => {
      const link = path.join(home, "n.json");
      await fs.symlink(target, link);
      const error = await codeOf(() => updateJsonFile(host, link, isNumbers, add(1)));
      assertEquals(error.code, "STATE_WRITE_FAILED");
      assert((await fs.lstat(link)).isSymbolicLink());
    }));
}

Deno.test("a link to a file of another owner is not written through", () =>
  inHome(async ({ home, host, put, text }) => {
    const real = await put("other/n.json", "[1]");
    const link = path.join(home, "n.json");
    await fs.symlink(real, link);
    const stat: typeof host.files.stat = async (file, options) => {
      const info = await host.files.stat(file, options);
      return info && file === home ? { ...info, uid: info.uid + 1 } : info;
    };
    const files = { ...host.files, stat };
    const error = await codeOf(() => updateJsonFile({ ...host, files }, link, isNumbers, add(2)));
    assertEquals(error.code, "STATE_WRITE_FAILED");
    assertEquals(await text(real), "[1]");
  }));

Deno.test("a write-protected file is not replaced", () =>
  inHome(async ({ host, put, text }) => {
    const file = await put("n.json", "[1]");
    await fs.chmod(file, 0o444);
    const error = await codeOf(() => updateJsonFile(host, file, isNumbers, add(2)));
    assertEquals([error.code, error.details?.cause], ["STATE_WRITE_FAILED", "EACCES"]);
    assertEquals(await text(file), "[1]");
  }));

Deno.test("a huge file is refused unread", () =>
  inHome(async ({ home, host }) => {
    const file = path.join(home, "n.json");
    const handle = await fs.open(file, "w");
    await handle.truncate(65 * 1024 * 1024);
    await handle.close();
    for (
      const act of [
        () => readJsonFile(host, file, isNumbers),
        () => updateJsonFile(host, file, isNumbers, add(1)),
      ]
    ) {
      const error = await codeOf(act);
      assertEquals([error.code, error.details?.cause], ["STATE_READ_FAILED", "EFBIG"]);
    }
    assertEquals((await fs.stat(file)).size, 65 * 1024 * 1024);
  }));

Deno.test("a folder in the file's place is reported", () =>
  inHome(async ({ home, host }) => {
    await fs.mkdir(path.join(home, "n.json"));
    const error = await codeOf(() => readJsonFile(host, path.join(home, "n.json"), isNumbers));
    assertEquals([error.code, error.details?.cause], ["STATE_READ_FAILED", "EISDIR"]);
  }));

Deno.test("a file in a folder's place is reported", () =>
  inHome(async ({ home, host, put }) => {
    await put("file", "x");
    const file = path.join(home, "file", "n.json");
    const error = await codeOf(() => updateJsonFile(host, file, isNumbers, add(1)));
    assertEquals([error.code, error.hint], [
      "STATE_WRITE_FAILED",
      "Choose a path whose folders are folders.",
    ]);
  }));

const REFUSALS = ["ENOSPC", "EROFS", "EACCES", "EDQUOT"];

for (const code of REFUSALS) {
  Deno.test(`${code} while writing is a coded error and the old file stays`, () =>
    inHome(async ({ host, put, text }) => {
      const file = await put("n.json", "[1]");
      const writeAtomic = () => Promise.reject(Object.assign(new Error(code), { code }));
      const files = { ...host.files, writeAtomic };
      const error = await codeOf(() => updateJsonFile({ ...host, files }, file, isNumbers, add(2)));
      assertEquals([error.code, error.details?.cause], ["STATE_WRITE_FAILED", code]);
      assert(error.hint);
      assertEquals(await text(file), "[1]");
      assertEquals(await updateJsonFile(host, file, isNumbers, add(3)), [1, 3]);
    }));
}

Deno.test("temporary files of a killed writer go with the next change, other files stay", () =>
  inHome(async ({ home, host, put }) => {
    const file = await put("n.json", "[1]");
    await put(leftName("n.json"), "half");
    await put(".n.json.keep.tmp", "mine");
    const other = leftName("other.json", process.pid.toString(16));
    await put(other, "half");
    await updateJsonFile(host, file, isNumbers, add(2));
    assertEquals(await fs.readdir(home).then((names) => names.sort()), [
      ".n.json.keep.tmp",
      other,
      "n.json",
      "n.json.lock",
    ]);
  }));
