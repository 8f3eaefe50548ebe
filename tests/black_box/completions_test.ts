/** `completions`: each script on stdout, and the refusal of a shell that is not known. */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { inPlace } from "../support/agent.ts";

Deno.test("each shell gets its script, and man the page", async () => {
  await inPlace(async ({ run, json }) => {
    const beginnings = {
      bash: "# bash completion",
      zsh: "#compdef sogni-agent\n",
      fish: "# fish completion",
      PowerShell: "# PowerShell completion",
      pwsh: "# PowerShell completion",
      man: ".TH SOGNI",
    };
    for (const [shell, beginning] of Object.entries(beginnings)) {
      const { code, stdout } = await run(["completions", shell]);
      assertEquals(code, 0);
      assert(stdout.startsWith(beginning), shell);
      assert(stdout.endsWith("\n"));
    }
    const { object } = await json(["completions", "bash"]);
    assertEquals([object.success, object.type, object.shell], [true, "completions", "bash"]);
    assertStringIncludes(String(object.script), "complete ");
  });
});

Deno.test("an unknown shell is refused with the ones that are known", async () => {
  await inPlace(async ({ json }) => {
    for (const args of [["completions"], ["completions", "tcsh"], ["completions", "toString"]]) {
      const { code, object } = await json(args);
      assertEquals([code, object.errorCode], [1, "INVALID_ARGUMENT"]);
      assertStringIncludes(String(object.hint), "bash, zsh, fish, powershell, man");
    }
  });
});
