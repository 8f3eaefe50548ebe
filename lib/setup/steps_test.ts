import { assertEquals, assertMatch, assertRejects } from "@std/assert";
import { AppError } from "../errors/app_error.ts";
import type { Host, SystemName } from "../platform/host.ts";
import type { Self } from "../platform/self.ts";
import { inHome } from "../store/testing.ts";
import { applyCli, commandLine, planCliInstall, planCliRemoval } from "./cli_step.ts";
import { stepFfmpeg } from "./ffmpeg_step.ts";
import { runNpm } from "./npm.ts";
import { readSetupOptions } from "./options.ts";

type Answer = { code: number; stdout?: string; stderr?: string } | undefined;

/** A machine whose programs answer as told; what is not told does not exist. */
async function withPrograms(
  answer: (line: string) => Answer,
  body: (host: Host, ran: string[]) => Promise<void>,
  system: SystemName = "linux",
  env: Record<string, string> = {},
): Promise<void> {
  await inHome(async ({ host }) => {
    const ran: string[] = [];
    const run: Host["run"] = (program, args) => {
      const line = [program, ...args].join(" ");
      ran.push(line);
      const { code, stdout = "", stderr = "" } = answer(line) ?? { code: -1 };
      return code === -1
        ? Promise.reject(Object.assign(new Error("none"), { code: "ENOENT" }))
        : Promise.resolve({
          code,
          signal: null,
          timedOut: false,
          stdout: new TextEncoder().encode(stdout),
          stderr,
        });
    };
    await body({ ...host, facts: { ...host.facts, system, env }, run }, ran);
  });
}

function self(form: Self["form"], script: string): Self {
  return { form, program: script, args: [], script, target: "linux-x64" };
}

const NPX = self("node", "/home/mara/.npm/_npx/1/node_modules/x/bin/sogni-agent.mjs");
const BINARY = self("executable", "/home/mara/bin/sogni-agent");

Deno.test("the program is installed where only a passing copy is, or on request", async () => {
  await withPrograms(() => undefined, (host) => {
    const rows: [Self, string[], string | undefined][] = [
      [NPX, [], "npm install -g @sogni-ai/sogni-creative-agent-skill@latest"],
      [NPX, ["--version=3.9.0"], "npm install -g @sogni-ai/sogni-creative-agent-skill@3.9.0"],
      [BINARY, [], undefined],
      [BINARY, ["--install-cli"], "npm install -g @sogni-ai/sogni-creative-agent-skill@latest"],
    ];
    for (const [given, words, command] of rows) {
      assertEquals(planCliInstall(host, given, readSetupOptions(words)).command, command);
    }
    const skipping = { facts: { ...host.facts, env: { INSTALL_CLI: "skip" } } };
    assertEquals(planCliInstall(skipping, NPX, readSetupOptions([])).action, "none");
    return Promise.resolve();
  });
});

Deno.test("missing rights name the same command with more of them", async () => {
  const denied = { code: 243, stderr: "npm error code EACCES" };
  await withPrograms(() => denied, async (host) => {
    const options = readSetupOptions([
      "--install-cli",
      "--only=codex",
      "--output-chatgpt-bundle=a b.md",
    ]);
    const plan = planCliInstall(host, NPX, options);
    const error = await assertRejects(
      () => applyCli(host, plan, commandLine(NPX, options), () => {}),
      AppError,
    );
    assertMatch(
      error.hint ?? "",
      /run: sudo npx setup-sogni-agent-skill --only=codex '--output-chatgpt-bundle=a b.md' - or/,
    );
  });
});

Deno.test("npm is started by cmd.exe on Windows, and its absence names Node.js", async () => {
  await withPrograms(() => ({ code: 0, stdout: "C:\\npm\n" }), async (host, ran) => {
    assertEquals(await runNpm(host, ["root", "-g"]), "C:\\npm");
    assertEquals(ran, ["cmd.exe /d /c npm root -g"]);
  }, "windows");
  await withPrograms(() => undefined, async (host) => {
    const error = await assertRejects(() => runNpm(host, ["root", "-g"]), AppError);
    assertMatch(error.hint ?? "", /nodejs\.org/);
  });
  await withPrograms(() => ({ code: 7, stderr: "network is down" }), async (host) => {
    const error = await assertRejects(() => runNpm(host, ["install", "-g", "x"]), AppError);
    assertMatch(error.message, /ended with exit code 7/);
    assertMatch(String(error.details?.said), /network is down/);
  });
});

Deno.test("the program goes by what installed it; a lone executable is left to its owner", async () => {
  const rows: [Self, RegExp][] = [
    [BINARY, /^delete \/home\/mara\/bin\/sogni-agent$/],
    [
      self("executable", "/opt/homebrew/Cellar/sogni-agent/3.10.0/bin/sogni-agent"),
      /^run: brew uninstall sogni-agent$/,
    ],
    [self("node", "/home/mara/.bun/install/global/node_modules/x/a.mjs"), /^run: bun remove -g/],
    [self("source", "/home/mara/checkout/main.ts"), /checkout/],
  ];
  await withPrograms(() => ({ code: 0, stdout: "/nowhere" }), async (host) => {
    for (const [given, reason] of rows) {
      const plan = await planCliRemoval(host, given);
      assertEquals(plan.action, "none");
      assertMatch(plan.reason ?? "", reason);
    }
    assertEquals(
      (await planCliRemoval(host, NPX)).command,
      "npm uninstall -g @sogni-ai/sogni-creative-agent-skill",
    );
  });
});

Deno.test("ffmpeg is offered by the system's manager, to people who can answer", async () => {
  const rows: [SystemName, string[], string | undefined][] = [
    ["darwin", ["brew"], "brew install ffmpeg"],
    ["windows", ["winget"], "winget install --id Gyan.FFmpeg -e --source winget"],
    ["linux", ["dnf", "pacman"], "sudo dnf install -y ffmpeg"],
    ["linux", ["pacman"], "sudo pacman -S --noconfirm ffmpeg"],
    ["linux", [], undefined],
  ];
  for (const [system, managers, command] of rows) {
    let there = false;
    const answer = (line: string): Answer => {
      if (line === command) there = true;
      if (line.startsWith("ffmpeg")) {
        return there ? { code: 0, stdout: "ffmpeg version 7" } : undefined;
      }
      return line === command || managers.some((name) => line === `${name} --version`)
        ? { code: 0 }
        : undefined;
    };
    await withPrograms(answer, async (host, ran) => {
      const status = await stepFfmpeg(host, () => Promise.resolve(true), () => {});
      assertEquals(status, command === undefined ? "recommended" : "installed");
      assertEquals(ran.includes(command ?? ""), command !== undefined);
    }, system);
  }
});

Deno.test("ffmpeg: declined, failed or with nobody to ask, it is recommended and no failure", async () => {
  const answer = (line: string): Answer =>
    line === "apt-get --version"
      ? { code: 0 }
      : line.startsWith("sudo")
      ? { code: 100 }
      : undefined;
  await withPrograms(answer, async (host, ran) => {
    const said: string[] = [];
    assertEquals(await stepFfmpeg(host, undefined, (line) => said.push(line)), "recommended");
    assertEquals(ran, ["ffmpeg -version"]);
    assertMatch(said.join("\n"), /brew install ffmpeg/);
    assertEquals(await stepFfmpeg(host, () => Promise.resolve(false), () => {}), "recommended");
    assertEquals(await stepFfmpeg(host, () => Promise.resolve(true), () => {}), "recommended");
  });
});
