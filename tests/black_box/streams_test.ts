/** What goes to stdout and what to stderr. */
import { assert, assertEquals, assertMatch } from "@std/assert";
import { wasTouched, withService } from "../support/service.ts";

Deno.test("text mode prints one URL a line on stdout, everything else on stderr", async () => {
  await withService({}, async ({ run }) => {
    const { stdout, stderr } = await run(["-n", "2", "-o", "cat.png", "a cat"]);
    const lines = stdout.trimEnd().split("\n");
    assertEquals(lines.length, 2);
    for (const line of lines) assertMatch(line, /^http:\/\/127\.0\.0\.1:\d+\/\S+$/);
    for (const words of ["Connecting to Sogni...", "Connected.", "Image 2/2 completed"]) {
      assert(stderr.includes(words), words);
    }
    assertMatch(stderr, /^Saved to .*cat\.png$/m);
    assertMatch(stderr, /^Saved to .*cat-2\.png$/m);
  });
});

Deno.test("-q leaves only what must be said on stderr", async () => {
  await withService({}, async ({ run }) => {
    const { stdout, stderr } = await run(["-q", "-o", "cat.png", "a cat"]);
    assertMatch(stdout, /^http:\S+\n$/);
    assertMatch(stderr, /^Warning: the API key goes to http:\/\/127\.0\.0\.1:\d+ .*\n$/);
  });
});

Deno.test("--sandbox with -q says nothing at all on stderr", async () => {
  await withService({}, async ({ run }) => {
    const env = { SOGNI_SANDBOX_SPEED: "0" };
    for (const line of [["-o", "cat.png", "a cat"], ["--durable-chat", "draw a cat"]]) {
      const { code, stderr } = await run(["--sandbox", "-q", ...line], { env });
      assertEquals([code, stderr], [0, ""]);
    }
  });
});

Deno.test("--progress ndjson writes events that never go back and end at 100", async () => {
  await withService({ speed: 0.3 }, async ({ run }) => {
    const { stderr } = await run(["-q", "--progress", "ndjson", "-n", "2", "a cat"]);
    const events = stderr.split("\n").filter((line) => line.startsWith("{"))
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    const percents = events.map(({ percent }) => Number(percent));
    assert(events.length >= 4, stderr);
    assertEquals(percents, [...percents].sort((a, b) => a - b));
    const last = events.at(-1);
    assertEquals([last?.event, last?.percent, last?.completed, last?.total], [
      "progress",
      100,
      2,
      2,
    ]);
  });
});

Deno.test("--progress none is silent, and a pipe never gets a bar", async () => {
  await withService({}, async ({ run }) => {
    const none = await run(["--progress", "none", "a cat"]);
    assert(!/\d+%/.test(none.stderr), none.stderr);
    const plain = await run(["a cat"]);
    assertMatch(plain.stderr, /^Progress: \d+%/m);
    assert(!plain.stderr.includes("\r") && !plain.stderr.includes("\u001b"));
  });
});

Deno.test("--dry-run prints the plan and sends nothing, with or without a key", async () => {
  await withService({}, async ({ json, run }, service) => {
    const { code, object } = await json(["--dry-run", "-Q", "pro", "-s", "3", "a cat"]);
    assertEquals([code, object.success, object.type], [0, true, "plan"]);
    const plan = object.plan as Record<string, unknown>;
    assertEquals([plan.model, plan.seed, plan.count], ["flux2_dev_fp8", 3, 1]);
    const keyless = await run(["--dry-run", "a cat"], { env: { SOGNI_API_KEY: "" } });
    assertEquals([keyless.code, JSON.parse(keyless.stdout).prompt], [0, "a cat"]);
    assert(!wasTouched(service));
  });
});

Deno.test("a reader that goes away does not change the outcome", async () => {
  await withService({}, async ({ run }) => {
    const ended = await run(["-q", "-o", "cat.png", "a cat"], {
      onStart: (child) => child.stdout?.destroy(),
    });
    assertEquals(ended.code, 0, ended.stderr);
  });
});
