import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import * as fs from "node:fs/promises";
import { parse } from "../cli/parse.ts";
import type { Host } from "../platform/host.ts";
import { inHome, type TestHome } from "../store/testing.ts";
import { execute } from "./execute.ts";

const JPEG = new Uint8Array([0xff, 0xd8, 0xff, 0xe0, ...new Array(40).fill(7)]);
const PNG = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, ...new Array(40).fill(0)]);
const WEBM = new TextEncoder().encode("\u001aE\u0000\u0000 webm");
WEBM.set([0x1a, 0x45, 0xdf, 0xa3]);

interface Answer {
  code: number;
  stdout: string;
  stderr: string;
}

/** Runs one command line in the test's home folder. */
async function run(test: TestHome, argv: string[], changes: Partial<Host> = {}): Promise<Answer> {
  test.written.stdout = "";
  test.written.stderr = "";
  const host: Host = { ...test.host, onInterrupt: () => {}, ...changes };
  const code = await execute(parse(argv, host.facts), host);
  return { code, ...test.written };
}

/** The same with `--json`; without the time, which differs. */
async function json(test: TestHome, argv: string[], changes: Partial<Host> = {}) {
  const { code, stdout } = await run(test, ["--json", ...argv], changes);
  assertMatch(stdout, /^[^\n]+\n$/);
  const { timestamp, ...object } = JSON.parse(stdout) as Record<string, unknown>;
  if (object.success && object.type) assertMatch(String(timestamp), /^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
  return { code, object };
}

/** A command line, what people read, and what `--json` says; both against a fresh home. */
const SIMPLE: [argv: string[], text: string, object: Record<string, unknown>][] = [
  [["--memory-list"], "No memories are stored.\n", { type: "memory-list", memories: [] }],
  [["--memory-get", "k"], 'No memory has the key "k".\n', {
    type: "memory-get",
    key: "k",
    found: false,
    memory: null,
  }],
  [["--memory-remove", "k"], 'No memory has the key "k".\n', {
    type: "memory-remove",
    removed: false,
    key: "k",
  }],
  [["--memory-set", "k", "-v"], "Memory created: k\n", {
    type: "memory-set",
    action: "created",
    key: "k",
    value: "-v",
  }],
  [["--personality-get"], "No personality is set.\n", {
    type: "personality-get",
    personality: null,
  }],
  [["--personality-set", " Be brief "], "Personality saved.\n", {
    type: "personality-set",
    personality: " Be brief ",
  }],
  [["--personality-set", ""], "Personality saved.\n", {
    type: "personality-set",
    personality: "",
  }],
  [["--personality-clear"], "Personality cleared.\n", { type: "personality-clear" }],
  [["--persona-list"], "No personas are saved.\n", { type: "persona-list", personas: [] }],
  [["--persona-resolve", "x"], 'No persona has the name, id or tag "x".\n', {
    type: "persona-resolve",
    found: false,
    persona: null,
  }],
  [["--persona-remove", "x"], 'No persona is named "x".\n', {
    type: "persona-remove",
    removed: false,
    name: "x",
  }],
];

for (const [argv, text, object] of SIMPLE) {
  Deno.test(`${argv.join(" ")} in a fresh home`, async () => {
    await inHome(async (test) => {
      assertEquals(await run(test, argv), { code: 0, stdout: text, stderr: "" });
    });
    await inHome(async (test) => {
      assertEquals(await json(test, argv), { code: 0, object: { success: true, ...object } });
    });
  });

  Deno.test(`${argv.join(" ")} answers an OpenClaw host in JSON`, () =>
    inHome(async (test) => {
      const { code, stdout } = await run(test, argv);
      const { timestamp: _, ...answered } = JSON.parse(stdout) as Record<string, unknown>;
      assertEquals([code, answered], [0, { success: true, ...object }]);
    }, { OPENCLAW_PLUGIN_CONFIG: "{}" }));
}

Deno.test("memories are listed in order, with their category", () =>
  inHome(async (test) => {
    await run(test, ["--memory-set", "style", "ink\nwash"]);
    await run(test, ["--memory-set", "ratio", "16:9", "--memory-category", "own word"]);
    const updated = await json(test, ["--memory-set", "style", "oil"]);
    assertEquals(updated.object.action, "updated");
    await run(test, ["--memory-set", "evil", "\u001b[31mred\nline"]);
    assertEquals(
      (await run(test, ["--memory-list"])).stdout,
      "style: oil [preference]\nratio: 16:9 [own word]\nevil: red line [preference]\n",
    );
    assertEquals((await run(test, ["--memory-get", "ratio"])).stdout, "ratio: 16:9 [own word]\n");
    const { object } = await json(test, ["--memory-get", "ratio"]);
    const memory = object.memory as Record<string, unknown>;
    assertEquals([object.found, memory.value, memory.source], [true, "16:9", "user"]);
    assertEquals((await json(test, ["--memory-remove", "style"])).object.removed, true);
  }));

Deno.test("a damaged file is one coded failure, then the command works", () =>
  inHome(async (test) => {
    await test.put(".config/sogni/memories.json", "[{");
    const first = await json(test, ["--memory-set", "a", "b"]);
    assertEquals([first.code, first.object.errorCode], [1, "STATE_FILE_DAMAGED"]);
    const { keptAt } = first.object.errorDetails as { keptAt: string };
    assertEquals(await test.text(keptAt), "[{");
    assertEquals((await json(test, ["--memory-set", "a", "b"])).object.action, "created");
  }));

Deno.test("a personality is read back trimmed; one that cannot be read is none", () =>
  inHome(async (test) => {
    await run(test, ["--personality-set", "  Kind. \n"]);
    assertEquals((await json(test, ["--personality-get"])).object.personality, "Kind.");
    await run(test, ["--personality-clear"]);
    await fs.mkdir(test.paths.personality);
    const { code, stdout, stderr } = await run(test, ["--personality-get", "--json", "-q"]);
    assertEquals([code, JSON.parse(stdout).personality], [0, null]);
    assertStringIncludes(stderr, "it is a folder");
  }));

Deno.test("a persona is added with all its options, shown and removed", () =>
  inHome(async (test) => {
    await test.put("Face.PNG", PNG);
    await test.put("voice", WEBM);
    const { object } = await json(test, [
      ...["--persona-add", "Mara", "--ref", "Face.PNG", "--relationship", "self"],
      ...["--description", "curly hair", "--tags", "me, boss,,", "--voice", "calm"],
      ...["--voice-clip", "voice"],
    ]);
    assertEquals(object.type, "persona-add");
    const persona = object.persona as Record<string, unknown>;
    assertEquals([persona.relationship, persona.description, persona.voice, persona.tags], [
      "self",
      "curly hair",
      "calm",
      ["me", "boss", "", ""],
    ]);
    assertMatch(String(persona.photoPath), /[0-9a-f]{16}\/photo\.png$/);
    assertMatch(String(persona.voiceClipPath), /voice-clip\.webm$/);
    assertEquals(
      (await run(test, ["--persona-list"])).stdout,
      "Mara (self): curly hair [voice]\n",
    );
    assertEquals((await json(test, ["--persona-list"])).object.personas, [persona]);
    assertEquals((await json(test, ["--persona-resolve", "BOSS"])).object, {
      success: true,
      type: "persona-resolve",
      found: true,
      persona,
    });
    const shown = (await run(test, ["--persona-resolve", "me"])).stdout;
    assertEquals(shown.split("\n").map((line) => line.split(":")[0]), [
      "Name",
      "Relationship",
      "Description",
      "Tags",
      "Voice",
      "Photo",
      "Voice clip",
      "",
    ]);
    assert(!shown.includes(`${persona.id}\n`));
    assertEquals((await json(test, ["--persona-delete", "mara"])).object.removed, true);
    assertEquals((await json(test, ["--persona-list"])).object.personas, []);
  }));

Deno.test("a persona of few words is shown in few lines", () =>
  inHome(async (test) => {
    await test.put("f.jpeg", JPEG);
    await run(test, ["--persona-add", "A", "--ref", "f.jpeg"]);
    assertEquals((await run(test, ["--persona-list"])).stdout, "A (friend): no description\n");
    const { stdout } = await run(test, ["--persona-resolve", "a"]);
    assertMatch(stdout, /^Name: A\nRelationship: friend\nPhoto: .*photo\.jpeg\n$/);
  }));

const REFUSED: [name: string, argv: string[], code: string, details?: Record<string, unknown>][] = [
  ["no photo", ["--persona-add", "A"], "INVALID_ARGUMENT", { flag: "--ref" }],
  ["no name", ["--persona-add", " ", "--ref", "f.jpg"], "INVALID_ARGUMENT"],
  ["a photo that is not there", ["--persona-add", "A", "--ref", "gone.jpg"], "MISSING_FILE"],
  ["a URL", ["--persona-add", "A", "--ref", "https://x.example/f.jpg"], "MISSING_FILE"],
  ["a folder", ["--persona-add", "A", "--ref", "."], "MISSING_FILE"],
  ["sound as a photo", ["--persona-add", "A", "--ref", "v.webm"], "UNSUPPORTED_MEDIA_TYPE"],
  [
    "a clip that is not there",
    ["--persona-add", "A", "--ref", "f.jpg", "--voice-clip", "no"],
    "MISSING_FILE",
    { flag: "--voice-clip", value: "no" },
  ],
  [
    "a picture as a clip",
    ["--persona-add", "A", "--ref", "f.jpg", "--voice-clip", "f.jpg"],
    "UNSUPPORTED_MEDIA_TYPE",
  ],
];

for (const [name, argv, errorCode, details] of REFUSED) {
  Deno.test(`a persona is refused with ${name}, and leaves nothing`, () =>
    inHome(async (test) => {
      await test.put("f.jpg", JPEG);
      await test.put("v.webm", WEBM);
      const { code, object } = await json(test, argv);
      assertEquals([code, object.errorCode], [1, errorCode]);
      if (details) assertEquals(object.errorDetails, details);
      assertEquals(await test.host.files.stat(test.paths.personas), undefined);
    }));
}

Deno.test("a photo of no known kind is kept as it is, with a warning", () =>
  inHome(async (test) => {
    await test.put("face.RAW", "a format that nobody here knows");
    await test.put("face", "the same without a name");
    const { code, stderr } = await run(test, ["--persona-add", "A", "--ref", "face.RAW"]);
    assertEquals(code, 0);
    assertMatch(stderr, /Warning: --ref: "face\.RAW" does not look like a picture/);
    assertEquals((await run(test, ["--persona-add", "B", "--ref", "face"])).code, 0);
    const { personas } = (await json(test, ["--persona-list"])).object;
    const [first, second] = personas as { photoPath: string }[];
    assertMatch(first?.photoPath ?? "", /photo\.raw$/);
    assertMatch(second?.photoPath ?? "", /photo\.jpg$/);
  }));

Deno.test("--last without a record fails with its code, in text on stderr", () =>
  inHome(async (test) => {
    const { code, stdout, stderr } = await run(test, ["--last"]);
    assertEquals([code, stdout], [1, ""]);
    assertMatch(stderr, /^Error: No render has been recorded yet\.\nHint: .+\n$/);
    const failure = await json(test, ["--last"]);
    assertEquals([failure.code, failure.object.errorCode], [1, "NO_LAST_RENDER"]);
    assert(failure.object.hint);
  }));

Deno.test("--last prints the file, or its keys after success", () =>
  inHome(async (test) => {
    const text = '{\n  "timestamp": "then",\n  "type": "image",\n  "seed": 5\n}';
    await test.put(".config/sogni/last-render.json", text);
    assertEquals(await run(test, ["--last"]), { code: 0, stdout: `${text}\n`, stderr: "" });
    const { stdout } = await run(test, ["--json", "--last"]);
    assertEquals(stdout, '{"success":true,"timestamp":"then","type":"image","seed":5}\n');
  }));

for (const raw of ["{half", "[1]", '"text"']) {
  Deno.test(`--last shows ${raw} as it is`, () =>
    inHome(async (test) => {
      await test.put(".config/sogni/last-render.json", raw);
      assertEquals(await json(test, ["--last"]), { code: 0, object: { success: true, raw } });
      assertEquals((await run(test, ["--last"])).stdout, `${raw}\n`);
      assertEquals(await test.text(test.paths.lastRender), raw);
    }));
}

Deno.test("--last follows lastRenderPath of the plugin configuration", () =>
  inHome(async (test) => {
    await test.put("elsewhere.json", '{"seed":9}');
    assertEquals((await json(test, ["--last"])).object.seed, 9);
  }, { OPENCLAW_PLUGIN_CONFIG: "{lastRenderPath: '~/elsewhere.json'}" }));

const stdin = (text: string): Partial<Host> => ({
  readStdin: () => Promise.resolve(new TextEncoder().encode(text)),
});

const PASTED = [
  "key-1",
  "key-1\n",
  "SOGNI_API_KEY=key-1\n",
  "export SOGNI_API_KEY='key-1'",
  ' "key-1" ',
  '"SOGNI_API_KEY=key-1"\n',
];

for (const input of PASTED) {
  Deno.test(`login takes ${JSON.stringify(input)} from standard input`, () =>
    inHome(async (test) => {
      const answer = await login(test, input);
      assertEquals(answer.code, 0);
      assert(!`${answer.stdout}${answer.stderr}`.includes("key-1"));
      assertEquals(await test.text(test.paths.credentials), "SOGNI_API_KEY=key-1\n");
      assertEquals(await test.mode(test.paths.credentials), 0o600);
    }));
}

function login(test: TestHome, input: string): Promise<Answer> {
  return run(test, ["login"], stdin(input));
}

for (
  const [input, code] of [["", "MISSING_API_KEY"], ["a b", "INVALID_API_KEY"], [
    "ü",
    "INVALID_API_KEY",
  ]] as const
) {
  Deno.test(`login refuses ${JSON.stringify(input)}`, () =>
    inHome(async (test) => {
      const { code: exit, stdout } = await run(test, ["login", "--json"], stdin(input));
      assertEquals([exit, JSON.parse(stdout).errorCode], [1, code]);
      assertEquals(await test.host.files.stat(test.paths.credentials), undefined);
    }));
}

Deno.test("login asks at a terminal without showing what is typed", () =>
  inHome(async (test) => {
    const asked: unknown[] = [];
    const { facts } = test.host;
    const { code } = await run(test, ["login"], {
      facts: { ...facts, terminal: { ...facts.terminal, stdinIsTerminal: true } },
      prompt: (question, options) => {
        asked.push(question, options);
        return Promise.resolve("typed");
      },
    });
    assertEquals([code, asked], [0, ["Sogni API key (hidden): ", { hidden: true }]]);
    assertEquals(await test.text(test.paths.credentials), "SOGNI_API_KEY=typed\n");
  }));

Deno.test("login refuses a key in the command line and does not repeat it", () =>
  inHome(async (test) => {
    const { code, stdout, stderr } = await run(test, ["login", "sekret"]);
    assertEquals(code, 1);
    assert(!`${stdout}${stderr}`.includes("sekret"));
  }));

Deno.test("logout removes the key, and once more is fine", () =>
  inHome(async (test) => {
    await test.put(".config/sogni/credentials", "# mine\nSOGNI_API_KEY=k\n");
    const path = test.paths.credentials;
    const run1 = await run(test, ["logout", "--json"]);
    const { timestamp: _, ...first } = JSON.parse(run1.stdout);
    assertEquals(first, { success: true, type: "logout", removed: true, path });
    assertEquals(await test.text(path), "# mine\n");
    const run2 = await run(test, ["logout"]);
    assertEquals(run2, { code: 0, stdout: `No API key is stored in ${path}\n`, stderr: "" });
  }));

Deno.test("login and logout say that the variable still wins", () =>
  inHome(async (test) => {
    assertStringIncludes((await login(test, "k")).stderr, "SOGNI_API_KEY is set");
    assertStringIncludes((await run(test, ["logout"])).stderr, "SOGNI_API_KEY is still set");
  }, { SOGNI_API_KEY: "other" }));

Deno.test("an open state folder is closed with a note, once", () =>
  inHome(async (test) => {
    await fs.mkdir(test.paths.base, { recursive: true });
    await fs.chmod(test.paths.base, 0o755);
    const first = await run(test, ["--memory-set", "a", "b"]);
    assertStringIncludes(first.stderr, "it had mode 0755");
    assertEquals(await test.mode(test.paths.base), 0o700);
    assertEquals((await run(test, ["--memory-set", "a", "c"])).stderr, "");
  }));

const STOPPING: [env: Record<string, string>, code: string][] = [
  [{ OPENCLAW_PLUGIN_CONFIG: "{defaultApiMaxTokens: 0}" }, "INVALID_CONFIG"],
  [{ SOGNI_PERSONAS_DIR: "a\nb" }, "INVALID_PATH"],
];

for (const [env, errorCode] of STOPPING) {
  Deno.test(`${JSON.stringify(env)} stops every command`, () =>
    inHome(async (test) => {
      const facts = { ...test.host.facts, env };
      for (const argv of ["--memory-list", "--personality-get", "--persona-list", "--last"]) {
        const { code, object } = await json(test, [argv], { facts });
        assertEquals([code, object.errorCode], [1, errorCode]);
      }
    }));
}
