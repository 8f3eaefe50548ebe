import { assertEquals, assertRejects } from "@std/assert";
import { readdir } from "node:fs/promises";
import { AppError } from "../../errors/app_error.ts";
import { inFolder, testHost } from "../../media/film/test_clips.ts";
import { type FilmPreparation, prepareFilmReference } from "./film_references.ts";

const WAV = { kind: "audio", mime: "audio/wav", extension: "wav", recognised: false } as const;

Deno.test("a reference that cannot be prepared is named as it was given", async () => {
  const rows: [FilmPreparation, string][] = [
    [{ kind: "voice-m4a" }, "FFMPEG_AUDIO_ID_FAILED"],
    [{ kind: "audio-m4a" }, "FFMPEG_AUDIO_PREP_FAILED"],
    [{ kind: "seedance-video", start: 1 }, "FFMPEG_SEEDANCE_V2V_PREP_FAILED"],
  ];
  await inFolder(async (folder) => {
    for (const [prepare, code] of rows) {
      const reference = {
        prepare,
        bytes: new TextEncoder().encode("no sound"),
        type: WAV,
        source: "my voice.wav",
      };
      const error = await assertRejects(
        () => prepareFilmReference(testHost(folder), reference),
        AppError,
      );
      const text = JSON.stringify([error.message, error.details]);
      assertEquals([error.code, error.details?.path], [code, "my voice.wav"]);
      assertEquals([text.includes("sogni-ref-"), text.includes("file:my voice.wav")], [
        false,
        true,
      ]);
    }
    assertEquals(await readdir(folder), []);
  });
});
