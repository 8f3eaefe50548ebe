import { assertEquals, assertRejects } from "@std/assert";
import { Reporter } from "../cli/reporter.ts";
import { AppError } from "../errors/app_error.ts";
import type { Host, InterruptName } from "../platform/host.ts";
import { inHome, type TestHome } from "../store/testing.ts";
import { run } from "./login.ts";

/** Runs `login` at a terminal that answers with `prompt`. */
async function loginAtTerminal(
  { host }: TestHome,
  prompt: () => Promise<string>,
  onInterrupt: (handler: (name: InterruptName) => void) => void = () => {},
): Promise<number> {
  const terminal = { ...host.facts.terminal, stdinIsTerminal: true };
  const asked = { ...host, prompt, facts: { ...host.facts, terminal } } as unknown as Host;
  const report = new Reporter({ write: () => {} }, { json: true, quiet: true, openclaw: false });
  const invocation = { command: "login", options: {}, words: [] };
  return await run({ invocation, host: asked, report, failure: { prompt: null }, onInterrupt });
}

Deno.test("a key that is typed is stored", () =>
  inHome(async (test) => {
    assertEquals(await loginAtTerminal(test, () => Promise.resolve("typed-key")), 0);
    assertEquals(await test.text(test.paths.credentials), "SOGNI_API_KEY=typed-key\n");
  }));

Deno.test("Ctrl-C and signals while the key is asked for are interrupts, and store nothing", () =>
  inHome(async (test) => {
    const pressed = () => Promise.reject(Object.assign(new Error("x"), { code: "EINTR" }));
    const waiting = () => new Promise<string>(() => {});
    const rows = [
      [() => loginAtTerminal(test, pressed), "SIGINT"],
      [() => loginAtTerminal(test, waiting, (handler) => handler("SIGTERM")), "SIGTERM"],
    ] as const;
    for (const [login, signal] of rows) {
      const error = await assertRejects(login, AppError);
      assertEquals([error.code, error.details?.signal], ["USER_CANCELLED", signal]);
    }
    assertEquals(await test.host.files.stat(test.paths.credentials), undefined);
  }));

Deno.test("nothing typed is no key", () =>
  inHome(async (test) => {
    const error = await assertRejects(
      () => loginAtTerminal(test, () => Promise.resolve("")),
      AppError,
    );
    assertEquals(error.code, "MISSING_API_KEY");
  }));
