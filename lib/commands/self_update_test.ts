import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { Reporter } from "../cli/reporter.ts";
import type { Host, RunResult, SystemName } from "../platform/host.ts";
import type { Self } from "../platform/self.ts";
import { VERSION } from "../platform/version.ts";
import { inHome } from "../store/testing.ts";
import { selfUpdate } from "./self_update.ts";

const PACKAGE = "lib/node_modules/@sogni-ai/sogni-creative-agent-skill/bin/sogni-agent.mjs";
const RECORD = ".config/sogni/update-check.json";

interface Case {
  script?: string;
  form?: Self["form"];
  /** How the manager ends; the program that is asked for its version says `version`. */
  manager?: Partial<RunResult> & { says?: string; fails?: string };
  version?: string;
  json?: boolean;
  system?: SystemName;
}

interface Outcome {
  code: number;
  stdout: string;
  stderr: string;
  ran: string[];
  recordLeft: boolean;
}

async function update(given: Case): Promise<Outcome> {
  const outcome: Outcome = { code: -1, stdout: "", stderr: "", ran: [], recordLeft: false };
  await inHome(async ({ host, put, written, paths }) => {
    await put(RECORD, '{"lastCheckedAt":1,"lastKnownLatest":"99.0.0"}');
    const script = given.script ?? `/usr/local/${PACKAGE}`;
    const program = given.form === "executable" ? script : "/usr/bin/node";
    const fake: Host = {
      ...host,
      facts: { ...host.facts, system: given.system ?? "linux" },
      run: (name, args, options) => {
        outcome.ran.push([name, ...args].join(" "));
        const asked = args.includes("--version");
        const { fails, says = "", ...result } = given.manager ?? {};
        if (!asked && fails) {
          return Promise.reject(Object.assign(new Error(fails), { code: fails }));
        }
        if (!asked && says) options?.onStdoutLine?.(says);
        const stdout = new TextEncoder().encode(asked ? given.version ?? VERSION : says);
        const ended = {
          code: 0,
          signal: null,
          timedOut: false,
          stderr: "",
          ...asked ? {} : result,
        };
        return Promise.resolve({ ...ended, stdout });
      },
    };
    outcome.code = await selfUpdate({
      invocation: { command: "self-update", options: {}, words: [] },
      host: fake,
      report: new Reporter(fake, { json: given.json === true, quiet: true, openclaw: false }),
      failure: { prompt: null },
      onInterrupt: () => {},
    }, {
      form: given.form ?? "node",
      program,
      args: given.form === "executable" ? [] : [script],
      script,
      target: "linux-x64",
    });
    Object.assign(outcome, written);
    outcome.recordLeft = await host.files.stat(paths.updateCheck) !== undefined;
  });
  return outcome;
}

Deno.test("the manager runs, its output is passed on, and the record is forgotten", async () => {
  const { code, stdout, stderr, ran, recordLeft } = await update({
    manager: { says: "added 1 package \u001b[32min\u001b[0m 2s" },
    version: "99.0.0",
  });
  assertEquals([code, recordLeft], [0, false]);
  assertEquals(ran, [
    "npm install -g @sogni-ai/sogni-creative-agent-skill",
    `/usr/bin/node /usr/local/${PACKAGE} --version --no-update-check`,
  ]);
  assertEquals(stdout, "added 1 package in 2s\n");
  assertStringIncludes(stderr, "Running: npm install -g @sogni-ai/sogni-creative-agent-skill\n");
  assertStringIncludes(stderr, `Updated from ${VERSION} to 99.0.0.`);
  assertStringIncludes(stderr, "--whats-new");
  assertStringIncludes(stderr, "not refreshed");
});

Deno.test("a version that stayed is told, and JSON mode keeps stdout for the object", async () => {
  const { code, stdout, stderr } = await update({ json: true, manager: { says: "up to date" } });
  assertEquals(code, 0);
  const { timestamp, ...object } = JSON.parse(stdout);
  assert(Date.parse(timestamp) > 0);
  assertEquals(object, {
    success: true,
    type: "self-update",
    kind: "npm",
    from: VERSION,
    to: VERSION,
    updated: false,
  });
  assertStringIncludes(stderr, "up to date\n");
  assertStringIncludes(stderr, `The version in place is ${VERSION}, as before.`);
});

Deno.test("other managers have their own command and their own way to be checked", async () => {
  const cellar = "/opt/homebrew/Cellar/sogni-agent/3.10.0/bin/sogni-agent";
  const brew = await update({ form: "executable", script: cellar, version: "99.0.0" });
  assertEquals(brew.ran, ["brew upgrade sogni-agent", "sogni-agent --version --no-update-check"]);
  const pnpm = await update({ script: "/home/m/.local/share/pnpm/global/5/x.mjs" });
  assertEquals(pnpm.ran[0], "pnpm add -g @sogni-ai/sogni-creative-agent-skill");
});

Deno.test("a manager that fails gives its exit code and a way out", async () => {
  const rows: [Case, number, string][] = [
    [{ manager: { code: 243 } }, 243, "sudo npm install -g"],
    [{ manager: { code: 1 }, system: "windows" }, 1, "as Administrator"],
    [
      { manager: { code: 7, stderr: "EACCES: no" }, script: "/x/.bun/install/global/a.mjs" },
      7,
      "sudo bun add -g",
    ],
    [{ manager: { code: 7 }, script: "/x/.bun/install/global/a.mjs" }, 7, "See what it said"],
    [{ manager: { code: -1, signal: "SIGKILL" } }, 1, "was ended by SIGKILL"],
    [{ manager: { fails: "ENOENT" } }, 1, "npm could not be started"],
    [
      {
        manager: { code: 1, stderr: "Permission denied" },
        script: "/x/Cellar/sogni-agent/1/b.mjs",
      },
      1,
      "See what it said",
    ],
  ];
  for (const [given, code, text] of rows) {
    const outcome = await update(given);
    assertEquals([outcome.code, outcome.recordLeft, outcome.stdout], [code, true, ""], text);
    assertStringIncludes(outcome.stderr, text);
  }
});

Deno.test("a lone executable without a release key and a checkout refuse", async () => {
  const binary = await update({ form: "executable", script: "/home/m/bin/sogni-agent" });
  assertEquals([binary.code, binary.ran, binary.recordLeft], [1, [], true]);
  assertStringIncludes(binary.stderr, "no release key has been published yet");
  const source = await update({ form: "source", script: "/home/m/checkout/main.ts", json: true });
  assertEquals([source.code, source.ran], [1, []]);
  assertEquals(JSON.parse(source.stdout).errorCode, "SELF_UPDATE_UNAVAILABLE");
  assertStringIncludes(JSON.parse(source.stdout).hint, "git pull");
});
