import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import * as fs from "node:fs/promises";
import * as path from "node:path";
import { inPlace } from "../support/agent.ts";

const JPEG = Uint8Array.from([0xff, 0xd8, 0xff, 0xe0, ...new Array(60).fill(1)]);

Deno.test("memory, personality and personas come back in the next process", async () => {
  await inPlace(async ({ home, run, json, path: at }) => {
    await fs.writeFile(at("face.jpg"), JPEG);
    assertEquals((await run(["--memory-set", "ratio", "-16:9"])).code, 0);
    assertEquals((await run(["--personality-set", "short answers"])).code, 0);
    const add = ["--persona-add", "Mara", "--ref", "face.jpg", "--description", "curly"];
    assertEquals((await run([...add, "--relationship", "self"])).code, 0);

    assertEquals((await run(["--memory-list"])).stdout, "ratio: -16:9 [preference]\n");
    assertEquals((await json(["--personality-get"])).object.personality, "short answers");
    assertEquals((await run(["--persona-list"])).stdout, "Mara (self): curly\n");

    const folder = path.join(home, ".config", "sogni");
    for (const name of await fs.readdir(folder, { recursive: true })) {
      const info = await fs.stat(path.join(folder, name));
      assertEquals(info.mode & 0o777, info.isDirectory() ? 0o700 : 0o600, name);
    }
  });
});

Deno.test("a key sent to login is stored, used by no output, and removed by logout", async () => {
  await inPlace(async ({ home, run }) => {
    const file = path.join(home, ".config", "sogni", "credentials");
    const login = await run(["login"], { stdin: "very-secret-key\n" });
    assertEquals(login.code, 0, login.stderr);
    assert(!`${login.stdout}${login.stderr}`.includes("very-secret-key"));
    assertEquals(await fs.readFile(file, "utf8"), "SOGNI_API_KEY=very-secret-key\n");
    assertEquals((await run(["logout"])).code, 0);
    assertEquals(await fs.readFile(file).catch(() => "gone"), "gone");
  });
});

Deno.test("--last acts where it stands and fails with a code when there is none", async () => {
  await inPlace(async ({ home, run, json }) => {
    const { code, object } = await json(["--last", "--no-such-flag"]);
    assertEquals([code, object.success, object.errorCode], [1, false, "NO_LAST_RENDER"]);
    await fs.mkdir(path.join(home, ".config", "sogni"), { recursive: true });
    await fs.writeFile(path.join(home, ".config", "sogni", "last-render.json"), '{"seed":1}');
    assertEquals(await run(["--last"]).then(({ stdout }) => stdout), '{"seed":1}\n');
    assertEquals((await json(["--last"])).object, { success: true, seed: 1 });
  });
});

Deno.test("a plugin configuration in JSON5 is read, a broken one is warned of", async () => {
  await inPlace(async ({ run, path: at }) => {
    await fs.writeFile(at("record.json"), '{"seed":2}');
    const env = { OPENCLAW_PLUGIN_CONFIG: "{lastRenderPath: 'record.json', /* here */}" };
    const { code, stdout } = await run(["--last"], { env });
    assertEquals([code, stdout], [0, '{"success":true,"seed":2}\n']);
    const broken = await run(["--memory-list", "-q"], { env: { OPENCLAW_PLUGIN_CONFIG: "{" } });
    assertEquals(broken.code, 0);
    assertStringIncludes(broken.stderr, "OPENCLAW_PLUGIN_CONFIG cannot be parsed");
  });
});
