import { assertEquals, assertThrows } from "@std/assert";
import type { PluginConfig } from "../../catalog/plugin_config.ts";
import type { Options } from "../../cli/flags/table.ts";
import { AppError } from "../../errors/app_error.ts";
import {
  costSettings,
  httpTimeoutMs,
  maxReferenceBytes,
  modelSettings,
  wantsSdkTransport,
} from "./settings.ts";
import { hostedToken } from "./token_type.ts";

Deno.test("flags beat the configuration, which beats the defaults", () => {
  const config: PluginConfig = {
    defaultLlmModel: "configured",
    defaultTaskProfile: " Coding ",
    defaultApiMaxTokens: 5,
    defaultApiThinking: true,
    defaultApiToolMode: "none",
  };
  assertEquals(modelSettings({}, config), {
    model: "configured",
    taskProfile: "coding",
    maxTokens: 5,
    thinking: true,
    tools: false,
    executeTools: true,
    filter: true,
  });
  const options: Options = {
    llmModel: "m",
    taskProfile: "general",
    maxTokens: 7,
    thinking: false,
    apiTools: "true",
  };
  assertEquals(modelSettings(options, config), {
    model: "m",
    taskProfile: "general",
    maxTokens: 7,
    thinking: false,
    tools: true,
    executeTools: true,
    filter: true,
  });
});

Deno.test("a configuration that cannot be used is refused", () => {
  const rows: PluginConfig[] = [
    { defaultApiMaxTokens: 0 },
    { defaultTaskProfile: "poetry" },
    { defaultApiToolMode: "all" },
  ];
  for (const config of rows) {
    assertEquals(assertThrows(() => modelSettings({}, config), AppError).code, "INVALID_CONFIG");
  }
  const negative = () => costSettings({}, { defaultWorkflowMaxCost: -1 });
  assertEquals(assertThrows(negative, AppError).code, "INVALID_CONFIG");
});

Deno.test("cost limits are absent unless set; zero and false count as set", () => {
  assertEquals(costSettings({}, {}), {});
  assertEquals(costSettings({ workflowMaxCost: 0, confirmCost: false }, {}), {
    maxCost: 0,
    confirmCost: false,
  });
  const config = { defaultWorkflowMaxCost: 2.5, defaultWorkflowConfirmCost: true };
  assertEquals(costSettings({}, config), { maxCost: 2.5, confirmCost: true });
  assertEquals(costSettings({ workflowMaxCost: 1 }, config), { maxCost: 1, confirmCost: true });
});

Deno.test("values of the environment", () => {
  for (const value of ["1", "true", " YES ", "On"]) {
    assertEquals(wantsSdkTransport({ SOGNI_SKILL_USE_SDK_TRANSPORT: value }), true, value);
  }
  for (const value of ["", "0", "no", "2", "enabled"]) {
    assertEquals(wantsSdkTransport({ SOGNI_SKILL_USE_SDK_TRANSPORT: value }), false, value);
  }
  const timeouts: [string, number][] = [
    ["500", 500],
    ["0", 30_000],
    ["-1", 30_000],
    ["x", 30_000],
    ["1.5", 30_000],
  ];
  for (const [value, ms] of timeouts) {
    assertEquals(httpTimeoutMs({ SOGNI_HTTP_TIMEOUT_MS: value }), ms);
  }
  assertEquals(httpTimeoutMs({}), 30_000);
  assertEquals(maxReferenceBytes({}), 104_857_600);
  assertEquals(maxReferenceBytes({ SOGNI_API_MEDIA_REFERENCE_MAX_BYTES: "10" }), 10);
});

Deno.test("hosted calls spend Spark unless SOGNI is asked for and the models take it", () => {
  const rows: [Options["tokenType"], (string | undefined)[], string, boolean][] = [
    [undefined, [], "spark", false],
    ["auto", [], "spark", false],
    ["sogni", [], "sogni", false],
    ["sogni", ["z_image_turbo_bf16"], "sogni", false],
    ["sogni", ["gpt-image-2"], "spark", true],
    ["sogni", [undefined, "seedance2"], "spark", true],
  ];
  for (const [tokenType, models, expected, noted] of rows) {
    const token = hostedToken(tokenType === undefined ? {} : { tokenType }, {}, models);
    assertEquals(
      [token.tokenType, token.note !== undefined],
      [expected, noted],
      `${tokenType} ${models}`,
    );
  }
});
