/** `sogni-agent setup` on homes with runtimes for agents: installed, repeated, killed, undone. */
import { assert, assertEquals, assertMatch, assertNotMatch } from "@std/assert";
import * as fs from "node:fs/promises";
import { delimiter, join } from "node:path";
import process from "node:process";
import { snapshotOf } from "../../lib/setup/testing/snapshot.ts";
import { inPlace, type Place } from "../support/agent.ts";

const SKILL = "sogni-creative-agent-skill";
const DESKTOP = "home/.config/Claude/claude_desktop_config.json";

/** What people have before setup: settings, other skills, comments, one skill of the same name. */
const BEFORE: Readonly<Record<string, string>> = {
  "home/.claude/settings.json": '{"enabledPlugins":{"other@x":true}}',
  "home/.claude/skills/other/SKILL.md": "other\n",
  "home/.codex/config.toml": '# mine\nmodel = "x"\n',
  [`home/.codex/skills/${SKILL}/SKILL.md`]: "written by hand\n",
  "home/.hermes/config.yaml": "a: 1\n",
  "home/.openclaw/openclaw.json": "{ skills: {}, }\n",
  [DESKTOP]: '\ufeff{\r\n\t// servers\r\n\t"mcpServers": {"other": {"command": "x"},},\r\n}',
};
const YES = { INSTALL_CLI: "skip", SOGNI_TEST_SKIP_FFMPEG_CHECK: "1" };

async function withRuntimes(body: (place: Place, root: string) => Promise<void>): Promise<void> {
  await inPlace(async (place) => {
    const root = join(place.home, "..");
    for (const [name, text] of Object.entries(BEFORE)) {
      await fs.mkdir(join(root, name, ".."), { recursive: true });
      await fs.writeFile(join(root, name), text);
    }
    await body(place, root);
  });
}

function statuses(object: Record<string, unknown>): Record<string, string> {
  const rows = object.runtimes as { runtime: string; status: string }[];
  return Object.fromEntries(rows.map(({ runtime, status }) => [runtime, status]));
}

function all(status: string): Record<string, string> {
  const names = ["claude", "desktop", "codex", "hermes", "openclaw"];
  return Object.fromEntries(names.map((name) => [name, status]));
}

Deno.test("setup installs everywhere, changes no byte when repeated, and is undone to the byte", async () => {
  await withRuntimes(async ({ json, run }, root) => {
    const before = await snapshotOf(root);
    const dry = await json(["setup", "--dry-run", "--codex-mcp"], { env: YES });
    assertEquals([dry.code, statuses(dry.object)], [0, all("would-install")]);
    assertEquals(await snapshotOf(root), before);

    const first = await json(["setup", "--yes", "--codex-mcp"], { env: YES });
    assertEquals([first.code, statuses(first.object)], [0, all("installed")]);
    const installed = await snapshotOf(root);
    for (
      const folder of [
        ".claude/skills",
        ".codex/skills",
        ".hermes/skills/media",
        ".openclaw/skills",
      ]
    ) {
      assertMatch(
        installed[`home/${folder}/${SKILL}/SKILL.md`] ?? "",
        /name: sogni-creative-agent-skill/,
      );
      assert(installed[`home/${folder}/${SKILL}/references/models.md`], folder);
    }
    const desktop = installed[DESKTOP] ?? "";
    assertMatch(desktop, /"mcp"/);
    assertMatch(desktop, /\/\/ servers/);
    assertMatch(
      installed["home/.codex/config.toml"] ?? "",
      /^# mine\n.*\n\n\[mcp_servers\.sogni-creative-agent\]/s,
    );
    assertEquals(installed["home/.openclaw/openclaw.json"], BEFORE["home/.openclaw/openclaw.json"]);

    const second = await run(["setup", "--yes", "--codex-mcp"], { env: YES });
    assertEquals(second.code, 0);
    assertEquals(await snapshotOf(root), installed);

    const wouldGo = await json(["setup", "--uninstall", "--dry-run"], { env: YES });
    assertEquals([wouldGo.code, statuses(wouldGo.object)], [0, all("would-remove")]);
    assertEquals(await snapshotOf(root), installed);
    const gone = await json(["setup", "--uninstall"], { env: YES });
    assertEquals([gone.code, statuses(gone.object)], [0, all("removed")]);
    assertEquals(await snapshotOf(root), before);
    const again = await json(["setup", "--uninstall"], { env: YES });
    assertEquals([again.code, statuses(again.object).claude], [0, "skipped"]);
  });
});

Deno.test("setup that is killed half-way is completed, and can be undone, by the next run", async () => {
  await withRuntimes(async ({ run }, root) => {
    const before = await snapshotOf(root);
    const whole = await run(["setup", "--yes"], { env: YES });
    const wanted = Object.keys(filesOf(await snapshotOf(root))).map(withoutTime);
    await run(["setup", "--uninstall"], { env: YES });
    // How long a run takes changes with what else the machine does: the shortest so far counts.
    let fastest = whole.milliseconds;
    let cut = 0;
    for (const part of [0.4 + Math.random() / 5, 0.7, 0.8, 0.9, 0.8 + Math.random() / 5]) {
      const killed = await run(["setup", "--yes"], {
        env: YES,
        timeoutMs: Math.round(fastest * part),
      });
      if (killed.code === 0) fastest = Math.min(fastest, killed.milliseconds);
      else cut++;
      if (part === 0.8) {
        await run(["setup", "--uninstall"], { env: YES });
      } else {
        assertEquals((await run(["setup", "--yes"], { env: YES })).code, 0);
        assertEquals(Object.keys(filesOf(await snapshotOf(root))).map(withoutTime), wanted);
        await run(["setup", "--uninstall"], { env: YES });
      }
      assertEquals(filesOf(await snapshotOf(root)), filesOf(before));
    }
    for (let tries = 0; cut === 0 && tries < 20; tries++) {
      const timeoutMs = Math.round(fastest / 2 ** (1 + tries / 4));
      if ((await run(["setup", "--yes"], { env: YES, timeoutMs })).code !== 0) cut++;
      await run(["setup", "--uninstall"], { env: YES });
      assertEquals(filesOf(await snapshotOf(root)), filesOf(before));
    }
    assert(cut > 0, "no run was killed");
  });
});

/** Without folders: a kill may leave an empty one. */
function filesOf(snapshot: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(snapshot).filter(([name]) => !name.endsWith("/")));
}

/** Names of kept copies end with the time. */
function withoutTime(name: string): string {
  return name.replace(/\d{8}-\d{6}$/, "TIME");
}

Deno.test("without a terminal setup needs --yes, and wrong words end with 2", async () => {
  await withRuntimes(async ({ run, json }, root) => {
    const before = await snapshotOf(root);
    const silent = await run(["setup"], { env: YES });
    assertEquals(silent.code, 2);
    assertMatch(silent.stderr, /Add --yes/);
    for (const words of [["--only", "codex"], ["--remove-cli"], ["--only=nonsense"], ["now"]]) {
      const { code, object } = await json(["setup", ...words]);
      assertEquals([code, object.errorCode], [2, "INVALID_ARGUMENT"]);
    }
    assertEquals((await run(["setup", "--purge"], { env: YES })).code, 0);
    assertEquals(await snapshotOf(root), before);
  });
});

Deno.test("a runtime that is not here is an error when it was named, before npm is asked", async () => {
  await inPlace(async ({ json, home }) => {
    const env = { PATH: await shim(home, 'echo "$@" >> "$HOME/npm.log"') };
    const { code, object } = await json(["setup", "--yes", "--install-cli", "--only=hermes"], {
      env,
    });
    assertEquals([code, object.errorCode], [1, "SETUP_NO_RUNTIME"]);
    assertEquals(await fs.readdir(home), ["shim"]);
    const flagless = await json(["setup", "--yes"], { env: { ...env, ...YES } });
    assertEquals([flagless.code, flagless.object.success], [0, true]);
    assertNotMatch(flagless.stdout, /instructions/);
    assertEquals(await fs.readdir(home), ["shim"]);
  });
});

Deno.test("with --install-cli npm runs once, and its refusal leaves everything as it was", async () => {
  await withRuntimes(async ({ json, home }, root) => {
    const denied = {
      PATH: await shim(home, 'echo "npm error EACCES: permission denied" >&2; exit 243'),
    };
    const before = await snapshotOf(root);
    const refused = await json(["setup", "--yes", "--install-cli", "--only=claude"], {
      env: denied,
    });
    assertEquals([refused.code, refused.object.errorCode], [1, "SETUP_NPM_FAILED"]);
    assertMatch(
      String(refused.object.hint),
      /sudo npx setup-sogni-agent-skill --yes --only=claude/,
    );
    assertEquals(await snapshotOf(root), before);
    const env = { PATH: await shim(home, 'echo "$@" >> "$HOME/npm.log"') };
    const done = await json(["setup", "--yes", "--version=3.10.0", "--only=claude"], { env });
    assertEquals([done.code, statuses(done.object)], [0, { claude: "installed" }]);
    assertMatch(
      await fs.readFile(join(home, "npm.log"), "utf8"),
      /^install -g @sogni-ai\/sogni-creative-agent-skill@3\.10\.0\n/,
    );
  });
});

Deno.test("a configuration that cannot be read is left alone, the other runtimes are served", async () => {
  await withRuntimes(async ({ json }, root) => {
    await fs.writeFile(join(root, DESKTOP), "{ broken");
    const { code, object } = await json(["setup", "--yes"], { env: YES });
    assertEquals([code, object.errorCode], [1, "SETUP_RUNTIME_FAILED"]);
    assertEquals(statuses(object), { ...all("installed"), desktop: "failed" });
    const gone = await json(["setup", "--uninstall"], { env: YES });
    assertEquals(gone.code, 0, gone.stdout);
    assertEquals(statuses(gone.object), { ...all("removed"), desktop: "skipped" });
    assertMatch(JSON.stringify(gone.object.runtimes), /cannot be edited/);
    assertEquals(await fs.readFile(join(root, DESKTOP), "utf8"), "{ broken");
  });
});

Deno.test("where the plugin is enabled the skill is not installed a second time", async () => {
  await withRuntimes(async ({ json }, root) => {
    const settings = { enabledPlugins: { "sogni-creative-agent@sogni": true } };
    await fs.writeFile(join(root, "home/.claude/settings.json"), JSON.stringify(settings));
    const { object } = await json(["setup", "--yes", "--only=claude"], { env: YES });
    assertEquals(statuses(object), { claude: "skipped" });
    assertEquals(await fs.readdir(join(root, "home/.claude/skills")), ["other"]);
  });
});

Deno.test("the text for ChatGPT is printed or written, and nothing else is touched", async () => {
  await inPlace(async ({ run, home, path }) => {
    const printed = await run(["setup", "--only=chatgpt"]);
    assertEquals(printed.code, 0);
    assertMatch(printed.stdout, /chatgpt\.com\/gpts\/editor/);
    const written = await run(["setup", "--only=chatgpt", "--output-chatgpt-bundle=gpt.md"]);
    assertEquals(written.code, 0);
    assertMatch(await fs.readFile(path("gpt.md"), "utf8"), /Instructions/i);
    assertEquals(await fs.readdir(home), []);
  });
});

Deno.test("the key comes from standard input, is stored once and shown never", async () => {
  await withRuntimes(async ({ run, home }) => {
    const args = ["setup", "--yes", "--only=claude", "--key-stdin", "--json"];
    const { code, stdout, stderr } = await run(args, {
      env: YES,
      stdin: ' "test-key-0123456789"\n',
    });
    assertEquals(code, 0, stderr);
    assertNotMatch(stdout + stderr, /test-key/);
    const file = join(home, ".config/sogni/credentials");
    assertEquals(await fs.readFile(file, "utf8"), "SOGNI_API_KEY=test-key-0123456789\n");
    assertEquals((await fs.stat(file)).mode & 0o777, 0o600);
    const purged = await run(["setup", "--purge", "--yes", "--json"], { env: YES });
    const { data } = JSON.parse(purged.stdout);
    assertEquals([purged.code, data.status], [0, "purged"]);
    assertEquals((await fs.stat(data.backup)).mode & 0o777, 0o600);
    assertEquals((await fs.readdir(join(home, ".config"))).includes("sogni"), false);
  });
});

/** `PATH` with an npm that runs this script. */
async function shim(home: string, script: string): Promise<string> {
  const folder = join(home, "shim");
  await fs.mkdir(folder, { recursive: true });
  await fs.writeFile(join(folder, "npm"), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  return `${folder}${delimiter}${process.env.PATH ?? ""}`;
}
