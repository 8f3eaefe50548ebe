import { assert, assertEquals, assertMatch } from "@std/assert";
import { type AgentRun, inPlace, type Place, signalAgent } from "../support/agent.ts";

/** Runs `sogni-agent sandbox` until `body` is done with it. */
async function whileServing(
  place: Place,
  args: string[],
  body: (printed: string) => Promise<void>,
): Promise<AgentRun> {
  let failure: unknown;
  let printed = "";
  const ended = await place.run(["sandbox", ...args], {
    env: { SOGNI_SANDBOX_SPEED: "0" },
    onStart: (child) => {
      child.stdout?.on("data", (text: string) => {
        const first = printed === "";
        printed += text;
        if (!first) return;
        // A moment later all of the lines are there.
        setTimeout(
          () =>
            body(printed).catch((error) => failure = error).finally(() =>
              signalAgent(child, "SIGINT")
            ),
          200,
        );
      });
    },
  });
  if (failure) throw failure;
  return ended;
}

Deno.test("`sandbox` serves other programs: a second process makes a picture with what it printed", async () => {
  await inPlace(async (place) => {
    const { code, signal, stderr } = await whileServing(place, [], async (printed) => {
      const lines = printed.trimEnd().split("\n");
      assertEquals(lines.length, 4);
      const env = Object.fromEntries(lines.map((line) => {
        const match = /^export (SOGNI_\w+)=(\S+)$/.exec(line);
        return [match?.[1], match?.[2]];
      }));
      const { code, object } = await place.json(["-o", "cat.png", "a cat"], { env });
      assertEquals([code, object.success, object.localPath], [0, true, "cat.png"]);
      const stranger = await place.json(["a cat"], { env: { ...env, SOGNI_API_KEY: "other" } });
      assertEquals(stranger.object.errorCode, "INVALID_API_KEY");
    });
    assertEquals([code, signal], [0, null], stderr);
  });
});

Deno.test("`sandbox --json` prints one object with the same variables", async () => {
  await inPlace(async (place) => {
    const { stdout } = await whileServing(place, ["--json"], async (printed) => {
      const object = JSON.parse(printed);
      assertEquals([object.success, object.type], [true, "sandbox"]);
      assertMatch(object.env.SOGNI_REST_ENDPOINT, /^http:\/\/127\.0\.0\.1:\d+$/);
      const { code } = await place.json(["a cat"], { env: object.env });
      assertEquals(code, 0);
    });
    assert(stdout.trimEnd().split("\n").length === 1);
  });
});

Deno.test("a fault script that cannot be read is refused before anything starts", async () => {
  await inPlace(async ({ json }) => {
    const env = { SOGNI_SANDBOX_FAULTS: '[{"fault":"explode"}]' };
    const { code, object } = await json(["--sandbox", "a cat"], { env });
    assertEquals([code, object.errorCode], [1, "INVALID_ARGUMENT"]);
    assertMatch(String(object.error), /explode/);
  });
});
