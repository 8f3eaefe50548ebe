import { assertEquals, assertThrows } from "@std/assert";
import { AppError } from "../errors/app_error.ts";
import { type StatePaths, statePaths } from "./paths.ts";

const HOME = "/home/ada";
const BASE = `${HOME}/.config/sogni`;

function pathsFor(env: Record<string, string>, config = {}): StatePaths {
  return statePaths({ env, home: HOME, cwd: "/work" }, config);
}

Deno.test("without overrides everything lies below ~/.config/sogni", () => {
  assertEquals(pathsFor({ XDG_CONFIG_HOME: "/elsewhere", APPDATA: "C:\\x" }), {
    base: BASE,
    credentials: `${BASE}/credentials`,
    lastRender: `${BASE}/last-render.json`,
    memories: `${BASE}/memories.json`,
    personality: `${BASE}/personality.txt`,
    personas: `${BASE}/personas`,
    updateCheck: `${BASE}/update-check.json`,
    models: `${BASE}/models.json`,
    jobs: `${BASE}/jobs.db`,
    appIdPool: `${BASE}/app-ids`,
    legacyAppId: `${BASE}/app-id`,
    mediaInbound: [`${HOME}/.openclaw/media/inbound`, `${HOME}/.clawdbot/media/inbound`],
    openclawConfig: `${HOME}/.openclaw/openclaw.json`,
  });
});

Deno.test("the folder that the machine names stands for ~/.config/sogni", () => {
  const facts = { env: {}, home: HOME, cwd: "/work", stateFolder: "/settings/sogni" };
  const paths = statePaths(facts);
  assertEquals([paths.base, paths.jobs], ["/settings/sogni", "/settings/sogni/jobs.db"]);
});

const OVERRIDES: [variable: string, key: keyof StatePaths][] = [
  ["SOGNI_CREDENTIALS_PATH", "credentials"],
  ["SOGNI_LAST_RENDER_PATH", "lastRender"],
  ["SOGNI_MEMORIES_PATH", "memories"],
  ["SOGNI_PERSONALITY_PATH", "personality"],
  ["SOGNI_PERSONAS_DIR", "personas"],
  ["SOGNI_APP_ID_POOL_DIR", "appIdPool"],
  ["SOGNI_APP_ID_PATH", "appIdFile"],
  ["SOGNI_JOBS_PATH", "jobs"],
  ["OPENCLAW_CONFIG_PATH", "openclawConfig"],
];

for (const [variable, key] of OVERRIDES) {
  Deno.test(`${variable} moves ${key}`, () => {
    assertEquals(pathsFor({ [variable]: "/data/x" })[key], "/data/x");
    assertEquals(pathsFor({ [variable]: "~/x" })[key], `${HOME}/x`);
    assertEquals(pathsFor({ [variable]: "x/y" })[key], "/work/x/y");
    assertEquals(pathsFor({ [variable]: "" })[key], pathsFor({})[key]);
  });

  for (const bad of ["a\u0000b", "a\nb", "a\rb", "a\u001bb", "a\u007f"]) {
    Deno.test(`${variable} refuses ${JSON.stringify(bad)}`, () => {
      const error = assertThrows(() => pathsFor({ [variable]: bad }), AppError);
      assertEquals(error.code, "INVALID_PATH");
      assertEquals(error.details?.source, variable);
    });
  }
}

const CONFIGURED: [variable: string, config: string, key: keyof StatePaths][] = [
  ["SOGNI_CREDENTIALS_PATH", "credentialsPath", "credentials"],
  ["SOGNI_LAST_RENDER_PATH", "lastRenderPath", "lastRender"],
];

for (const [variable, config, key] of CONFIGURED) {
  Deno.test(`${config} beats the default and loses to ${variable}`, () => {
    assertEquals(pathsFor({}, { [config]: "~/c" })[key], `${HOME}/c`);
    assertEquals(pathsFor({ [variable]: "/v" }, { [config]: "~/c" })[key], "/v");
    assertEquals(pathsFor({ [variable]: "" }, { [config]: "/c" })[key], "/c");
    assertThrows(() => pathsFor({}, { [config]: "a\nb" }), AppError, config);
  });
}

Deno.test("an inbound folder of one's own has no second choice", () => {
  assertEquals(pathsFor({ SOGNI_MEDIA_INBOUND_DIR: "/in" }).mediaInbound, ["/in"]);
  assertEquals(pathsFor({}, { mediaInboundDir: "/conf" }).mediaInbound, ["/conf"]);
});

Deno.test("a tab may stand in a path, another user's home is left alone", () => {
  assertEquals(pathsFor({ SOGNI_MEMORIES_PATH: "/a\tb" }).memories, "/a\tb");
  assertEquals(pathsFor({ SOGNI_MEMORIES_PATH: "~bob/x" }).memories, "/work/~bob/x");
});
