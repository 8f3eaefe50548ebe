import { assertEquals, assertMatch } from "@std/assert";
import * as fs from "node:fs/promises";
import { join } from "node:path";
import { Reporter } from "../cli/reporter.ts";
import type { Host } from "../platform/host.ts";
import type { Self } from "../platform/self.ts";
import { inHome } from "../store/testing.ts";
import { setup } from "./setup.ts";

const SELF: Self = {
  form: "executable",
  program: "/opt/sogni-agent",
  args: [],
  script: "/opt/sogni-agent",
  target: "linux-x64",
};
const ENV = { SOGNI_TEST_SKIP_FFMPEG_CHECK: "1" };

/** Runs setup at a terminal where these answers are typed. */
async function atTerminal(
  words: string[],
  answers: string[],
  body: (
    run: { code: number; asked: string[]; stdout: string; stderr: string; home: string },
  ) => unknown,
  user: { id?: number; env?: Record<string, string> } = {},
): Promise<void> {
  await inHome(async ({ host, home, written }) => {
    await fs.mkdir(join(home, ".claude"));
    const asked: string[] = [];
    const machine: Host = {
      ...host,
      facts: { ...host.facts, terminal: { ...host.facts.terminal, stdinIsTerminal: true } },
      prompt: (question) => {
        asked.push(question);
        return Promise.resolve(answers.shift() ?? "");
      },
    };
    const code = await setup(
      {
        invocation: { command: "setup", options: {}, words },
        host: machine,
        report: new Reporter(machine, { json: false, quiet: false, openclaw: false }),
        failure: { prompt: null },
        onInterrupt: () => {},
      },
      SELF,
      user.id ?? 1000,
    );
    await body({ code, asked, ...written, home });
  }, { ...ENV, ...user.env });
}

Deno.test("at a terminal setup asks before it changes anything, then for the key", async () => {
  await atTerminal([], ["", "my-key"], async ({ code, asked, stdout, stderr, home }) => {
    assertEquals(code, 0, stderr);
    assertMatch(asked.join("\n"), /^Install for: Claude Code\? \[Y\/n\] \nSogni API key/);
    assertMatch(stdout, /Detected runtimes[\s\S]*Claude Code +installed 3/);
    assertMatch(stdout, /Next steps/);
    assertEquals(await fs.readdir(join(home, ".claude/skills")), ["sogni-creative-agent-skill"]);
    const key = await fs.readFile(join(home, ".config/sogni/credentials"), "utf8");
    assertEquals(key, "SOGNI_API_KEY=my-key\n");
  });
});

Deno.test("a refusal changes nothing and ends with 1", async () => {
  await atTerminal([], ["n"], async ({ code, stderr, home }) => {
    assertEquals(code, 1);
    assertMatch(stderr, /Aborted/);
    assertEquals(await fs.readdir(home), [".claude"]);
  });
});

Deno.test("purging is not done unless agreed to", async () => {
  for (const [answer, left] of [["", true], ["n", true], ["y", false]] as const) {
    await inHome(async ({ host, home, put }) => {
      await put(".config/sogni/memories.json", "{}");
      const machine: Host = {
        ...host,
        facts: { ...host.facts, terminal: { ...host.facts.terminal, stdinIsTerminal: true } },
        prompt: () => Promise.resolve(answer),
      };
      const report = new Reporter(machine, { json: false, quiet: false, openclaw: false });
      const invocation = { command: "setup", options: {}, words: ["--purge"] };
      const context = {
        invocation,
        host: machine,
        report,
        failure: { prompt: null },
        onInterrupt: () => {},
      };
      assertEquals(await setup(context, SELF, 1000), 0);
      const names = await fs.readdir(join(home, ".config"));
      assertEquals(names.includes("sogni"), left);
    });
  }
});

Deno.test("root by way of sudo touches no file of the user", async () => {
  const sudo = { id: 0, env: { SUDO_USER: "mara", SUDO_UID: "1000" } };
  for (const words of [["--yes"], ["--uninstall"], ["--purge", "--yes"]]) {
    await atTerminal(words, [], async ({ code, stderr, home }) => {
      assertEquals(code, 2);
      assertMatch(stderr, /without sudo: sogni-agent setup/);
      assertEquals(await fs.readdir(home), [".claude"]);
    }, sudo);
  }
  await atTerminal(["--yes", "--no-credentials"], [], ({ code }) => assertEquals(code, 0), {
    id: 0,
  });
});
