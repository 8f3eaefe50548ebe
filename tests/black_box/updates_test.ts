/** The notice of a newer version, its opt-outs and its ladder, and the changelog. */
import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import * as fs from "node:fs/promises";
import process from "node:process";
import { inPlace, type Place } from "../support/agent.ts";

/** Next to the sources lies `.git`, which is an opt-out of its own. */
const ignore = !process.env.SOGNI_AGENT_UNDER_TEST;
const ON = { SOGNI_NO_UPDATE_CHECK: "" };

async function record(place: Place, fields: Record<string, unknown> = {}): Promise<string> {
  const folder = `${place.home}/.config/sogni`;
  await fs.mkdir(folder, { recursive: true });
  const path = `${folder}/update-check.json`;
  await fs.writeFile(
    path,
    JSON.stringify({
      lastCheckedAt: Date.now(),
      lastKnownLatest: "99.0.0",
      currentVersion: "1.0.0",
      ...fields,
    }),
  );
  return path;
}

const NOTICE = /^\[sogni-agent\] Update available: \d+\.\d+\.\d+ -> 99\.0\.0 [^\n]+\n$/m;

Deno.test({
  name: "every way out tells of a newer version on stderr, and stdout stays as it is",
  ignore,
  async fn() {
    for (
      const args of [["--version"], ["--help"], ["--last"], ["--memory-list", "--json"], ["-x"]]
    ) {
      await inPlace(async (place) => {
        const quiet = await place.run(args);
        await record(place);
        const { stdout, stderr, code } = await place.run(args, { env: ON });
        assertMatch(stderr, NOTICE, args.join(" "));
        const plain = (text: string) => text.replaceAll(/"timestamp":"[^"]*"/g, "");
        assertEquals([plain(stdout), code], [plain(quiet.stdout), quiet.code]);
      });
    }
  },
});

Deno.test({
  name: "agents are told once a day, and not at all when opted out",
  ignore,
  async fn() {
    await inPlace(async (place) => {
      const path = await record(place);
      for (const env of [{ CI: "1" }, { NO_UPDATE_NOTIFIER: "1" }, { NODE_ENV: "test" }]) {
        const { stderr } = await place.run(["--memory-list"], { env: { ...ON, ...env } });
        assertEquals(NOTICE.test(stderr), false, JSON.stringify(env));
      }
      const off = await place.run(["--memory-list", "--no-update-check"], { env: ON });
      assertEquals(NOTICE.test(off.stderr), false);
      assertMatch((await place.run(["--memory-list", "-q"], { env: ON })).stderr, NOTICE);
      assertEquals(NOTICE.test((await place.run(["--memory-list"], { env: ON })).stderr), false);
      const told = JSON.parse(await fs.readFile(path, "utf8"));
      assert(Math.abs(Date.now() - told.lastNotifiedAt) < 60_000);
      assertEquals(told.lastKnownLatest, "99.0.0");
    });
  },
});

Deno.test("snoozing answers on stderr and climbs the ladder", async () => {
  await inPlace(async (place) => {
    const nothing = await place.run(["--snooze-update", "--json"]);
    assertEquals([nothing.code, nothing.stdout], [0, ""]);
    assertStringIncludes(nothing.stderr, "no update");
    const path = await record(place);
    for (const days of [1, 2, 7, 7]) {
      const { code, stdout, stderr } = await place.run(["--snooze-update"]);
      assertEquals([code, stdout], [0, ""]);
      const { snooze } = JSON.parse(await fs.readFile(path, "utf8"));
      assertStringIncludes(stderr, new Date(snooze.until).toISOString());
      assert(Math.abs(snooze.until - Date.now() - days * 86_400_000) < 60_000, String(days));
    }
    assertEquals(
      (await place.run(["--memory-list"], { env: ON })).stderr.includes("99.0.0"),
      false,
    );
  });
});

Deno.test("the changelog is printed as text", async () => {
  await inPlace(async ({ run }) => {
    const { code, stdout } = await run(["--whats-new", "--json"]);
    assertEquals(code, 0);
    assertMatch(stdout, /^## 3\.10\.0\n\n\S/);
    const { stdout: version } = await run(["--version"]);
    const nothing = await run(["--whats-new", version.trim()]);
    assertEquals([nothing.code, nothing.stdout], [1, ""]);
    assert(nothing.stderr !== "");
    assertEquals((await run(["--whats-new", "v3.8.0"])).code, 1);
    assertEquals((await run(["--whats-new", "3.0.0"])).code, 0);
  });
});
