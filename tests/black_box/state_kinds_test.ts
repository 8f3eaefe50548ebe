/**
 * State files that are not as they should be: a coded error or a warning, never a silent loss.
 *
 * The rights of files do not hold for root, who gives them up here, and can make files of another
 * owner. Where the tests run as somebody else those rows are left out by name.
 */
import { assert, assertEquals } from "@std/assert";
import { spawnSync } from "node:child_process";
import * as fs from "node:fs/promises";
import * as path from "node:path";
import process from "node:process";
import { type AgentRun, inPlace, onlyObject } from "../support/agent.ts";

const NOBODY = 65534;
const IS_ROOT = process.getuid?.() === 0;
const WITHOUT_RIGHTS = ["setpriv", "--inh-caps=-all", "--bounding-set=-all", "--no-new-privs"];

/** A store, a command that reads it and one that changes it. */
interface Store {
  file: string;
  good: string;
  read: string[];
  write: string[];
}
const STORES: readonly Store[] = [
  {
    file: "memories.json",
    good: '[{"key":"old","value":"kept"}]',
    read: ["--memory-list"],
    write: ["--memory-set", "new", "value"],
  },
  {
    file: "personas/index.json",
    good: '[{"id":"0123456789abcdef","name":"Old"}]',
    read: ["--persona-list"],
    write: ["--persona-remove", "Old"],
  },
];

/** What stands where the file should be, and how reading and changing end: a code, or "". */
interface Kind {
  name: string;
  make: (file: string, good: string) => Promise<unknown>;
  read: string;
  write: string;
  /** Made by another user. */
  foreign?: boolean;
  /** Moved to a name of its own, whole. */
  kept?: boolean;
}
const DAMAGED = { read: "STATE_FILE_DAMAGED", write: "STATE_FILE_DAMAGED", kept: true };
const UNREADABLE = { read: "STATE_READ_FAILED", write: "STATE_READ_FAILED" };
const KINDS: readonly Kind[] = [
  { name: "cut off", make: (file, good) => fs.writeFile(file, good.slice(0, -3)), ...DAMAGED },
  { name: "of another shape", make: (file) => fs.writeFile(file, "42"), ...DAMAGED },
  { name: "binary", make: (file) => fs.writeFile(file, new Uint8Array(999).fill(200)), ...DAMAGED },
  { name: "empty", make: (file) => fs.writeFile(file, ""), read: "", write: "" },
  {
    name: "huge",
    make: async (file, good) => {
      await fs.writeFile(file, good);
      await fs.truncate(file, 80 * 1024 * 1024);
    },
    ...UNREADABLE,
  },
  { name: "a folder", make: (file) => fs.mkdir(file), ...UNREADABLE },
  {
    name: "a pipe",
    make: (file) => Promise.resolve(spawnSync("mkfifo", [file])),
    ...UNREADABLE,
  },
  {
    name: "a link to a file of one's own",
    make: async (file, good) => {
      await fs.writeFile(`${file}.real`, good);
      await fs.symlink(`${file}.real`, file);
    },
    read: "",
    write: "",
  },
  {
    name: "a link to nothing",
    make: (file) => fs.symlink(`${file}.gone`, file),
    read: "",
    write: "STATE_WRITE_FAILED",
  },
  {
    name: "a link to a file of someone else",
    make: async (file, good) => {
      await fs.writeFile(`${file}.theirs`, good, { mode: 0o666 });
      await fs.symlink(`${file}.theirs`, file);
    },
    read: "",
    write: "STATE_WRITE_FAILED",
    foreign: true,
  },
  {
    name: "read-only",
    make: (file, good) => fs.writeFile(file, good, { mode: 0o400 }),
    read: "",
    write: "STATE_WRITE_FAILED",
  },
  {
    name: "unreadable",
    make: (file, good) => fs.writeFile(file, good, { mode: 0 }),
    ...UNREADABLE,
  },
  {
    name: "of someone else",
    make: (file, good) => fs.writeFile(file, good, { mode: 0o600 }),
    ...UNREADABLE,
    foreign: true,
  },
];

for (const kind of KINDS) {
  Deno.test({
    name: `a state file that is ${kind.name}: read ${kind.read || "ok"}, write ${
      kind.write || "ok"
    }`,
    ignore: kind.foreign === true && !IS_ROOT,
    fn: async () => {
      for (const store of STORES) {
        for (const action of ["read", "write"] as const) await tryKind(kind, store, action);
      }
    },
  });
}

async function tryKind(kind: Kind, store: Store, action: "read" | "write"): Promise<void> {
  await inPlace(async (place) => {
    const name = `${kind.name}: ${store[action].join(" ")}`;
    const file = path.join(place.home, ".config", "sogni", store.file);
    await fs.mkdir(path.dirname(file), { recursive: true });
    await kind.make(file, store.good);
    if (kind.foreign) await fs.chown(file, NOBODY, NOBODY);
    const before = await whatIsThere(path.dirname(file));

    const run = await place.run([...store[action], "--json"], {
      ...(IS_ROOT ? { wrapper: WITHOUT_RIGHTS } : {}),
      timeoutMs: 20_000,
    });
    const object = answerOf(run);
    assertEquals(object.errorCode ?? "", kind[action], `${name}: ${run.stdout}${run.stderr}`);
    if (kind[action] === "") return;
    assert(typeof object.hint === "string" && object.hint !== "", name);
    const after = await whatIsThere(path.dirname(file));
    if (kind.kept) {
      const { keptAt } = object.errorDetails as { keptAt: string };
      assertEquals(after[path.basename(keptAt)], before[path.basename(file)], name);
    } else {
      assertEquals(after, before, name);
    }
  });
}

/** Names with what they hold; locks may come. */
async function whatIsThere(folder: string): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const name of (await fs.readdir(folder)).filter((name) => !name.endsWith(".lock"))) {
    const info = await fs.lstat(path.join(folder, name));
    const isText = info.isFile() && info.size < 10_000;
    found[name] = isText ? await fs.readFile(path.join(folder, name), "latin1") : `${info.size}`;
  }
  return found;
}

function answerOf(run: AgentRun): Record<string, unknown> {
  assertEquals(run.signal, null);
  return onlyObject(run);
}

Deno.test("a damaged list of personas stops a render that names one, and a chat goes on with a warning", async () => {
  await inPlace(async ({ home, json }) => {
    const folder = path.join(home, ".config", "sogni");
    const index = path.join(folder, "personas", "index.json");
    await fs.mkdir(path.dirname(index), { recursive: true });
    await fs.writeFile(index, "[{");
    const render = await json(["--sandbox", "--persona", "Mara", "a pilot"]);
    assertEquals(render.object.errorCode, "STATE_FILE_DAMAGED");

    await fs.writeFile(path.join(folder, "memories.json"), "[{");
    const chat = await json(["--sandbox", "--api-chat", "hello"]);
    assertEquals(chat.object.success, true, chat.stderr);
    assert(/memories\.json cannot be understood\. It was kept as /.test(chat.stderr), chat.stderr);
  });
});
