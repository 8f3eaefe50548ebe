import { assertEquals, assertStringIncludes } from "@std/assert";
import { balanceHint } from "./balance_hint.ts";

const ROWS: [model: string, tokenType: "spark" | "sogni", fallback: boolean, next: RegExp][] = [
  ["z_image_turbo_bf16", "spark", false, /--token-type auto/],
  ["z_image_turbo_bf16", "sogni", false, /--token-type spark/],
  ["z_image_turbo_bf16", "sogni", true, /^Neither SPARK nor SOGNI/],
  ["gpt-image-2", "spark", false, /^[^-]*Spark Packs/],
  ["seedance-2-0", "spark", false, /^[^-]*Spark Packs/],
  ["never-heard", "spark", false, /--token-type auto/],
];

for (const [model, tokenType, tokenFallback, next] of ROWS) {
  Deno.test(`when ${tokenType} does not cover ${model}${tokenFallback ? ", auto" : ""}`, () => {
    const hint = balanceHint({ model, tokenType, tokenFallback });
    assertStringIncludes(hint, "Buy Spark Packs: https://docs.sogni.ai/pricing/#spark-packs");
    assertEquals(next.test(hint), true, hint);
    const isPremium = model === "gpt-image-2" || model === "seedance-2-0";
    if (isPremium) assertEquals(hint.includes("--token-type"), false);
  });
}
