import { assert, assertEquals } from "@std/assert";
import { call, withSandbox } from "../testing/with_sandbox.ts";

interface Quoted {
  quote: { project: Record<string, string>; job: Record<string, string> };
}

Deno.test("every kind of estimate answers with costs as decimal strings", () =>
  withSandbox({}, async (sandbox) => {
    const paths = [
      "/api/v2/job/estimate/spark/fast/z_image_turbo_bf16/2/8/0/0/0/1024/1024",
      "/api/v3/job/estimate/spark/fast/z_image_turbo_bf16/2/8/0/0/0/1024/1024/1/euler/0",
      "/api/v3/job/estimate/sogni/fast/qwen_image_edit_2511_fp8/1/20/0/0/0/0/0/0/_/2",
      "/api/v1/job-video/estimate/spark/ltx23-22b-fp8_t2v_distilled/1920/1088/121/24",
      "/api/v1/job-video/estimate/spark/wan_v2.2-14b-fp8_t2v/640/640/81/16/4/2?network=fast",
      "/api/v1/job-audio/estimate/sogni/ace_step_1.5_xl_turbo/30/8/1",
    ];
    for (const path of paths) {
      const answer = await call(sandbox, path, { headers: { "api-key": "" } });
      assertEquals(answer.status, 200, path);
      const { quote } = answer.json as unknown as Quoted;
      for (
        const key of ["costInRenderSec", "costInUSD", "costInToken", "costInSpark", "costInSogni"]
      ) {
        assert(/^\d+(\.\d+)?$/.test(quote.project[key] ?? ""), `${path} ${key}`);
      }
      const token = path.includes("/sogni/") ? "costInSogni" : "costInSpark";
      assertEquals(quote.project.costInToken, quote.project[token], path);
    }
  }));

Deno.test("two outputs cost twice as much as one", () =>
  withSandbox({}, async (sandbox) => {
    const path = "/api/v2/job/estimate/spark/fast/z_image_turbo_bf16/2/8/0/0/0/1024/1024";
    const { quote } = (await call(sandbox, path)).json as unknown as Quoted;
    assertEquals(Number(quote.project.costInSpark), 2 * Number(quote.job.costInSpark));
  }));

Deno.test("chat estimates are numbers", () =>
  withSandbox({}, async (sandbox) => {
    const path = "/api/v1/job-llm/estimate/spark/qwen3.6-35b-a3b-gguf-iq4xs/100/4096";
    const { quote } = (await call(sandbox, path)).json as unknown as {
      quote: Record<string, number>;
    };
    assertEquals([quote.inputTokens, quote.outputTokens], [100, 4096]);
    assertEquals(quote.costInToken, quote.costInSpark);
    assert((quote.costInUSD ?? 0) > 0);
  }));

Deno.test("unknown models and tokens are errors", () =>
  withSandbox({}, async (sandbox) => {
    const audio = "/api/v1/job-audio/estimate";
    assertEquals((await call(sandbox, `${audio}/spark/nonsense/30/8/1`)).status, 404);
    assertEquals((await call(sandbox, `${audio}/gold/ace_step_1.5_turbo/30/8/1`)).status, 400);
  }));
