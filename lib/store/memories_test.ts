import { assert, assertEquals, assertMatch, assertRejects } from "@std/assert";
import { AppError } from "../errors/app_error.ts";
import { getMemory, listMemories, removeMemory, setMemory } from "./memories.ts";
import { inHome } from "./testing.ts";

Deno.test("a memory is created, found, changed in place and removed", () =>
  inHome(async ({ host, paths, mode }) => {
    assertEquals(await listMemories(host, paths), []);
    assertEquals(
      await setMemory(host, paths, { key: "a", value: "1", category: "fact" }, 10),
      "created",
    );
    assertEquals(await setMemory(host, paths, { key: "b", value: "2" }, 20), "created");
    const first = await getMemory(host, paths, "a");
    assertMatch(first?.id ?? "", /^[0-9a-f]{16}$/);
    assertEquals(first, {
      id: first?.id ?? "",
      key: "a",
      value: "1",
      category: "fact",
      source: "user",
      updatedAt: 10,
      createdAt: 10,
    });
    assertEquals(await setMemory(host, paths, { key: "a", value: "-3" }, 30), "updated");
    const changed = await listMemories(host, paths);
    assertEquals(changed.map(({ key }) => key), ["a", "b"]);
    assertEquals(changed[0], {
      ...first,
      id: first?.id ?? "",
      key: "a",
      value: "-3",
      category: "preference",
      source: "user",
      updatedAt: 30,
      createdAt: 10,
    });
    assertEquals(await mode(paths.memories), 0o600);
    assertEquals(await removeMemory(host, paths, "a"), true);
    assertEquals(await removeMemory(host, paths, "a"), false);
    assertEquals((await listMemories(host, paths)).map(({ key }) => key), ["b"]);
  }));

Deno.test("keys are exact", () =>
  inHome(async ({ host, paths }) => {
    await setMemory(host, paths, { key: "Key", value: "1" });
    for (const other of ["key", "Key ", ""]) {
      assertEquals(await getMemory(host, paths, other), undefined);
      assertEquals(await removeMemory(host, paths, other), false);
    }
  }));

const TEXTS = [
  "",
  " ",
  "-1",
  "--json",
  'a "quote"',
  "line\nline",
  "日本語 🦀",
  "\u0000",
  "x".repeat(1e5),
];

for (const text of TEXTS) {
  Deno.test(`${JSON.stringify(text.slice(0, 12))} is kept as key and value`, () =>
    inHome(async ({ host, paths }) => {
      await setMemory(host, paths, { key: text, value: text });
      assertEquals((await getMemory(host, paths, text))?.value, text);
    }));
}

Deno.test("every record of a key is removed", () =>
  inHome(async ({ host, paths, put }) => {
    const twice = [{ key: "a", value: "1" }, { key: "b", value: "2" }, { key: "a", value: "3" }];
    await put(".config/sogni/memories.json", JSON.stringify(twice));
    assertEquals(await removeMemory(host, paths, "a"), true);
    assertEquals((await listMemories(host, paths)).map(({ key }) => key), ["b"]);
  }));

Deno.test("records of other programs are read; what we do not know is kept", () =>
  inHome(async ({ host, paths, put }) => {
    await put(".config/sogni/memories.json", '[{"key":"n","value":7,"mood":"calm"}]');
    await setMemory(host, paths, { key: "m", value: "x" });
    const [first] = await listMemories(host, paths);
    assertEquals([first?.value, first?.category], ["7", "preference"]);
    assert(first && "mood" in first);
  }));

for (
  const damaged of ["{}", "[1]", "[{}]", '[{"key":1,"value":"x"}]', '[{"key":"a"}]', "[", "null"]
) {
  Deno.test(`${damaged} is no list of memories and stays recoverable`, () =>
    inHome(async ({ host, paths, put, text }) => {
      await put(".config/sogni/memories.json", damaged);
      const error = await assertRejects(
        () => setMemory(host, paths, { key: "a", value: "b" }),
        AppError,
      );
      assertEquals(error.code, "STATE_FILE_DAMAGED");
      assertEquals(await text(String(error.details?.keptAt)), damaged);
    }));
}
