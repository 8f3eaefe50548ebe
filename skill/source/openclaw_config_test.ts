import { assert, assertEquals } from "@std/assert";
import { parse } from "../../lib/cli/parse.ts";
import { createLocalHost } from "../../lib/platform/local_host.ts";
import { execute } from "../../lib/commands/execute.ts";
import { inFolder, testHost } from "../../lib/media/film/test_clips.ts";
import { coercePluginConfig } from "../../lib/store/plugin_config_fields.ts";
import { CONFIG_ROWS, CONFIG_SCHEMA, type Schema } from "../../lib/catalog/plugin_config_schema.ts";
import { DIST, generatedFiles } from "./surfaces.ts";

const properties = CONFIG_SCHEMA.properties as Readonly<Record<string, Schema>>;

/** What a host gives that fills in all defaults of the schema. */
const DEFAULTS = defaultsOf(CONFIG_SCHEMA) as Record<string, unknown>;

Deno.test("the manifest carries the whole schema", () => {
  const manifest = JSON.parse(
    generatedFiles()[`${DIST}/openclaw-link/openclaw.plugin.json`] ?? "",
  );
  assertEquals(manifest.id, "sogni-creative-agent-skill");
  assertEquals(
    manifest.configSchema,
    JSON.parse(JSON.stringify(CONFIG_SCHEMA)),
  );
  assertEquals(CONFIG_SCHEMA.additionalProperties, false);
  assertEquals(CONFIG_ROWS.map(([key]) => key), Object.keys(properties));
  assertEquals(Object.keys(properties).length, 30);
});

Deno.test("the program accepts every default of the schema", () => {
  const { config, problems } = coercePluginConfig(DEFAULTS);
  assertEquals(problems, []);
  assertEquals({ ...config }, DEFAULTS);
});

for (
  const argv of [["a fox"], ["--video", "a fox runs"], ["--music", "a waltz"], [
    "-Q",
    "hq",
    "a fox",
  ]]
) {
  Deno.test(`defaults that a host fills in change no plan: ${argv.join(" ")}`, async () => {
    await inFolder(async (folder) => {
      const without = await plan(folder, argv, {});
      const {
        mediaInboundDir: _,
        credentialsPath: __,
        lastRenderPath: ___,
        ...given
      } = DEFAULTS;
      const filled = await plan(folder, argv, {
        OPENCLAW_PLUGIN_CONFIG: JSON.stringify(given),
      });
      assertEquals(filled, without);
    });
  });
}

async function plan(
  folder: string,
  argv: string[],
  env: Record<string, string>,
): Promise<unknown> {
  let stdout = "";
  const base = testHost(folder, env);
  const host = {
    ...createLocalHost({ facts: base.facts }),
    onInterrupt: () => {},
    write: (stream: string, data: string | Uint8Array) => {
      if (stream === "stdout") stdout += data;
    },
  };
  const line = parse(["--json", "--dry-run", ...argv], { env, home: folder });
  assertEquals(await execute(line, host), 0, stdout);
  const { plan } = JSON.parse(stdout);
  assert(plan);
  return plan;
}

function defaultsOf({ properties, default: fallback }: Schema): unknown {
  if (!properties) return fallback;
  const entries = Object.entries(properties as Record<string, Schema>)
    .map(([key, schema]) => [key, defaultsOf(schema)] as const)
    .filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries);
}
