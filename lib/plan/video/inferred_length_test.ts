import { assertEquals } from "@std/assert";
import { inferSeconds } from "./inferred_length.ts";

Deno.test("the length that a prompt states", () => {
  const rows: [string, number | undefined][] = [
    ["a 12 second video of rain", 12],
    ["12-second clip", 12],
    ["a 8s video", 8],
    ["a 2 minute clip", 120],
    ["a 1.5 minute film", 90],
    ["make it a 10 second long cinematic ad", 10],
    ["duration: 9 seconds", 9],
    ["duration of 9s", 9],
    ["total length is 14 seconds", 14],
    ["15 seconds long", 15],
    ["20 seconds in total", 20],
    ["a 6 second video, total duration 10 seconds", 10],
    ["a 4.2 second clip", 5],
    ["0:00-0:04 a door opens, 0:04-0:12 a cat walks in", 12],
    ["0:00 – 0:07 waves", 7],
    ["1:00 to 1:05", 65],
    ["use 0:10-0:18 of the source video", 8],
    ["trim 1:00-1:10", 10],
    ["take the source from 0:05-0:15", 10],
    ["0:30-0:42 of the song, in slow motion", 12],
    ["0:00-0:04 light from a source unknown", 4],
    ["wait 3 seconds, then jump", undefined],
    ["a clock shows 10:30", undefined],
    ["a cat", undefined],
    ["a 0 second video", undefined],
    ["16:9 video", undefined],
    ["in the last 3 seconds she smiles", undefined],
  ];
  for (const [prompt, seconds] of rows) assertEquals(inferSeconds(prompt), seconds, prompt);
});
