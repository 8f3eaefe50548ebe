import { assert, assertEquals, assertRejects } from "@std/assert";
import * as fs from "node:fs/promises";
import { AppError } from "../errors/app_error.ts";
import { loadCredentials, removeKey, saveKey } from "./credentials.ts";
import { describeAccess } from "./credentials_mode.ts";
import { inHome, type TestHome } from "./testing.ts";

const FILE = ".config/sogni/credentials";

async function load({ host, paths }: TestHome) {
  const warnings: string[] = [];
  const found = await loadCredentials(host, paths, (text) => warnings.push(text));
  return { ...found, warnings };
}

async function failure(test: TestHome): Promise<AppError> {
  return await assertRejects(() => load(test), AppError);
}

async function putPrivate(test: TestHome, text: string): Promise<void> {
  await fs.chmod(await test.put(FILE, text), 0o600);
}

Deno.test("the environment beats the file", () =>
  inHome(async (test) => {
    await putPrivate(test, "SOGNI_API_KEY=file");
    const { apiKey, source, path } = await load(test);
    assertEquals([apiKey, source, path], ["env", "environment", test.paths.credentials]);
  }, { SOGNI_API_KEY: " env\n" }));

for (const empty of ["", "  "]) {
  Deno.test(`an environment of ${JSON.stringify(empty)} counts as unset`, () =>
    inHome(async (test) => {
      await putPrivate(test, "SOGNI_API_KEY=file");
      const { apiKey, source, warnings } = await load(test);
      assertEquals([apiKey, source, warnings], ["file", "file", []]);
    }, { SOGNI_API_KEY: empty }));
}

Deno.test("no file and no variable: missing, and the hint names both ways", () =>
  inHome(async (test) => {
    const error = await failure(test);
    assertEquals(error.code, "MISSING_CREDENTIALS");
    assertEquals(error.details, {
      triedEnv: "SOGNI_API_KEY",
      triedFile: test.paths.credentials,
      credentialsFileExisted: false,
    });
    assert(error.hint?.includes("login") && error.hint.includes("dashboard.sogni.ai"));
  }));

Deno.test("a file without a key: missing, with another hint", () =>
  inHome(async (test) => {
    await putPrivate(test, "OTHER=1\nSOGNI_API_KEY=\n");
    const error = await failure(test);
    assertEquals([error.code, error.details?.credentialsFileExisted], [
      "MISSING_CREDENTIALS",
      true,
    ]);
    assert(error.hint?.includes("has no line that sets SOGNI_API_KEY."));
  }));

Deno.test("a folder in place of the file cannot be read", () =>
  inHome(async (test) => {
    await fs.mkdir(test.paths.credentials, { recursive: true });
    const error = await failure(test);
    assertEquals([error.code, error.details?.cause], ["CREDENTIALS_UNREADABLE", "EISDIR"]);
  }));

Deno.test("a file that may not be read has its cure in the hint", () =>
  inHome(async (test) => {
    await putPrivate(test, "SOGNI_API_KEY=file");
    const readBytes = () => Promise.reject(Object.assign(new Error("no"), { code: "EACCES" }));
    const host = { ...test.host, files: { ...test.host.files, readBytes } };
    const error = await failure({ ...test, host });
    assertEquals(error.code, "CREDENTIALS_UNREADABLE");
    assert(error.hint?.includes("chmod 600"));
  }));

for (const key of ["a\u0007b", "schlüssel", "a\u0000", "x".repeat(5000)]) {
  Deno.test(`the key ${JSON.stringify(key.slice(0, 20))} is refused and not shown`, () =>
    inHome(async (test) => {
      await putPrivate(test, `SOGNI_API_KEY=${key}`);
      const error = await failure(test);
      assertEquals(error.code, "INVALID_API_KEY");
      assert(!JSON.stringify(error.toData()).includes(key));
      await assertRejects(() => saveKey(test.host, test.paths, key), AppError, "cannot be used");
    }));
}

Deno.test("a suspected comment is warned of without the value", () =>
  inHome(async (test) => {
    await putPrivate(test, "SOGNI_API_KEY=secret # mine");
    const { apiKey, warnings } = await load(test);
    assertEquals(apiKey, "secret # mine");
    assertEquals(warnings.length, 1);
    assert(!warnings[0]?.includes("secret") && warnings[0]?.includes("SOGNI_API_KEY"));
  }));

Deno.test("a file that others can read is warned of once a day", () =>
  inHome(async (test) => {
    await putPrivate(test, "SOGNI_API_KEY=abc");
    await fs.chmod(test.paths.credentials, 0o644);
    const { warnings } = await load(test);
    assertEquals(warnings.length, 1);
    assert(warnings[0]?.includes("0644") && warnings[0].includes("chmod 600"));
    assertEquals((await load(test)).warnings, []);
    const old = new Date(Date.now() - 25 * 60 * 60 * 1000);
    await fs.utimes(`${test.paths.base}/.credentials-warned`, old, old);
    assertEquals((await load(test)).warnings.length, 1);
  }));

const info = (mode: number, uid = 1) => ({
  kind: "file" as const,
  size: 1,
  mode,
  modifiedAt: 0,
  uid,
});
const ACCESS: [name: string, file: number, folder: number, uid: number, said: string | null][] = [
  ["private", 0o600, 0o700, 1, null],
  ["folder may be looked at", 0o600, 0o755, 1, null],
  ["group reads", 0o640, 0o700, 1, "mode 0640"],
  ["others read", 0o604, 0o700, 1, "mode 0604"],
  ["others write the folder", 0o600, 0o777, 1, "replace files"],
  ["sticky folder", 0o600, 0o1777, 1, null],
  ["foreign file", 0o600, 0o700, 2, "another user"],
];

for (const [name, file, folder, uid, said] of ACCESS) {
  Deno.test(`access rights: ${name}`, () => {
    const sentence = describeAccess("/c/credentials", info(file, uid), info(folder), 1);
    assertEquals(said === null ? sentence === undefined : sentence?.includes(said), true);
  });
}

Deno.test("a key is saved, replaced and removed; other lines stay", () =>
  inHome(async (test) => {
    const { host, paths } = test;
    assertEquals(await removeKey(host, paths), false);
    await saveKey(host, paths, " first ");
    assertEquals((await load(test)).apiKey, "first");
    assertEquals(await test.mode(paths.credentials), 0o600);
    assertEquals(await test.mode(paths.base), 0o700);
    await fs.writeFile(paths.credentials, "# mine\nSOGNI_API_KEY=first\nX=1\n");
    await fs.chmod(paths.credentials, 0o644);
    await saveKey(host, paths, "second");
    assertEquals(await test.text(paths.credentials), "# mine\nSOGNI_API_KEY=second\nX=1\n");
    assertEquals(await test.mode(paths.credentials), 0o600);
    assertEquals(await removeKey(host, paths), true);
    assertEquals(await test.text(paths.credentials), "# mine\nX=1\n");
    assertEquals(await removeKey(host, paths), false);
  }));

Deno.test("the file goes with its last line", () =>
  inHome(async (test) => {
    const { host, paths } = test;
    await saveKey(host, paths, "only");
    assertEquals(await removeKey(host, paths), true);
    assertEquals(await host.files.stat(paths.credentials), undefined);
  }));
