import { assert, assertEquals } from "@std/assert";
import {
  lastRenderFacts,
  parseLastRender,
  readLastRenderText,
  writeLastRender,
} from "./last_render.ts";
import { inHome, type TestHome } from "./testing.ts";

async function facts({ host, paths }: TestHome) {
  const warnings: string[] = [];
  const found = await lastRenderFacts(host, paths, (text) => warnings.push(text));
  return { found, warnings };
}

Deno.test("a record is written, read and replaced", () =>
  inHome(async ({ host, paths, mode }) => {
    assertEquals(await readLastRenderText(host, paths), undefined);
    await writeLastRender(host, paths, { type: "image", seed: 1 });
    await writeLastRender(host, paths, { type: "image", seed: 2 });
    const text = await readLastRenderText(host, paths) ?? "";
    assertEquals(text, '{\n  "type": "image",\n  "seed": 2\n}');
    assertEquals(parseLastRender(text), { type: "image", seed: 2 });
    assertEquals(await mode(paths.lastRender), 0o600);
  }));

Deno.test("a damaged record is kept aside by the next one", () =>
  inHome(async ({ host, paths, put, text }) => {
    await put(".config/sogni/last-render.json", "{half");
    await writeLastRender(host, paths, { seed: 3 });
    assertEquals(parseLastRender(await text(paths.lastRender)), { seed: 3 });
    const names = await host.files.list(paths.base);
    const aside = names.find((name) => name.startsWith("last-render.json.damaged-"));
    assertEquals(await text(`${paths.base}/${aside}`), "{half");
  }));

for (const text of ["", "[1]", "3", "null", "{", "\u0000"]) {
  Deno.test(`${JSON.stringify(text)} is no record`, () => {
    assertEquals(parseLastRender(text), undefined);
  });
}

const URL = "https://x.example/a.png";
const FACTS: [record: unknown, facts: Record<string, unknown>][] = [
  [{ seed: 7, urls: [URL] }, { seed: 7, image: URL }],
  [{ seed: 0, urls: [] }, { seed: 0 }],
  [{ seed: "7", urls: "x" }, {}],
  [{ localPath: null, urls: [URL] }, { image: URL }],
  [{ localPath: "there.png", urls: [URL] }, { image: "there.png" }],
  [{ localPath: "gone.png", urls: [URL] }, { image: URL }],
  [{ localPath: "gone.png" }, {}],
  [{ localPath: ".", urls: [] }, {}],
  [{ localPath: 5, urls: [5] }, {}],
  [{ urls: ["file:///etc/passwd"] }, {}],
];

for (const [record, expected] of FACTS) {
  Deno.test(`${JSON.stringify(record)} gives ${JSON.stringify(expected)}`, () =>
    inHome(async (test) => {
      await test.put("there.png", "x");
      await test.put(".config/sogni/last-render.json", JSON.stringify(record));
      assertEquals(await facts(test), { found: expected, warnings: [] });
    }));
}

Deno.test("no record gives nothing and warns of nothing", () =>
  inHome(async (test) => assertEquals(await facts(test), { found: undefined, warnings: [] })));

Deno.test("a damaged record gives nothing, with a warning that says where it is", () =>
  inHome(async (test) => {
    await test.put(".config/sogni/last-render.json", "{half");
    const { found, warnings } = await facts(test);
    assertEquals(found, undefined);
    assert(warnings.length === 1 && warnings[0]?.includes("cannot be understood"));
    assertEquals(await readLastRenderText(test.host, test.paths), "{half");
  }));
