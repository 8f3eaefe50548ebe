import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { inPlace } from "../support/agent.ts";

Deno.test("--help fits 80 columns, names the groups and goes to stdout", async () => {
  await inPlace(async ({ run }) => {
    const { code, stdout, stderr } = await run(["--help"]);
    assertEquals([code, stderr], [0, ""]);
    assertEquals(stdout.split("\n").filter((line) => [...line].length > 80), []);
    for (
      const words of ["Usage: sogni-agent", "--output", "--video", "--sandbox", "--memory-set"]
    ) {
      assertStringIncludes(stdout, words);
    }
  });
});

Deno.test("--help takes a group, a flag or a command as its topic", async () => {
  await inPlace(async ({ run }) => {
    const rows = [
      [["--help", "video"], "--target-resolution", "--memory-set"],
      [["--help", "--seed"], "--seed", "--output"],
      [["--help", "-n"], "--count", "--seed"],
      [["help", "sandbox"], "sandbox", "--seed"],
      [["sandbox", "--help"], "sandbox", "--seed"],
    ] as const;
    for (const [args, present, absent] of rows) {
      const { code, stdout } = await run(args);
      assertEquals(code, 0, args.join(" "));
      assertStringIncludes(stdout, present);
      assert(!stdout.includes(absent), `${args.join(" ")} also speaks of ${absent}`);
    }
  });
});

Deno.test("-h is height, so it never prints help", async () => {
  await inPlace(async ({ run }) => {
    const { code, stdout, stderr } = await run(["-h"]);
    assertEquals([code, stdout], [1, ""]);
    assertStringIncludes(stderr, "-h needs a value");
  });
});

Deno.test("--help acts where it stands, whatever comes after it", async () => {
  await inPlace(async ({ run }) => {
    const { code, stdout } = await run(["-Q", "fast", "--help", "--steps", "none"]);
    assertEquals(code, 0);
    assertStringIncludes(stdout, "--steps");
  });
});

Deno.test("--help --json is the flag table as one object", async () => {
  await inPlace(async ({ json }) => {
    const { code, object } = await json(["--help"]);
    assertEquals([code, object.success, object.type], [0, true, "help"]);
    const flags = object.flags as Record<string, unknown>[];
    const steps = flags.find(({ name }) => name === "--steps");
    assertEquals([steps?.kind, steps?.min, steps?.group], ["int", 1, "generation"]);
    assert(flags.length > 100);
  });
});
