/** `SOGNI_SKILL_USE_SDK_TRANSPORT`: the hosted modes do the same by the SDK. */
import { assertEquals, assertStringIncludes } from "@std/assert";
import { withService } from "../support/service.ts";

const STEPS = '{"steps":[{"toolName":"generate_image","arguments":{"prompt":"a kite"}}]}';

Deno.test("with and without the SDK's transport hosted modes print the same", () =>
  withService({}, async ({ run }, { recorder }) => {
    const lines = [
      ["--api-chat", "Hi"],
      ["--durable-chat", "draw a cat", "-o", "cat.png"],
      ["--api-workflow", "--workflow-input", STEPS, "--watch"],
      ["--list-api-models"],
    ];
    for (const line of lines) {
      recorder.clear();
      const ours = await run(line);
      const requests = recorder.rest.map(({ method, path }) => `${method} ${maskIds(path)}`);
      recorder.clear();
      const env = { SOGNI_SKILL_USE_SDK_TRANSPORT: "1" };
      const theirs = await run(line, { env });
      assertEquals([theirs.code, maskIds(theirs.stdout)], [0, maskIds(ours.stdout)], theirs.stderr);
      assertEquals(recorder.rest.map(({ method, path }) => `${method} ${maskIds(path)}`), requests);
      const first = recorder.rest[0];
      // What the SDK has no part in goes out as ever.
      const own = line[0] === "--list-api-models";
      assertEquals(first?.headers.authorization !== undefined, own, line[0]);
    }
  }));

Deno.test("durable chat works either way, and a wrong key is told the same", () =>
  withService({}, async ({ json }) => {
    for (const transport of ["", "1", "off"]) {
      const env = { SOGNI_SKILL_USE_SDK_TRANSPORT: transport };
      const { object } = await json(["--durable-chat", "Hi"], { env });
      assertEquals([object.success, object.status], [true, "completed"], transport);
      const wrong = { ...env, SOGNI_API_KEY: "wrong-key-0123456789" };
      const refused = await json(["--durable-chat", "Hi"], { env: wrong });
      assertEquals([refused.code, refused.object.errorCode], [1, "INVALID_API_KEY"]);
      assertStringIncludes(String(refused.object.hint), "sogni-agent login");
    }
  }));

function maskIds(text: string): string {
  return text.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/gi, "ID").replace(/https?:\S+/g, "URL");
}
