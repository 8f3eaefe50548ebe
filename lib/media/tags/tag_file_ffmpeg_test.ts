import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createFiles } from "../../platform/files.ts";
import { runProgram } from "../../platform/child.ts";
import { type Box, fourCharacters, readBoxes } from "../film/mp4/boxes.ts";
import { ffmpeg, frameSums, inFolder, makeClip } from "../film/test_clips.ts";
import { memoryFile } from "./testing.ts";
import { readTags, tagFile } from "./tag_file.ts";

const FIELDS = {
  prompt: 'Ein Fuchs — "ünï", 狐 🦊\nsecond line',
  model: "ace_step_1.5_xl_turbo",
  seed: "7",
  projectId: "0D1FF6F5-0000-4000-8000-000000000001",
  software: "sogni-agent 3.10.0",
  sandbox: "true",
};
const COMMENT = "sandbox, model ace_step_1.5_xl_turbo, seed 7, " +
  "project 0D1FF6F5-0000-4000-8000-000000000001, made by sogni-agent 3.10.0";

const QUIET = ["-f", "lavfi", "-i", "sine=frequency=440:duration=0.3"];
const TITLED = ["title=an older title", "comment=an older comment", "artist=a band"]
  .flatMap((tag) => ["-metadata", tag]);

/** Every file that can be tagged, by name, with how it is made. */
const MAKERS: Readonly<Record<string, (path: string) => Promise<unknown>>> = {
  "front.mp4": (path) =>
    makeClip(path, { ...small(), more: ["-movflags", "+faststart", ...TITLED] }),
  "back.mp4": (path) => makeClip(path, { ...small(), more: TITLED }),
  "silent.mp4": (path) => makeClip(path, { ...small(), sound: 0 }),
  "front-fragments.mp4": (path) => inFragments(path, "+empty_moov+default_base_moof"),
  "front-places.mp4": (path) => inFragments(path, "+empty_moov"),
  "front-mixed.mp4": (path) => inFragments(path, ""),
  "front-index.mp4": (path) => inFragments(path, "+dash+global_sidx+delay_moov"),
  "quicktime.mov": (path) => makeClip(path, { ...small(), more: TITLED }),
  "sound.m4a": (path) => ffmpeg([...QUIET, ...TITLED, path]),
  "tagged.mp3": (path) => ffmpeg([...QUIET, ...TITLED, path]),
  "older.mp3": (path) => ffmpeg([...QUIET, ...TITLED, "-id3v2_version", "3", path]),
  "bare.mp3": (path) => ffmpeg([...QUIET, "-write_id3v2", "0", "-write_xing", "0", path]),
  "tagged.flac": (path) => ffmpeg([...QUIET, ...TITLED, path]),
  "tagged.wav": (path) => ffmpeg([...QUIET, ...TITLED, path]),
  "bare.wav": (path) => ffmpeg([...QUIET, "-fflags", "+bitexact", path]),
};

function small() {
  return { size: "64x48", fps: "12", seconds: 0.5 };
}

/** With a key frame, and so a fragment, every three pictures. */
function inFragments(path: string, flags: string): Promise<unknown> {
  return makeClip(path, {
    ...small(),
    more: ["-g", "3", "-movflags", `+frag_keyframe${flags}`, ...TITLED],
  });
}

async function probedTags(path: string): Promise<Record<string, string>> {
  const args = ["-v", "error", "-show_entries", "format_tags", "-of", "json", path];
  const { stdout, stderr } = await runProgram("ffprobe", args);
  assertEquals(stderr, "", path);
  return JSON.parse(new TextDecoder().decode(stdout)).format.tags ?? {};
}

/** A checksum of all that a player decodes. */
async function heard(path: string): Promise<string> {
  return new TextDecoder().decode(await ffmpeg(["-i", path, "-map", "0:a?", "-f", "md5", "-"]));
}

for (const [name, make] of Object.entries(MAKERS)) {
  Deno.test(`${name}: players show the tags, and every picture and sample is as before`, async () => {
    await inFolder(async (folder) => {
      const path = join(folder, name);
      const files = createFiles(folder);
      await make(path);
      const film = name.endsWith(".mp4") || name.endsWith(".mov");
      const pictures = film ? await frameSums(path) : [];
      const sound = name === "silent.mp4" ? "" : await heard(path);
      assertEquals(await tagFile(files, path, FIELDS), true);
      assertEquals(await tagFile(files, path, { ...FIELDS, seed: "8" }), true);
      assertEquals({ ...await onlyOurs(files, path) }, { ...FIELDS, seed: "8" });
      const shown = await probedTags(path);
      assertEquals(shown.title, FIELDS.prompt);
      assertEquals(shown.comment, COMMENT.replace("seed 7", "seed 8"));
      if (/tagged|front|back/.test(name)) assertEquals(shown.artist, "a band");
      assertEquals(film ? await frameSums(path) : [], pictures);
      if (sound !== "") assertEquals(await heard(path), sound);
    });
  });
}

async function onlyOurs(files: ReturnType<typeof createFiles>, path: string) {
  const tags = await readTags(files, path);
  return Object.fromEntries(Object.keys(FIELDS).map((key) => [key, tags[key] ?? ""]));
}

Deno.test("what comes back is what went in, whatever the text", async () => {
  await inFolder(async (folder) => {
    const originals = await Promise.all(
      ["back.mp4", "tagged.mp3", "tagged.flac", "bare.wav"].map(async (name) => {
        const path = join(folder, name);
        await MAKERS[name]?.(path);
        return await readFile(path);
      }),
    );
    const text = fc.string({ unit: "grapheme", minLength: 1, maxLength: 300 });
    await fc.assert(
      fc.asyncProperty(
        fc.nat(originals.length - 1),
        fc.dictionary(fc.stringMatching(/^[a-z][A-Za-z0-9_.-]{0,20}$/), text, { maxKeys: 6 }),
        async (index, given) => {
          const fields = Object.fromEntries(
            Object.entries(given).filter(([name]) =>
              !/^(title|comment|description|encoder)$/i.test(name)
            )
              .map(([name, value]) => [name, printable(value)]),
          );
          const file = memoryFile(new Uint8Array(originals[index] ?? []));
          assertEquals(await tagFile(file.files, "file", fields), true);
          const read = await readTags(file.files, "file");
          for (const [name, value] of Object.entries(fields)) assertEquals(read[name], value);
          const once = file.bytes();
          assertEquals(await tagFile(file.files, "file", fields), true);
          assertEquals(file.bytes().length, once.length);
        },
      ),
      { numRuns: 150 },
    );
  });
});

/** Characters that no format may hold are dropped on the way in. */
function printable(text: string): string {
  return [...text].filter((char) => {
    const code = char.codePointAt(0) ?? 0;
    return code >= 0x20 && !(code >= 0x7f && code < 0xa0) && !(code >= 0xd800 && code < 0xe000) &&
      (code & 0xfffe) !== 0xfffe;
  }).join("");
}

Deno.test("a damaged file is tagged or left alone; nothing throws, nothing is half done", async () => {
  await inFolder(async (folder) => {
    for (
      const name of ["front.mp4", "front-places.mp4", "tagged.mp3", "tagged.flac", "tagged.wav"]
    ) {
      const path = join(folder, name);
      await MAKERS[name]?.(path);
      const original = new Uint8Array(await readFile(path));
      await fc.assert(
        fc.asyncProperty(
          fc.nat(original.length),
          fc.array(fc.tuple(fc.nat(2000), fc.nat(255)), { maxLength: 8 }),
          async (length, changes) => {
            const bytes = original.slice(0, length);
            for (const [at, value] of changes) if (at < bytes.length) bytes[at] = value;
            const file = memoryFile(bytes);
            const tagged = await tagFile(file.files, "file", FIELDS);
            if (!tagged) assertEquals(file.bytes(), bytes);
            else assert(file.bytes().length > 0);
            await readTags(file.files, "file");
          },
        ),
        { numRuns: 150 },
      );
    }
  });
});

Deno.test("a file that is no film and no sound stays as it is", async () => {
  await inFolder(async (folder) => {
    const files = createFiles(folder);
    const path = join(folder, "text.mp4");
    await writeFile(path, "not a film");
    assertEquals(await tagFile(files, path, FIELDS), false);
    assertEquals(await readFile(path, "utf8"), "not a film");
    assertEquals(await tagFile(files, join(folder, "absent.mp4"), FIELDS), false);
    assertEquals(await readTags(files, join(folder, "absent.mp4")), {});
  });
});

Deno.test("a film in fragments still knows where each fragment begins", async () => {
  await inFolder(async (folder) => {
    for (const name of ["front-fragments.mp4", "front-places.mp4", "front-mixed.mp4"]) {
      const path = join(folder, name);
      await MAKERS[name]?.(path);
      assertEquals(await tagFile(createFiles(folder), path, FIELDS), true);
      const bytes = new Uint8Array(await readFile(path));
      const view = new DataView(bytes.buffer);
      // The last box is the index; the last picture of the film is found by it.
      const index = bytes.length - view.getUint32(bytes.length - 4);
      const found = indexedPlaces(readBoxes(new DataView(bytes.buffer, index + 8)));
      assert(found.length > 1, name);
      for (const at of found) assertEquals(fourCharacters(view, at + 4), "moof", name);
    }
  });
});

function indexedPlaces(index: readonly Box[]): number[] {
  return index.filter(({ type }) => type === "tfra").flatMap(({ data }) => {
    assertEquals([data.getUint8(0), data.getUint32(8)], [1, 0]);
    return Array.from(
      { length: data.getUint32(12) },
      (_, entry) => Number(data.getBigUint64(24 + entry * 19)),
    );
  });
}

Deno.test("a film of a kind that holds no such tags stays as it is", async () => {
  await inFolder(async (folder) => {
    const path = await makeClip(join(folder, "film.webm"), {
      ...small(),
      video: ["-c:v", "libvpx"],
      audio: ["-c:a", "libopus"],
    });
    const before = await readFile(path);
    assertEquals(await tagFile(createFiles(folder), path, FIELDS), false);
    assertEquals(await readFile(path), before);
  });
});
