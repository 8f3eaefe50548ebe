import { assert, assertEquals } from "@std/assert";
import * as fs from "node:fs/promises";
import { inHome, type TestHome } from "../../store/testing.ts";
import { watchForUpdates } from "./watch.ts";

const RECORD = ".config/sogni/update-check.json";

/** A program that writes its arguments and its key into `checked` in its working folder. */
async function inMarkedHome(
  body: (test: TestHome & { watch: Watch; checked: () => Promise<string> }) => Promise<void>,
): Promise<void> {
  await inHome(async (test) => {
    const script = await test.put(
      "app/agent.sh",
      'echo "$@ [$SOGNI_API_KEY]" >> checked.tmp && mv checked.tmp checked\n',
    );
    const self = () => ({ program: "/bin/sh", args: [script], script });
    const facts = (env: Record<string, string>) => ({ ...test.host.facts, env });
    const watch: Watch = (argv, env = {}) => watchForUpdates(argv, facts(env), self);
    await body({ ...test, watch, checked: () => waitFor(`${test.home}/checked`) });
  });
}

type Watch = (
  argv: string[],
  env?: Record<string, string>,
) => Promise<(() => void) | undefined>;

async function waitFor(file: string): Promise<string> {
  for (let tries = 0; tries < 100; tries++) {
    const text = await fs.readFile(file, "utf8").catch(() => "");
    if (text !== "") return text;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return "";
}

Deno.test("a check that is due runs in the background, in the home folder and without the key", () =>
  inMarkedHome(async ({ watch, checked }) => {
    assertEquals(await watch(["--last"], { SOGNI_API_KEY: "secret" }), undefined);
    assertEquals(await checked(), "--__update-check []\n");
  }));

Deno.test("nothing is started when it is not due or not wanted", () =>
  inMarkedHome(async ({ watch, put, home }) => {
    for (const first of ["self-update", "--snooze-update", "--whats-new", "--__update-check"]) {
      await watch([first]);
    }
    await watch(["--last", "--no-update-check"]);
    await watch(["--last"], { CI: "true" });
    await put(RECORD, JSON.stringify({ lastCheckedAt: Date.now(), lastKnownLatest: "0.1.0" }));
    assertEquals(await watch(["--last"]), undefined);
    await put(RECORD, "{}");
    await put("app/.git", "gitdir: elsewhere");
    await watch(["--last"]);
    // The last one starts the program after all: what came before would have been there first.
    await fs.rm(`${home}/app/.git`);
    await watch(["--last"]);
    assertEquals(await waitFor(`${home}/checked`), "--__update-check []\n");
  }));

Deno.test("a recorded newer version gives the notice, but not to commands about updates", () =>
  inMarkedHome(async ({ watch, put }) => {
    const record = { lastCheckedAt: Date.now(), lastKnownLatest: "999.0.0" };
    await put(RECORD, JSON.stringify(record));
    assert(await watch(["a boat"]));
    assert(await watch(["--help"]));
    assert(await watch([]));
    for (const first of ["self-update", "--__update-check", "completions"]) {
      assertEquals(await watch([first]), undefined, first);
    }
    assertEquals(await watch(["a boat", "--no-update-check"]), undefined);
    assertEquals(await watch(["a boat"], { SOGNI_NO_UPDATE_CHECK: "true" }), undefined);
  }));

Deno.test("a program that cannot be started is no failure", () =>
  inHome(async ({ host }) => {
    const self = () => ({ program: "/nowhere/agent", args: [], script: "/nowhere/agent" });
    assertEquals(await watchForUpdates(["--last"], host.facts, self), undefined);
  }));
