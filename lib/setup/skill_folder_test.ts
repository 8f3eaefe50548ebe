import { assert, assertEquals, assertMatch } from "@std/assert";
import * as fs from "node:fs/promises";
import { join } from "node:path";
import { leftName } from "../platform/testing/left_name.ts";
import { snapshotOf } from "./testing/snapshot.ts";
import { inHome, type TestHome } from "../store/testing.ts";
import { applyPlan } from "./apply_plan.ts";
import { formatMarker, MARKER_NAME } from "./marker.ts";
import { planInstall, planRemoval, readMarker, type SkillContent } from "./skill_folder.ts";

const OLD: SkillContent = {
  version: "3.10.0",
  adapter: "claude-code",
  source: "/opt/sogni",
  files: { "SKILL.md": "one\n", "references/models.md": "models\n" },
};
const NEW: SkillContent = {
  ...OLD,
  version: "3.11.0",
  files: { "SKILL.md": "two\n", "references/video.md": "video\n" },
};

function withFolder(body: (folder: string, test: TestHome) => Promise<void>): Promise<void> {
  return inHome((test) => body(join(test.home, ".claude/skills/the-skill"), test));
}

async function install({ host }: TestHome, folder: string, content = OLD) {
  const plan = await planInstall(host.files, folder, content);
  await applyPlan(host.files, plan);
  return plan;
}

async function uninstall({ host }: TestHome, folder: string) {
  const plan = await planRemoval(host.files, folder);
  await applyPlan(host.files, plan);
  return plan;
}

Deno.test("an installed folder holds the files and a marker; doing it again does nothing", async () => {
  await withFolder(async (folder, test) => {
    await install(test, folder);
    assertEquals(await test.text(join(folder, "references/models.md")), "models\n");
    const marker = await readMarker(test.host.files, folder);
    assertEquals([marker?.version, marker?.adapter], ["3.10.0", "claude-code"]);
    assertEquals(marker?.before, undefined);
    const before = await snapshotOf(test.home);
    assertEquals((await install(test, folder)).steps, []);
    assertEquals(await snapshotOf(test.home), before);
  });
});

Deno.test("uninstalling leaves nothing behind, not even folders that were made", async () => {
  await withFolder(async (folder, test) => {
    await fs.mkdir(join(test.home, ".claude"));
    await install(test, folder);
    await uninstall(test, folder);
    assertEquals(await snapshotOf(test.home), { ".claude/": "" });
  });
});

Deno.test("an update removes what the new version does not have", async () => {
  await withFolder(async (folder, test) => {
    await install(test, folder);
    assertEquals((await install(test, folder, NEW)).installed, "3.10.0");
    assertEquals((await fs.readdir(join(folder, "references"))).sort(), ["video.md"]);
    assertEquals(await test.text(join(folder, "SKILL.md")), "two\n");
  });
});

Deno.test("a file that was lost or damaged is put right though the version is the same", async () => {
  await withFolder(async (folder, test) => {
    await install(test, folder);
    await fs.rm(join(folder, "references"), { recursive: true });
    assert((await install(test, folder)).steps.length > 0);
    assertEquals(await test.text(join(folder, "references/models.md")), "models\n");
  });
});

Deno.test("files that were there before come back byte for byte", async () => {
  await withFolder(async (folder, test) => {
    await test.put(".claude/skills/the-skill/SKILL.md", "mine\n");
    await test.put(".claude/skills/the-skill/own.txt", "mine too\n");
    const before = await snapshotOf(test.home);
    const { notes } = await install(test, folder);
    assertMatch(notes.join(), /SKILL\.md was there before/);
    assertEquals(await test.text(join(folder, "SKILL.md")), "one\n");
    await install(test, folder, NEW);
    await uninstall(test, folder);
    assertEquals(await snapshotOf(test.home), before);
  });
});

Deno.test("a file that was edited is kept under another name", async () => {
  await withFolder(async (folder, test) => {
    await install(test, folder);
    await fs.writeFile(join(folder, "SKILL.md"), "edited\n");
    await install(test, folder, NEW);
    assertEquals(await test.text(join(folder, "SKILL.md.kept")), "edited\n");
    await fs.writeFile(join(folder, "SKILL.md"), "edited again\n");
    await uninstall(test, folder);
    assertEquals((await fs.readdir(folder)).sort(), ["SKILL.md.kept", "SKILL.md.kept-2"]);
  });
});

Deno.test("a run killed after any step is completed, and can be undone, by the next", async () => {
  await withFolder(async (folder, test) => {
    const { files } = test.host;
    for (let step = 0;; step++) {
      await fs.rm(join(test.home, ".claude"), { recursive: true, force: true });
      await test.put(".claude/skills/the-skill/SKILL.md", "mine\n");
      const before = await snapshotOf(test.home);
      const plan = await planInstall(files, folder, OLD);
      if (step > plan.steps.length) break;
      await applyPlan(files, { ...plan, steps: plan.steps.slice(0, step) });
      await uninstall(test, folder);
      assertEquals(await snapshotOf(test.home), before, `undone after ${step} steps`);
      await applyPlan(files, { ...plan, steps: plan.steps.slice(0, step) });
      await test.put(`.claude/skills/the-skill/${leftName("SKILL.md")}`, "half");
      await install(test, folder);
      assertEquals((await install(test, folder)).steps, [], `complete after ${step} steps`);
      for (let cut = 0; cut < 4; cut++) {
        const removal = await planRemoval(files, folder);
        await applyPlan(files, { ...removal, steps: removal.steps.slice(0, cut) });
      }
      await uninstall(test, folder);
      assertEquals(await snapshotOf(test.home), before, `restored after ${step} steps`);
    }
  });
});

Deno.test("an update killed after any step ends up as the new version, with nothing kept", async () => {
  await withFolder(async (folder, test) => {
    const { files } = test.host;
    for (let step = 0;; step++) {
      await fs.rm(folder, { recursive: true, force: true });
      await install(test, folder);
      const plan = await planInstall(files, folder, NEW);
      if (step > plan.steps.length) break;
      await applyPlan(files, { ...plan, steps: plan.steps.slice(0, step) });
      await install(test, folder, NEW);
      assertEquals(Object.keys(await snapshotOf(folder)).sort(), [
        MARKER_NAME,
        "SKILL.md",
        "references/",
        "references/video.md",
      ]);
    }
  });
});

Deno.test("a file that was only begun when setup was killed goes with the skill", async () => {
  await withFolder(async (folder, test) => {
    const before = await snapshotOf(test.home);
    const plan = await planInstall(test.host.files, folder, OLD);
    await applyPlan(test.host.files, { ...plan, steps: plan.steps.slice(0, 1) });
    await test.put(`.claude/skills/the-skill/references/${leftName("models.md")}`, "half");
    await test.put(`.claude/skills/the-skill/${leftName(MARKER_NAME)}`, "half");
    await uninstall(test, folder);
    assertEquals(await snapshotOf(test.home), before);
  });
});

Deno.test("folders of others and links are left alone", async () => {
  await withFolder(async (folder, test) => {
    await test.put(".claude/skills/the-skill/SKILL.md", "mine\n");
    assertMatch((await uninstall(test, folder)).refused ?? "", /not made by setup/);
    await fs.rm(folder, { recursive: true });
    await fs.mkdir(join(test.home, "elsewhere"));
    await fs.symlink(join(test.home, "elsewhere"), folder);
    assertMatch((await install(test, folder)).refused ?? "", /is a link/);
    assertEquals(await fs.readdir(join(test.home, "elsewhere")), []);
    await fs.rm(folder);
    await fs.mkdir(folder);
    await fs.symlink(join(test.home, "elsewhere"), join(folder, "references"));
    assertMatch((await install(test, folder)).refused ?? "", /references is a link/);
  });
});

Deno.test("a folder of the earlier installer is taken over; files of others in it stay", async () => {
  await withFolder(async (folder, test) => {
    const put = (name: string) => test.put(`.claude/skills/the-skill/${name}`, "old\n");
    for (const name of ["SKILL.md", "sogni-agent.mjs", "scripts/x.mjs", "own.txt"]) await put(name);
    const old = { version: "3.9.0", adapter: "codex-cli", srcDir: "/x", installedAt: "2026" };
    await fs.writeFile(join(folder, MARKER_NAME), formatMarker(old));
    assertEquals((await install(test, folder)).installed, "3.9.0");
    assertEquals((await fs.readdir(folder)).sort(), [
      MARKER_NAME,
      "SKILL.md",
      "own.txt",
      "references",
    ]);
    await uninstall(test, folder);
    assertEquals(await fs.readdir(folder), ["own.txt"]);
  });
});

Deno.test("a marker that was tampered with leads to no other folder", async () => {
  await withFolder(async (folder, test) => {
    await test.put("precious.txt", "x");
    await install(test, folder);
    const marker = JSON.parse(await test.text(join(folder, MARKER_NAME)));
    marker.files["../../../precious.txt"] = "0".repeat(64);
    marker.aside = { "SKILL.md": "../../../precious.txt" };
    await fs.writeFile(join(folder, MARKER_NAME), JSON.stringify(marker));
    await uninstall(test, folder);
    assertEquals(await test.text(join(test.home, "precious.txt")), "x");
  });
});
