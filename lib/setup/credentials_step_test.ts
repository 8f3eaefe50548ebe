import { assertEquals } from "@std/assert";
import * as fs from "node:fs/promises";
import type { Host } from "../platform/host.ts";
import { inHome, type TestHome } from "../store/testing.ts";
import { type CredentialsRequest, stepCredentials } from "./credentials_step.ts";

const ASK: CredentialsRequest = {
  wanted: true,
  dryRun: false,
  fromStdin: false,
  interactive: true,
};

function step(
  { host, paths }: TestHome,
  request: Partial<CredentialsRequest> = {},
  answers: string[] = [],
) {
  const asked: boolean[] = [];
  const machine: Host = {
    ...host,
    prompt: (_, options) => {
      asked.push(options?.hidden === true);
      return Promise.resolve(answers.shift() ?? "");
    },
    readStdin: () => Promise.resolve(new TextEncoder().encode(answers.join("\n"))),
  };
  const status = stepCredentials(machine, paths, { ...ASK, ...request }, () => {});
  return { status, asked };
}

Deno.test("the reasons not to ask, in their order", async () => {
  const rows: [Partial<CredentialsRequest>, Record<string, string>, string | undefined, string][] =
    [
      [{ wanted: false }, { SOGNI_API_KEY: "k" }, undefined, "skipped-flag"],
      [{}, { SOGNI_API_KEY: "k" }, "SOGNI_API_KEY=k\n", "skipped-env"],
      [{}, {}, "SOGNI_API_KEY=k\n", "skipped-file"],
      [{ dryRun: true }, {}, undefined, "would-ask"],
      [{ interactive: false }, {}, "SOGNI_API_KEY=\n", "skipped-noninteractive"],
      [{}, {}, undefined, "skipped-user"],
    ];
  for (const [request, env, stored, expected] of rows) {
    await inHome(async (test) => {
      if (stored !== undefined) await test.put(".config/sogni/credentials", stored);
      assertEquals(await step(test, request).status, expected as "written");
    }, env);
  }
});

Deno.test("the key is asked for without echo and stored for its owner alone", async () => {
  await inHome(async (test) => {
    const file = await test.put(".config/sogni/credentials", "OTHER=1\n");
    await fs.chmod(file, 0o644);
    const { status, asked } = step(test, {}, ["bad key", "good-key"]);
    assertEquals(await status, "written");
    assertEquals(asked, [true, true]);
    assertEquals(await test.text(file), "OTHER=1\nSOGNI_API_KEY=good-key\n");
    assertEquals(await test.mode(file), 0o600);
  });
});

Deno.test("a key from standard input replaces the stored one", async () => {
  await inHome(async (test) => {
    const file = await test.put(".config/sogni/credentials", "SOGNI_API_KEY=old\n");
    assertEquals(
      await step(test, { fromStdin: true, interactive: false }, ["new"]).status,
      "written",
    );
    assertEquals(await test.text(file), "SOGNI_API_KEY=new\n");
  });
});
