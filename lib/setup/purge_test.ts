import { assert, assertEquals, assertMatch, assertRejects } from "@std/assert";
import { spawnSync } from "node:child_process";
import * as fs from "node:fs/promises";
import { join } from "node:path";
import { AppError } from "../errors/app_error.ts";
import { inHome } from "../store/testing.ts";
import { describeState, purgeState } from "./purge.ts";
import { snapshotOf } from "./testing/snapshot.ts";

const NOW = new Date(2026, 6, 4, 18, 30, 5);

Deno.test("the folder goes into an archive that tar can read, and is gone then", async () => {
  await inHome(async ({ home, host, put, mode }) => {
    await put(".config/sogni/credentials", "SOGNI_API_KEY=k\n");
    await put(`.config/sogni/personas/${"long-name/".repeat(14)}photo.png`, "x".repeat(5000));
    await put(".config/sogni/personas/größe 1.txt", "ß");
    await put(".config/sogni/empty", "");
    await fs.chmod(join(home, ".config/sogni/credentials"), 0o600);
    const base = join(home, ".config/sogni");
    const before = await snapshotOf(base);
    const archive = await purgeState(host, base, NOW);
    assertEquals(archive, join(home, ".config/sogni.backup-20260704-183005.tar.gz"));
    assertEquals(await mode(archive), 0o600);
    assertEquals(await fs.readdir(join(home, ".config")), ["sogni.backup-20260704-183005.tar.gz"]);
    const { status, stderr } = spawnSync("tar", ["-xzf", archive, "-C", join(home, ".config")]);
    assertEquals(status, 0, String(stderr));
    assertEquals(await snapshotOf(base), before);
    assertEquals(await mode(join(base, "credentials")), 0o600);
    assertMatch(await purgeState(host, base, NOW), /-183005-2\.tar\.gz$/);
  });
});

Deno.test("a folder that cannot be backed up stays", async () => {
  await inHome(async ({ home, host, put }) => {
    await put("elsewhere/credentials", "x");
    await fs.mkdir(join(home, ".config"));
    const base = join(home, ".config/sogni");
    await fs.symlink(join(home, "elsewhere"), base);
    const error = await assertRejects(() => purgeState(host, base), AppError);
    assertEquals(error.code, "SETUP_BACKUP_FAILED");
    assertEquals(await snapshotOf(home), {
      ".config/": "",
      ".config/sogni": `-> ${home}/elsewhere`,
      "elsewhere/": "",
      "elsewhere/credentials": "x",
    });
  });
});

Deno.test("an archive that does not hold what was put into it is thrown away", async () => {
  await inHome(async ({ home, host, put }) => {
    await put(".config/sogni/memories.json", "{}");
    const base = join(home, ".config/sogni");
    const files = {
      ...host.files,
      create: (path: string, data: string | Uint8Array, options = {}) =>
        host.files.create(path, (data as Uint8Array).slice(0, -20), options),
    };
    await assertRejects(() => purgeState({ files }, base), AppError, "could not be backed up");
    assert(await host.files.stat(join(base, "memories.json")));
  });
});

Deno.test("what is in the folder is told in people's words", async () => {
  await inHome(async ({ home, host, put }) => {
    const base = join(home, ".config/sogni");
    assertEquals(await describeState(host.files, base), ["(empty)"]);
    await put(".config/sogni/x", "");
    assertEquals(await describeState(host.files, base), ["other files"]);
    for (
      const name of ["personas/index.json", "personas/a/p.png", "personas/b/p.png", "credentials"]
    ) {
      await put(`.config/sogni/${name}`, "");
    }
    assertEquals(await describeState(host.files, base), ["2 personas", "API key"]);
  });
});
