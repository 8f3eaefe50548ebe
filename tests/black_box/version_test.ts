import { assert, assertEquals } from "@std/assert";
import config from "../../deno.json" with { type: "json" };
import { inPlace } from "../support/agent.ts";

Deno.test("--version and -V print the bare version and nothing else", async () => {
  await inPlace(async ({ run }) => {
    for (const flag of ["--version", "-V"]) {
      const { code, stdout, stderr } = await run([flag]);
      assertEquals({ code, stdout, stderr }, {
        code: 0,
        stdout: `${config.version}\n`,
        stderr: "",
      });
    }
  });
});

Deno.test("--version --json says which program this is", async () => {
  await inPlace(async ({ json }) => {
    const { code, object } = await json(["--version"]);
    assertEquals(code, 0);
    const { timestamp, ...rest } = object;
    assertEquals(rest, {
      success: true,
      type: "version",
      name: "sogni-creative-agent-skill",
      version: config.version,
    });
    assert(!Number.isNaN(Date.parse(String(timestamp))));
  });
});

Deno.test("--json may stand anywhere on the line", async () => {
  await inPlace(async ({ run }) => {
    for (const args of [["--json", "--version"], ["--version", "--json"]]) {
      assertEquals(JSON.parse((await run(args)).stdout).version, config.version);
    }
  });
});
