import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import process from "node:process";
import { Reporter } from "../../cli/reporter.ts";
import type { Options } from "../../cli/flags/table.ts";
import type { Host } from "../../platform/host.ts";
import { leftName } from "../../platform/testing/left_name.ts";
import { inHome, type TestHome } from "../../store/testing.ts";
import { type Check, type Examination, fail, pass, warn } from "./check.ts";
import { CHECKS } from "./checks.ts";
import { examine, renderReports } from "./examine.ts";

/** An examination of a test's home. */
function examinationOf({ host, paths }: TestHome, options: Options = {}): Examination {
  return {
    context: {
      invocation: { command: "doctor", options, words: [] },
      host,
      report: new Reporter(host, { json: false, quiet: true, openclaw: false }),
      failure: { prompt: null, secrets: ["sk-secret-1"] },
      onInterrupt: () => {},
    },
    config: {},
    paths,
    findings: new Map(),
  };
}

/** The reports of the checks of these ids. */
async function only(ids: string[], test: TestHome, fix = false, host: Partial<Host> = {}) {
  const checks = CHECKS.filter(({ id }) => ids.includes(id));
  const machine = { ...test, host: { ...test.host, ...host } };
  return await examine(checks, examinationOf(machine), fix);
}

Deno.test("the checks of the contract come first, in its order", () => {
  assertEquals(CHECKS.map(({ id }) => id), [
    "node",
    "credentials",
    "credentials-permissions",
    "config-dir",
    "ffmpeg",
    "media-inbound",
    "auth",
    "version",
    "credential-source",
    "permissions",
    "state-files",
    "clock",
    "disk",
  ]);
});

Deno.test("a check that throws fails alone, and details lose secrets and control characters", () =>
  inHome(async (test) => {
    const checks: Check[] = [
      { id: "broken", run: () => Promise.reject(new Error("boom")) },
      { id: "told", run: () => pass("key sk-secret-1\n\u001b[31mred") },
    ];
    const reports = await examine(checks, examinationOf(test), false);
    assertEquals(reports[0], {
      id: "broken",
      status: "fail",
      detail: "the check itself failed: boom",
    });
    assertEquals(reports[1]?.detail, "key [REDACTED] red");
  }));

Deno.test("only --fix repairs, only what is wrong, and the check runs again", () =>
  inHome(async (test) => {
    let broken = true;
    let repairs = 0;
    const check: Check = {
      id: "x",
      run: () => broken ? warn("open") : pass("closed"),
      repair: () => {
        repairs++;
        broken = false;
        return Promise.resolve(["closed it"]);
      },
    };
    const refusing: Check = {
      id: "y",
      run: () => fail("stuck"),
      repair: () => Promise.reject(new Error("EPERM")),
    };
    const examination = examinationOf(test);
    assertEquals((await examine([check], examination, false))[0]?.status, "warn");
    assertEquals(repairs, 0);
    assertEquals(await examine([check, refusing], examination, true), [
      { id: "x", status: "pass", detail: "closed", fixed: ["closed it"] },
      { id: "y", status: "fail", detail: "stuck" },
    ]);
    await examine([check], examination, true);
    assertEquals(repairs, 1);
  }));

Deno.test("people see a line a check, with the id in 25 columns", () => {
  const lines = renderReports([
    { id: "node", status: "pass", detail: "fine" },
    { id: "ffmpeg", status: "warn", detail: "missing", fixed: ["nothing"] },
    { id: "auth", status: "fail", detail: "refused" },
    { id: "clock", status: "skip", detail: "not asked" },
  ], "3.10.0");
  assertEquals(lines, [
    "sogni-agent doctor 3.10.0",
    `✓ ${"node".padEnd(25)} fine`,
    `! ${"ffmpeg".padEnd(25)} missing`,
    `  ${"".padEnd(25)} fixed: nothing`,
    `✗ ${"auth".padEnd(25)} refused`,
    `- ${"clock".padEnd(25)} not asked`,
    "Not healthy: 1 check failed (1 warning).",
  ]);
  assertEquals(renderReports([], "1.0.0").at(-1), "Healthy.");
});

const LOCAL = ["credentials", "auth", "credential-source", "clock"];

Deno.test("without a key nothing is asked of the network", () =>
  inHome(async (test) => {
    const refuse = globalThis.fetch;
    globalThis.fetch = () => Promise.reject(new Error("asked the network"));
    try {
      const reports = await only(LOCAL, test);
      assertEquals(reports.map(({ status }) => status), ["fail", "skip", "skip", "skip"]);
      assertStringIncludes(reports[0]?.detail ?? "", "sogni-agent login");
    } finally {
      globalThis.fetch = refuse;
    }
  }));

Deno.test("the source of the key is told, the environment first", () =>
  inHome(async (test) => {
    const rows: [Record<string, string>, string, string, string][] = [
      [{}, "SOGNI_API_KEY=abc\n", "API key from /", "the file /"],
      [{ SOGNI_API_KEY: "xyz" }, "", "environment", "there is no key in"],
      [{ SOGNI_API_KEY: "xyz" }, "SOGNI_API_KEY=abc\n", "environment", "is not used while"],
    ];
    for (const [env, text, credentials, source] of rows) {
      await test.put(".config/sogni/credentials", text);
      const facts = { ...test.host.facts, env };
      const reports = await only(["credentials", "credential-source"], test, false, { facts });
      assertEquals(reports.map(({ status }) => status), ["pass", "pass"]);
      assertStringIncludes(reports[0]?.detail ?? "", credentials);
      assertStringIncludes(reports[1]?.detail ?? "", source);
    }
  }));

Deno.test("permissions of a credentials file that does not exist are not reported", () =>
  inHome(async (test) => {
    assertEquals(await only(["credentials-permissions"], test), []);
  }));

Deno.test("a check that cannot tell whether it applies is made", () =>
  inHome(async (test) => {
    const check: Check = {
      id: "unsure",
      applies: () => Promise.reject(new Error("boom")),
      run: () => pass("made"),
    };
    const reports = await examine([check], examinationOf(test), false);
    assertEquals(reports.map(({ detail }) => detail), ["made"]);
  }));

Deno.test("--fix closes the credentials file, which is a warning until then", () =>
  inHome(async (test) => {
    const path = await test.put(".config/sogni/credentials", "SOGNI_API_KEY=abc\n");
    await test.host.files.chmod(path, 0o644);
    const [before] = await only(["credentials-permissions"], test);
    assertEquals(before?.status, "warn");
    assertStringIncludes(before?.detail ?? "", "0644");
    assertStringIncludes(before?.detail ?? "", `chmod 600 "${path}"`);
    const [after] = await only(["credentials-permissions"], test, true);
    assertEquals(after?.status, "pass");
    assertEquals(after?.fixed?.[0], `set ${path} to mode 0600`);
    assertEquals(await test.mode(path), 0o600);
    const windows = { ...test.host.facts, system: "windows" as const };
    assertEquals(await only(["credentials-permissions"], test, false, { facts: windows }), []);
  }));

Deno.test("the configuration folder is made and probed, or named with the system's code", () =>
  inHome(async (test) => {
    const [made] = await only(["config-dir"], test);
    assertEquals(made?.status, "pass");
    assertEquals(await test.host.files.list(test.paths.base), []);
    await test.host.files.remove(test.paths.base);
    await test.put(".config/sogni", "a file in the way");
    const [failed] = await only(["config-dir"], test);
    assertEquals(failed?.status, "fail");
    assert(/\((EEXIST|ENOTDIR)\)/.test(failed?.detail ?? ""), failed?.detail);
  }));

Deno.test("a missing and a wrong ffmpeg are warnings, and so is a missing inbound folder", () =>
  inHome(async (test) => {
    for (const program of ["/nowhere/ffmpeg", "/bin/echo"]) {
      const facts = { ...test.host.facts, env: { FFMPEG_PATH: program } };
      const [report] = await only(["ffmpeg"], test, false, { facts });
      assertEquals(report?.status, "warn");
      assertStringIncludes(report?.detail ?? "", "optional");
    }
    const [inbound] = await only(["media-inbound"], test);
    assertEquals(inbound?.status, "warn");
    await test.put(".clawdbot/media/inbound/a.png", "");
    const [found] = await only(["media-inbound"], test);
    assertEquals([found?.status, found?.detail], ["pass", test.paths.mediaInbound[1]]);
  }));

Deno.test("the version comes from the record alone", () =>
  inHome(async (test) => {
    const [none] = await only(["version"], test);
    assertEquals(none?.status, "pass");
    await test.put(".config/sogni/update-check.json", '{"lastKnownLatest":"99.1.0"}');
    const [newer] = await only(["version"], test);
    assertEquals(newer?.status, "warn");
    assertStringIncludes(newer?.detail ?? "", "99.1.0 is available, this is ");
    assertStringIncludes(newer?.detail ?? "", "sogni-agent self-update");
  }));

Deno.test("state files: modes and leftovers are repaired, damage is only told", () =>
  inHome(async (test) => {
    const memories = await test.put(".config/sogni/memories.json", "{");
    await test.host.files.chmod(memories, 0o644);
    const left = await test.put(`.config/sogni/${leftName("memories.json")}`, "half");
    const young = await test.put(
      `.config/sogni/${leftName("memories.json", process.pid.toString(16))}`,
      "half",
    );
    const hourAgo = new Date(Date.now() - 3_600_000);
    await (await import("node:fs/promises")).utimes(left, hourAgo, hourAgo);
    const [before] = await only(["state-files"], test);
    assertEquals(before?.status, "warn");
    assertStringIncludes(before?.detail ?? "", `${memories} is damaged`);
    assertStringIncludes(before?.detail ?? "", "1 temporary files");
    const [after] = await only(["state-files"], test, true);
    assertEquals(after?.fixed, [
      `set ${test.paths.base} to mode 0700`,
      `set ${memories} to mode 0600`,
      `removed ${left}`,
    ]);
    assertEquals([after?.status, after?.detail], [
      "warn",
      `${memories} is damaged; repair it or move it away`,
    ]);
    assertEquals(await test.text(memories), "{");
    assertEquals(await test.text(young), "half");
  }));

Deno.test("permissions are compared with what commands need", () =>
  inHome(async (test) => {
    const all = ["read", "write", "net", "env", "run", "sys"];
    const rows: [string[] | undefined, string, string][] = [
      [undefined, "skip", "Node"],
      [all, "pass", "read, write, net"],
      [all.filter((kind) => kind !== "run"), "warn", "without run"],
      [[...all, "ffi"], "warn", "ffi is not needed"],
    ];
    for (const [grants, status, text] of rows) {
      const facts = { ...test.host.facts, ...(grants ? { grants } : {}) };
      const [report] = await only(["permissions"], test, false, { facts });
      assertEquals(report?.status, status);
      assertStringIncludes(report?.detail ?? "", text);
    }
  }));

Deno.test("little room is a warning", () =>
  inHome(async (test) => {
    const free = (bytes: number) => ({
      files: { ...test.host.files, freeBytes: () => Promise.resolve(bytes) },
    });
    const status = async (bytes: number) => (await only(["disk"], test, false, free(bytes)))[0];
    assertEquals((await status(5e12))?.status, "pass");
    assertEquals((await status(5e8))?.status, "warn");
    const real = await only(["disk"], test);
    assert(/GiB/.test(real[0]?.detail ?? ""));
  }));
