/** Several saved people in one command. */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import * as fs from "node:fs/promises";
import type { Place } from "../support/agent.ts";
import { inPlace } from "../support/agent.ts";
import { solidPng } from "../../lib/sandbox/testing/plain_artist.ts";
import { wasTouched, wireRequests, withService } from "../support/service.ts";

async function addPeople({ run, path }: Place, names: readonly string[]): Promise<void> {
  for (const name of names) {
    await fs.writeFile(path(`${name}.png`), solidPng(64, 64, 3));
    const { code, stderr } = await run(["--persona-add", name, "--ref", `${name}.png`]);
    assertEquals(code, 0, stderr);
  }
}

const photoOwners = (context: unknown, personas: { id: string; name: string }[]) =>
  (context as string[]).map((file) => personas.find(({ id }) => file.includes(id))?.name ?? file);

Deno.test("photos of several personas are context images in order, after those of -c", async () => {
  await withService({}, async (place, service) => {
    await addPeople(place, ["Mara", "Ilse"]);
    await fs.writeFile(place.path("deck.png"), solidPng(64, 64, 3));
    const people = ["--persona", "ilse", "-c", "deck.png", "--persona", "Mara", "--persona=MARA"];
    const { code, object, stderr } = await place.json([...people, "-o", "both.png", "two pilots"]);
    assertEquals(code, 0, stderr);
    const { personas } = (await place.json(["--persona-list"])).object;
    assertEquals(photoOwners(object.contextImages, personas as []), ["deck.png", "Ilse", "Mara"]);
    assertEquals(wireRequests(service).length, 1);
    assert((await fs.stat(place.path("both.png"))).size > 0);
    assertStringIncludes(stderr, 'persona "Mara" (friend): photo as context image');
  });
});

Deno.test("more people than the model takes are refused before anything is sent", async () => {
  await withService({}, async (place, service) => {
    await addPeople(place, ["A", "B", "C", "D"]);
    const people = ["A", "B", "C", "D"].flatMap((name) => ["--persona", name]);
    const { code, object } = await place.json([...people, "four pilots"]);
    assertEquals([code, object.errorCode], [1, "INVALID_ARGUMENT"]);
    const { maxImages, provided } = object.errorDetails as Record<string, unknown>;
    assertEquals([maxImages, provided], [3, 4]);
    assert(!wasTouched(service));
  });
});

Deno.test("one unknown name of several stops the command", async () => {
  await withService({}, async (place, service) => {
    await addPeople(place, ["Mara"]);
    const { object } = await place.json(["--persona", "Mara", "--persona", "Nobody", "two pilots"]);
    assertEquals(object.errorCode, "PERSONA_NOT_FOUND");
    assertStringIncludes(String(object.error), "Nobody");
    assert(!wasTouched(service));
  });
});

Deno.test("a video starts with one picture: two personas are refused, Seedance takes both", async () => {
  await inPlace(async (place) => {
    await addPeople(place, ["Mara", "Ilse"]);
    const people = ["--persona", "Mara", "--persona", "Ilse", "they wave"];
    const refused = await place.json(["--dry-run", "--video", ...people]);
    assertEquals([refused.code, refused.object.errorCode], [1, "INVALID_ARGUMENT"]);
    assertStringIncludes(String(refused.object.hint), "--ref FILE");

    const line = ["--dry-run", "--video", "-m", "seedance2", ...people];
    const { code, object, stderr } = await place.json(line);
    assertEquals(code, 0, stderr);
    const [project] = (object.plan as { projects: { media: { slot: string }[] }[] }).projects;
    assertEquals(project?.media.map(({ slot }) => slot), [
      "referenceImageUrls",
      "referenceImageUrls",
    ]);
  });
});
