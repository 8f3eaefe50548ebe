import { assert, assertEquals, assertMatch, assertNotEquals, assertRejects } from "@std/assert";
import * as fs from "node:fs/promises";
import * as path from "node:path";
import process from "node:process";
import { AppError } from "../errors/app_error.ts";
import { leaseAppId } from "./app_ids.ts";
import { inHome } from "./testing.ts";

const DEAD_PID = 2 ** 22 + 1;

Deno.test("a fixed id is used as it is and touches no file", () =>
  inHome(async ({ host, paths, home }) => {
    const lease = await leaseAppId(host, paths);
    assertEquals(lease.appId, "mine");
    await lease.release();
    assertEquals(await fs.readdir(home), []);
  }, { SOGNI_APP_ID: "  mine " }));

for (const bad of ["a\u0001b", "x".repeat(257)]) {
  Deno.test(`the fixed id ${JSON.stringify(bad.slice(0, 8))} is refused`, () =>
    inHome(async ({ host, paths }) => {
      const error = await assertRejects(() => leaseAppId(host, paths), AppError);
      assertEquals(error.code, "INVALID_APP_ID");
    }, { SOGNI_APP_ID: bad }));
}

Deno.test("a file of one's own is made once and read for ever", () =>
  inHome(async ({ host, paths, text, mode }) => {
    const { appId } = await leaseAppId(host, paths);
    const file = paths.appIdFile ?? "";
    assertMatch(appId, /^sogni-agent-[0-9a-f-]{36}$/);
    assertEquals(await text(file), `${appId}\n`);
    assertEquals([await mode(file), await mode(path.dirname(file))], [0o600, 0o700]);
    assertEquals((await leaseAppId(host, paths)).appId, appId);
  }, { SOGNI_APP_ID_PATH: "~/ids/one" }));

for (const content of ["", "\n", "two\nlines", "x".repeat(5000)]) {
  Deno.test(`an id file with ${JSON.stringify(content.slice(0, 10))} is an error, not replaced`, () =>
    inHome(async ({ host, paths, put, text }) => {
      const file = await put("id", content);
      const error = await assertRejects(() => leaseAppId(host, paths), AppError);
      assertEquals(error.code, "INVALID_APP_ID");
      assertEquals(await text(file), content);
    }, { SOGNI_APP_ID_PATH: "~/id" }));
}

Deno.test("leases at once get different ids; one given back is used again", () =>
  inHome(async ({ host, paths, mode }) => {
    const leases = await Promise.all([1, 2, 3].map(() => leaseAppId(host, paths)));
    assertEquals(new Set(leases.map(({ appId }) => appId)).size, 3);
    assertEquals(await mode(path.join(paths.appIdPool, "slot-1")), 0o600);
    assertEquals(await mode(path.join(paths.appIdPool, "slot-1.lease")), 0o600);
    assertEquals(await mode(paths.appIdPool), 0o700);
    for (const lease of leases) await lease.release();
    const again = await leaseAppId(host, paths);
    assertEquals(
      again.appId,
      (await fs.readFile(path.join(paths.appIdPool, "slot-0"), "utf8")).trim(),
    );
    assert(leases.some(({ appId }) => appId === again.appId));
    await again.release();
    assert(!(await fs.readdir(paths.appIdPool)).some((name) => name.endsWith(".lease")));
  }));

const LEASES: [name: string, lease: string, taken: boolean][] = [
  ["of a process that runs", JSON.stringify({ pid: process.pid, tool: "x" }), true],
  ["of a process that has ended", JSON.stringify({ pid: DEAD_PID, tool: "x" }), false],
  ["of our own, without its lock", JSON.stringify({ pid: process.pid, locked: true }), false],
  ["naming this process", JSON.stringify({ pid: 1 }), false],
  ["without a pid", JSON.stringify({ tool: "x" }), false],
  ["with a bad pid", JSON.stringify({ pid: "7" }), false],
  ["that cannot be read", "{", false],
];

for (const [name, lease, taken] of LEASES) {
  Deno.test(`a lease ${name} is ${taken ? "respected" : "stale"}`, () =>
    inHome(async ({ host, paths, put }) => {
      await put(".config/sogni/app-ids/slot-0", "first\n");
      await put(".config/sogni/app-ids/slot-0.lease", lease);
      const { appId, release } = await leaseAppId(host, paths);
      assertEquals(appId === "first", !taken);
      await release();
    }));
}

Deno.test("a foreign lease is respected when this process may not ask", () =>
  inHome(async ({ host, paths, put }) => {
    await put(".config/sogni/app-ids/slot-0", "first\n");
    await put(".config/sogni/app-ids/slot-0.lease", JSON.stringify({ pid: DEAD_PID }));
    const blind = { ...host, isProcessAlive: () => Promise.resolve(undefined) };
    const { appId, release } = await leaseAppId(blind, paths);
    assertNotEquals(appId, "first");
    await release();
  }));

Deno.test("a pool that is used up is an error with a way out", () =>
  inHome(async ({ host, paths }) => {
    const leases = [await leaseAppId(host, paths), await leaseAppId(host, paths)];
    const error = await assertRejects(() => leaseAppId(host, paths), AppError);
    assertEquals([error.code, error.details?.slots], ["APP_ID_POOL_EXHAUSTED", 2]);
    for (const lease of leases) await lease.release();
  }, { SOGNI_APP_ID_POOL_MAX: "2" }));

Deno.test("the id of older versions becomes slot 0, once", () =>
  inHome(async ({ host, paths, put, text }) => {
    const file = await put(".config/sogni/app-id", "sogni-agent-old\n");
    const { appId, release } = await leaseAppId(host, paths);
    await release();
    assertEquals(appId, "sogni-agent-old");
    assertEquals(await text(path.join(paths.appIdPool, "slot-0")), "sogni-agent-old\n");
    assertEquals(await host.files.stat(file), undefined);
  }));

Deno.test("a pool elsewhere leaves the old id alone", () =>
  inHome(async ({ host, paths, put }) => {
    const file = await put(".config/sogni/app-id", "sogni-agent-old\n");
    const { appId, release } = await leaseAppId(host, paths);
    await release();
    assertNotEquals(appId, "sogni-agent-old");
    assert(await host.files.stat(file));
  }, { SOGNI_APP_ID_POOL_DIR: "~/pool" }));

Deno.test("a pool that cannot be written says so", () =>
  inHome(async ({ host, paths, put }) => {
    await put("pool", "a file");
    const error = await assertRejects(() => leaseAppId(host, paths), AppError);
    assertEquals(error.code, "APP_ID_PERSISTENCE_FAILED");
    assert(error.hint?.includes("SOGNI_APP_ID"));
  }, { SOGNI_APP_ID_POOL_DIR: "~/pool" }));
