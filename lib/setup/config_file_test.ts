import { assert, assertEquals, assertMatch } from "@std/assert";
import * as fs from "node:fs/promises";
import { join } from "node:path";
import { inHome, type TestHome } from "../store/testing.ts";
import { applyEntry, type ConfigFile, planEntry, planEntryRemoval } from "./config_file.ts";
import type { ConfigFormat, ServerEntry } from "./config_format.ts";
import { jsoncFormat } from "./jsonc_format.ts";
import { snapshotOf } from "./testing/snapshot.ts";
import { tomlFormat } from "./toml_format.ts";

const NAME = "sogni-creative-agent";
const ENTRY: ServerEntry = {
  command: "/opt/sogni-agent",
  args: ["mcp"],
  env: { SOGNI_SKILL_VERSION: "3.10.0" },
};
const NEWER: ServerEntry = { ...ENTRY, env: { SOGNI_SKILL_VERSION: "3.11.0" } };

async function install({ host }: TestHome, file: ConfigFile, entry = ENTRY) {
  const plan = await planEntry(host.files, file, entry);
  await applyEntry(host.files, plan);
  return plan;
}

async function uninstall({ host }: TestHome, file: ConfigFile) {
  const plan = await planEntryRemoval(host.files, file);
  await applyEntry(host.files, plan);
  return plan;
}

const JSON_TEXTS: Record<string, string> = {
  "an empty object": "{}",
  "an empty file": "",
  "one line": '{"theme":"dark","mcpServers":{"other":{"command":"x"}}}',
  "no servers yet": '{\n  "theme": "dark"\n}\n',
  "an empty group": '{\n    "mcpServers": {\n    }\n}',
  "tabs, comments, trailing commas":
    '{\n\t// mine\n\t"mcpServers": {\n\t\t"a": {}, // a\n\t},\n}\n',
  "a byte-order mark and Windows line ends": '\ufeff{\r\n  "a": 1\r\n}\r\n',
  "an entry of the user's own": `{"mcpServers": {"${NAME}": {"command": "own"}}}\n`,
};
const TOML_TEXTS: Record<string, string> = {
  "an empty file": "",
  "no line end": 'model = "x"',
  "tables and comments": '# mine\nmodel = "x"\n\n[mcp_servers.other]\ncommand = "y" # why\n\n',
  "Windows line ends": 'model = "x"\r\n\r\n[profiles.a]\r\nb = 1\r\n',
};

for (
  const [format, texts, name] of [
    [await jsoncFormat(NAME), JSON_TEXTS, "JSON"],
    [await tomlFormat(NAME), TOML_TEXTS, "TOML"],
  ] as [ConfigFormat, Record<string, string>, string][]
) {
  for (const [what, text] of Object.entries(texts)) {
    Deno.test(`${name}, ${what}: added once, undone to the byte`, async () => {
      await inHome(async (test) => {
        const file = { path: await test.put("app/config", text), format };
        const before = await snapshotOf(test.home);
        await install(test, file);
        const added = await snapshotOf(test.home);
        assertEquals(format.read(await test.text(file.path))?.command, "/opt/sogni-agent");
        assertEquals((await install(test, file)).to, undefined);
        assertEquals(await snapshotOf(test.home), added);
        assertEquals((await install(test, file, NEWER)).installed, "3.10.0");
        await uninstall(test, file);
        assertEquals(await snapshotOf(test.home), before);
      });
    });

    Deno.test(`${name}, ${what}: what changed meanwhile stays when it is undone`, async () => {
      await inHome(async (test) => {
        const file = { path: await test.put("app/config", text), format };
        await install(test, file);
        const later = name === "JSON"
          ? (await test.text(file.path)).replace("{", '{ "later": true,')
          : `later = true\n${await test.text(file.path)}`;
        await fs.writeFile(file.path, later);
        await install(test, file, NEWER);
        await uninstall(test, file);
        const left = await test.text(file.path);
        assertEquals(format.read(left), undefined);
        assertMatch(left, /later/);
        for (const kept of ["mine", "dark", "other", "why", "profiles"]) {
          assertEquals(left.includes(kept), text.includes(kept), kept);
        }
        assertEquals(await fs.readdir(join(test.home, "app")), ["config"]);
      });
    });
  }

  Deno.test(`${name}: a file that was made goes again`, async () => {
    await inHome(async (test) => {
      await fs.mkdir(join(test.home, "app"));
      const file = { path: join(test.home, "app/config"), format };
      await install(test, file);
      assertEquals(format.read(await test.text(file.path))?.args, ["mcp"]);
      await uninstall(test, file);
      assertEquals(await snapshotOf(test.home), { "app/": "" });
    });
  });

  Deno.test(`${name}: text that is not valid is refused and not touched`, async () => {
    await inHome(async (test) => {
      const bad = name === "JSON" ? '{"mcpServers": [}' : "[mcp_servers\n";
      const file = { path: await test.put("app/config", bad), format };
      assertMatch((await install(test, file)).refused ?? "", /app\/config cannot be edited/);
      assertMatch((await uninstall(test, file)).refused ?? "", /cannot be edited/);
      assertEquals(await snapshotOf(test.home), { "app/": "", "app/config": bad });
    });
  });
}

Deno.test("what stays when an entry of unknown origin goes is indented as usual", async () => {
  const format = await jsoncFormat(NAME);
  const before = `{"theme":"dark","mcpServers":{"other":{"a":1},"${NAME}":{"command":"old"}}}\n`;
  const { theme, mcpServers } = JSON.parse(before);
  const after = format.unset(format.set(before, ENTRY));
  const left = { theme, mcpServers: { other: mcpServers.other } };
  assertEquals(after, `${JSON.stringify(left, null, 2)}\n`);
});

Deno.test("something else in the place of the servers is refused", async () => {
  const rows: [ConfigFormat, string][] = [
    [await jsoncFormat(NAME), '{"mcpServers": []}'],
    [await jsoncFormat(NAME), "[]"],
    [await tomlFormat(NAME), "mcp_servers = 1"],
    [await tomlFormat(NAME), `note = """\n[mcp_servers.${NAME}]\n"""\n[mcp_servers.${NAME}]\na=1`],
  ];
  for (const [format, text] of rows) {
    await inHome(async (test) => {
      const file = { path: await test.put("config", text), format };
      assert((await install(test, file)).refused, text);
      assertEquals(await test.text(file.path), text);
    });
  }
});

Deno.test("keys that the user added to the entry stay, also a path to ffmpeg", async () => {
  await inHome(async (test) => {
    const format = await jsoncFormat(NAME);
    const own = { command: "old", env: { MINE: "1", FFMPEG_PATH: "/own/ffmpeg" }, disabled: true };
    const file = {
      path: await test.put("config", JSON.stringify({ mcpServers: { [NAME]: own } })),
      format,
    };
    const env = { ...ENTRY.env, FFMPEG_PATH: "/usr/bin/ffmpeg" };
    await install(test, file, { ...ENTRY, env });
    assertEquals(format.read(await test.text(file.path)), {
      command: "/opt/sogni-agent",
      env: { MINE: "1", FFMPEG_PATH: "/own/ffmpeg", SOGNI_SKILL_VERSION: "3.10.0" },
      disabled: true,
      args: ["mcp"],
    });
  });
});

Deno.test("mode and link of the file stay, and so does its copy's secrecy", async () => {
  await inHome(async (test) => {
    const format = await jsoncFormat(NAME);
    const real = await test.put("dotfiles/config.json", "{}\n");
    await fs.chmod(real, 0o600);
    const path = join(test.home, "config.json");
    await fs.symlink(real, path);
    const { keepAs } = await install(test, { path, format });
    assert((await fs.lstat(path)).isSymbolicLink());
    assertEquals([await test.mode(real), await test.mode(keepAs ?? "")], [0o600, 0o600]);
  });
});

Deno.test("a file that another program changes between plan and write is left to it", async () => {
  await inHome(async (test) => {
    const file = { path: await test.put("config", "{}\n"), format: await jsoncFormat(NAME) };
    const plan = await planEntry(test.host.files, file, ENTRY);
    await fs.writeFile(file.path, '{"new": 1}\n');
    const error = await applyEntry(test.host.files, plan).catch((reason: Error) => reason.message);
    assertMatch(String(error), /changed by another program/);
    assertEquals(await test.text(file.path), '{"new": 1}\n');
    await install(test, file);
    await uninstall(test, file);
    assertEquals(await snapshotOf(test.home), { config: '{"new": 1}\n' });
  });
});
