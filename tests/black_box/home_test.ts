/** Where state is looked for when the environment does not say where the user is at home. */
import { assertEquals } from "@std/assert";
import * as fs from "node:fs/promises";
import { inPlace } from "../support/agent.ts";

Deno.test("without a usable HOME nothing is taken from the folder the command runs in", async () => {
  await inPlace(async ({ json, path }) => {
    await fs.mkdir(path(".config", "sogni"), { recursive: true });
    const foreign = [{ id: "0", key: "planted", value: "x", category: "fact", source: "user" }];
    await fs.writeFile(path(".config", "sogni", "memories.json"), JSON.stringify(foreign));
    await fs.writeFile(path(".config", "sogni", "personality.txt"), "planted");
    const memory = await json(["--memory-get", "planted"], { env: { HOME: "" } });
    assertEquals([memory.code, memory.object.found], [0, false]);
    const { object } = await json(["--personality-get"], { env: { HOME: "" } });
    assertEquals(object.personality === "planted", false);
  });
});
