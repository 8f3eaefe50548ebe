import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { AppError } from "../errors/app_error.ts";
import { loadPluginConfig } from "./plugin_config.ts";
import { inHome } from "./testing.ts";

async function inline(text: string) {
  const result = { config: {} as unknown, warnings: [] as string[] };
  await inHome(async ({ host }) => {
    result.config = await loadPluginConfig(host, (warning) => result.warnings.push(warning));
  }, { OPENCLAW_PLUGIN_CONFIG: text });
  return result;
}

const READ: [text: string, config: Record<string, unknown>, warned?: string][] = [
  ["{}", {}],
  ['{"defaultImageModel":"a"}', { defaultImageModel: "a" }],
  ["{defaultImageModel: 'a', /* why */ defaultCount: +2,}", {
    defaultImageModel: "a",
    defaultCount: 2,
  }],
  ["{unknown: 1}", {}],
  ["{defaultCount: null, apiBaseUrl: ''}", {}],
  ["{defaultWidth: '640', defaultHeight: 0x100}", { defaultWidth: 640, defaultHeight: 256 }],
  ["{defaultWidth: Infinity}", {}, "defaultWidth must be a number"],
  ["{defaultWidth: NaN}", {}, "defaultWidth"],
  ["{defaultWidth: 'wide', defaultFps: 24}", { defaultFps: 24 }, "defaultWidth"],
  ["{defaultImageModel: 7}", {}, "defaultImageModel must be text"],
  ["{defaultNetwork: 'Relaxed'}", { defaultNetwork: "relaxed" }],
  ["{defaultNetwork: 'slow'}", {}, "defaultNetwork must be one of fast, relaxed"],
  ["{defaultVideoWorkflow: 'ia2v'}", { defaultVideoWorkflow: "ia2v" }],
  ["{defaultVideoWorkflow: 'r2v'}", {}, "defaultVideoWorkflow"],
  ["{videoModels: {t2v: 'm', 'animate-move': 'n', r2v: 'x', i2v: 3}}", {
    videoModels: { t2v: "m", "animate-move": "n" },
  }],
  ["{videoModels: ['m']}", {}, "videoModels"],
  ["{modelDefaults: {m: {steps: 4, guidance: '1.5', x: 1}, n: 3}}", {
    modelDefaults: { m: { steps: 4, guidance: 1.5 } },
  }],
  ["{defaultApiThinking: false, defaultWorkflowConfirmCost: true}", {
    defaultApiThinking: false,
    defaultWorkflowConfirmCost: true,
  }],
  ["{defaultApiThinking: 'no'}", {}, "defaultApiThinking must be true or false"],
  ["{defaultApiMaxTokens: 100, defaultWorkflowMaxCost: 0}", {
    defaultApiMaxTokens: 100,
    defaultWorkflowMaxCost: 0,
  }],
  ["{defaultTokenType: 'auto', seedStrategy: 'random'}", {
    defaultTokenType: "auto",
    seedStrategy: "random",
  }],
  ["{credentialsPath: '~/c'}", { credentialsPath: "~/c" }],
  ["[1]", {}, "no object"],
  ["'text'", {}, "no object"],
  ["{broken", {}, "cannot be parsed"],
  ['{"__proto__": {"defaultCount": 3}}', {}],
];

for (const [text, config, warned] of READ) {
  Deno.test(`configuration ${text}`, async () => {
    const result = await inline(text);
    assertEquals(result.config, config);
    assertEquals(result.warnings.length, warned === undefined ? 0 : 1);
    if (warned) assertStringIncludes(result.warnings[0] ?? "", warned);
  });
}

const INVALID: [text: string, field: string][] = [
  ["{defaultApiMaxTokens: 0}", "defaultApiMaxTokens"],
  ["{defaultApiMaxTokens: -5}", "defaultApiMaxTokens"],
  ["{defaultApiMaxTokens: 1.5}", "defaultApiMaxTokens"],
  ["{defaultApiMaxTokens: 'many'}", "defaultApiMaxTokens"],
  ["{defaultWorkflowMaxCost: -0.01}", "defaultWorkflowMaxCost"],
  ["{defaultWorkflowMaxCost: 'free'}", "defaultWorkflowMaxCost"],
];

for (const [text, field] of INVALID) {
  Deno.test(`configuration ${text} stops the command`, async () => {
    const error = await assertRejects(() => inline(text), AppError);
    assertEquals([error.code, error.details?.field], ["INVALID_CONFIG", field]);
  });
}

async function fromFile(text: string, env: Record<string, string> = {}) {
  const result = { config: {} as unknown, warnings: [] as string[] };
  await inHome(async ({ host, put }) => {
    await put(".openclaw/openclaw.json", text);
    result.config = await loadPluginConfig(host, (warning) => result.warnings.push(warning));
  }, env);
  return result;
}

const ENTRY = "{plugins: {entries: {'sogni-creative-agent-skill': {config: {defaultCount: 4}}}}}";

Deno.test("the file holds the configuration in our entry", async () => {
  assertEquals(await fromFile(ENTRY), { config: { defaultCount: 4 }, warnings: [] });
});

Deno.test("the variable replaces the file, unless it is empty", async () => {
  const env = { OPENCLAW_PLUGIN_CONFIG: "{defaultFps: 8}" };
  assertEquals((await fromFile(ENTRY, env)).config, { defaultFps: 8 });
  assertEquals((await fromFile(ENTRY, { OPENCLAW_PLUGIN_CONFIG: "" })).config, { defaultCount: 4 });
});

for (const text of ["", "{}", "{plugins: {}}", "{plugins: {entries: []}}", "null", "[]"]) {
  Deno.test(`a file without our entry (${text}) configures nothing`, async () => {
    assertEquals(await fromFile(text), { config: {}, warnings: [] });
  });
}

Deno.test("a file that cannot be parsed is warned of", async () => {
  const { config, warnings } = await fromFile("{plugins:");
  assertEquals([config, warnings.length], [{}, 1]);
});

Deno.test("a folder in place of the file is warned of", () =>
  inHome(async ({ host, home }) => {
    const warnings: string[] = [];
    await host.files.makeDir(`${home}/.openclaw/openclaw.json`);
    assertEquals(await loadPluginConfig(host, (warning) => warnings.push(warning)), {});
    assertEquals(warnings.length, 1);
  }));
