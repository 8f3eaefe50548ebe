import { assert, assertEquals, assertMatch, assertRejects } from "@std/assert";
import * as fs from "node:fs/promises";
import * as path from "node:path";
import { AppError } from "../errors/app_error.ts";
import {
  addPersona,
  findPersona,
  listPersonas,
  type NewPersona,
  personaFacts,
  removePersona,
  resolvePersona,
  slugOf,
} from "./personas.ts";
import { inHome, type TestHome } from "./testing.ts";

async function add(test: TestHome, name: string, rest: Partial<NewPersona> = {}) {
  const photo = { path: await test.put("face.jpg", `photo of ${name}`), extension: "jpg" };
  return await addPersona(test.host, test.paths, { name, photo, ...rest }, 5);
}

Deno.test("a persona keeps all that it was given, its files private and by id", () =>
  inHome(async (test) => {
    const clip = { path: await test.put("v.webm", "sound"), extension: "webm" };
    const persona = await add(test, "Mara Ön", {
      relationship: "self",
      description: "curly hair",
      tags: ["me", ""],
      voice: "calm",
      voiceClip: clip,
    });
    assertMatch(persona.id, /^[0-9a-f]{16}$/);
    const folder = path.join(test.paths.personas, persona.id);
    assertEquals(persona, {
      id: persona.id,
      name: "Mara Ön",
      slug: "mara-n",
      relationship: "self",
      description: "curly hair",
      tags: ["me", ""],
      voice: "calm",
      photoPath: path.join(folder, "photo.jpg"),
      voiceClipPath: path.join(folder, "voice-clip.webm"),
      createdAt: 5,
      updatedAt: 5,
    });
    assertEquals(await test.text(persona.photoPath), "photo of Mara Ön");
    assertEquals(await test.text(persona.voiceClipPath ?? ""), "sound");
    for (
      const file of [
        persona.photoPath,
        persona.voiceClipPath ?? "",
        `${test.paths.personas}/index.json`,
      ]
    ) {
      assertEquals(await test.mode(file), 0o600);
    }
    for (const dir of [folder, test.paths.personas]) assertEquals(await test.mode(dir), 0o700);
    assertEquals(await listPersonas(test.host, test.paths), [persona]);
  }));

Deno.test("defaults are friend, no description, no tags, no voice", () =>
  inHome(async (test) => {
    const { relationship, description, tags, voice, voiceClipPath } = await add(test, "A");
    assertEquals([relationship, description, tags, voice, voiceClipPath], [
      "friend",
      "",
      [],
      null,
      null,
    ]);
  }));

Deno.test("names that only differ in signs have files of their own", () =>
  inHome(async (test) => {
    const [one, two, three] = [
      await add(test, "Mark"),
      await add(test, "Mark!"),
      await add(test, "日本"),
    ];
    assertEquals(await test.text(one.photoPath), "photo of Mark");
    assertEquals(await test.text(two.photoPath), "photo of Mark!");
    assert(await removePersona(test.host, test.paths, "Mark!"));
    assert(await removePersona(test.host, test.paths, "日本"));
    assertEquals(await test.text(one.photoPath), "photo of Mark");
    assertEquals(await test.host.files.stat(path.dirname(two.photoPath)), undefined);
    assertEquals(await test.host.files.stat(path.dirname(three.photoPath)), undefined);
    assertEquals((await listPersonas(test.host, test.paths)).map(({ name }) => name), ["Mark"]);
  }));

Deno.test("a name is taken whatever its case, and the failed attempt leaves nothing", () =>
  inHome(async (test) => {
    await add(test, "Mara");
    const before = await fs.readdir(test.paths.personas);
    const error = await assertRejects(() => add(test, "mARA"), AppError);
    assertEquals(error.code, "PERSONA_EXISTS");
    assertEquals(await fs.readdir(test.paths.personas), before);
  }));

Deno.test("what a killed add left is removed by the next, and nothing else is", () =>
  inHome(async (test) => {
    const { personas } = test.paths;
    await test.put(path.join(path.relative(test.home, personas), ".adding-0a", "photo.jpg"), "x");
    await test.put(path.join(path.relative(test.home, personas), "mara", "photo.jpg"), "kept");
    const { id } = await add(test, "Mara");
    assertEquals(
      (await fs.readdir(personas)).sort(),
      [id, "index.json", "index.json.lock", "mara"].sort(),
    );
  }));

Deno.test("a photo that cannot be copied leaves nothing", () =>
  inHome(async (test) => {
    const { personas } = test.paths;
    const photo = { path: path.join(test.home, "missing.jpg"), extension: "jpg" };
    const { code } = await assertRejects(
      () => addPersona(test.host, test.paths, { name: "Mara", photo }),
      AppError,
    );
    assertEquals(code, "STATE_WRITE_FAILED");
    assertEquals(await fs.readdir(personas), ["index.json.lock"]);
  }));

Deno.test("of two adds of one name at once one wins and the other leaves nothing", () =>
  inHome(async (test) => {
    const results = await Promise.allSettled([add(test, "A"), add(test, "a"), add(test, "A")]);
    assertEquals(results.filter(({ status }) => status === "fulfilled").length, 1);
    const folders = (await fs.readdir(test.paths.personas)).filter((name) => !name.includes("."));
    assertEquals(folders.length, 1);
  }));

const people = [
  { id: "aa11", name: "Mara", tags: ["me", "boss"] },
  { id: "bb22", name: "Boss", tags: ["mara", ""] },
].map((rest) => ({
  slug: "",
  relationship: "friend",
  description: "",
  voice: null,
  photoPath: "",
  voiceClipPath: null,
  createdAt: 0,
  updatedAt: 0,
  ...rest,
}));
const RESOLVED: [wanted: string, name: string | undefined][] = [
  ["mara", "Mara"],
  ["BOSS", "Boss"],
  ["BB22", "Boss"],
  ["ME", "Mara"],
  ["", undefined],
  ["mar", undefined],
  ["friend", undefined],
];

for (const [wanted, name] of RESOLVED) {
  Deno.test(`"${wanted}" resolves to ${name}`, () => {
    assertEquals(findPersona(people, wanted)?.name, name);
  });
}

Deno.test("planning sees the files that are there", () =>
  inHome(async (test) => {
    const { host, paths } = test;
    const clip = { path: await test.put("v.webm", "sound"), extension: "webm" };
    const { photoPath, voiceClipPath } = await add(test, "Mara", { voiceClip: clip, tags: ["me"] });
    assertEquals(await personaFacts(host, paths, "ME"), {
      name: "Mara",
      relationship: "friend",
      photoPath,
      voiceClipPath: voiceClipPath ?? "",
    });
    await fs.rm(photoPath);
    await fs.rm(voiceClipPath ?? "");
    assertEquals(await personaFacts(host, paths, "Mara"), { name: "Mara", relationship: "friend" });
    const error = await assertRejects(() => personaFacts(host, paths, "nobody"), AppError);
    assertEquals([error.code, error.details], ["PERSONA_NOT_FOUND", { persona: "nobody" }]);
  }));

Deno.test("only the name removes", () =>
  inHome(async (test) => {
    const { host, paths } = test;
    const { id } = await add(test, "Mara", { tags: ["me"] });
    assertEquals(await removePersona(host, paths, id), false);
    assertEquals(await removePersona(host, paths, "me"), false);
    assertEquals(await removePersona(host, paths, "MARA"), true);
    assertEquals(await removePersona(host, paths, "Mara"), false);
  }));

/** An index as older versions wrote it. */
async function putOld(test: TestHome, people: Record<string, unknown>[]): Promise<void> {
  await test.put(".config/sogni/personas/index.json", JSON.stringify(people));
}

Deno.test("folders by slug are read, and removed when nothing else is in them", () =>
  inHome(async (test) => {
    const { host, paths } = test;
    const photo = await test.put(".config/sogni/personas/mark/photo.jpg", "old");
    await putOld(test, [{ id: "1".repeat(16), name: "Mark", slug: "mark", photoPath: photo }]);
    assertEquals((await resolvePersona(host, paths, "mark"))?.photoPath, photo);
    assertEquals(await removePersona(host, paths, "Mark"), true);
    assertEquals(await host.files.stat(path.dirname(photo)), undefined);
  }));

Deno.test("a record that holds little more than a name is no damage", () =>
  inHome(async (test) => {
    const { host, paths } = test;
    const photo = await test.put(".config/sogni/personas/mark/photo.jpg", "old");
    await putOld(test, [{ name: "Mark", photoPath: photo }]);
    const [mark] = await listPersonas(host, paths);
    assertMatch(mark?.id ?? "", /^[0-9a-f]{16}$/);
    assertEquals([mark?.photoPath, mark?.relationship, mark?.tags], [photo, "friend", []]);
    assertEquals(await removePersona(host, paths, "mark"), true);
    assertEquals(await listPersonas(host, paths), []);
  }));

Deno.test("a photo that another persona uses stays", () =>
  inHome(async (test) => {
    const { host, paths } = test;
    const photoPath = await test.put(".config/sogni/personas/mark/photo.jpg", "shared");
    await putOld(test, [
      { id: "1".repeat(16), name: "Mark", slug: "mark", photoPath },
      { id: "2".repeat(16), name: "Mark!", slug: "mark", photoPath },
    ]);
    assertEquals(await removePersona(host, paths, "Mark"), true);
    assertEquals(await test.text(photoPath), "shared");
  }));

Deno.test("a folder that was moved is found at its new place", () =>
  inHome(async (test) => {
    const photo = await test.put("new/mark/photo.jpg", "moved");
    await test.put(
      "new/index.json",
      JSON.stringify([{ id: "1", name: "Mark", slug: "mark", photoPath: "/old/mark/photo.jpg" }]),
    );
    assertEquals((await listPersonas(test.host, test.paths))[0]?.photoPath, photo);
  }, { SOGNI_PERSONAS_DIR: "~/new" }));

for (const id of ["", "..", "../..", "/", "x/../.."]) {
  Deno.test(`an index with the id ${JSON.stringify(id)} removes nothing outside`, () =>
    inHome(async (test) => {
      const outside = await test.put("precious.jpg", "mine");
      const inside = await test.put(".config/sogni/memories.json", "[]");
      await putOld(test, [{
        id,
        name: "Evil",
        slug: "..",
        photoPath: outside,
        voiceClipPath: inside,
      }]);
      assertEquals(await removePersona(test.host, test.paths, "Evil"), true);
      assertEquals([await test.text(outside), await test.text(inside)], ["mine", "[]"]);
      assertEquals(await test.text(`${test.paths.personas}/index.json`), "[]");
    }));
}

for (const damaged of ["{}", "[{}]", '[{"id":1,"name":"x"}]', "["]) {
  Deno.test(`the index ${damaged} is kept aside, the photos stay`, () =>
    inHome(async (test) => {
      const photo = await test.put(".config/sogni/personas/x/photo.jpg", "face");
      await test.put(".config/sogni/personas/index.json", damaged);
      const error = await assertRejects(() => add(test, "New"), AppError);
      assertEquals(error.code, "STATE_FILE_DAMAGED");
      assertEquals(await test.text(String(error.details?.keptAt)), damaged);
      assertEquals(await test.text(photo), "face");
    }));
}

const SLUGS: [name: string, slug: string][] = [
  ["Mark", "mark"],
  ["Mark!", "mark"],
  ["  A  B--C ", "a-b-c"],
  ["日本", ""],
  ["É1", "1"],
];

for (const [name, slug] of SLUGS) {
  Deno.test(`the slug of ${JSON.stringify(name)} is "${slug}"`, () =>
    assertEquals(slugOf(name), slug));
}
