import { assertEquals } from "@std/assert";
import { filmTiming } from "./render_job.ts";

Deno.test("rate, frames and length of films", () => {
  const table: [
    { fps?: number; frames?: number; duration?: number },
    number | undefined,
    { fps: number; frames: number },
  ][] = [
    [{ fps: 24, frames: 121 }, undefined, { fps: 24, frames: 121 }],
    [{ fps: 25, duration: 4 }, undefined, { fps: 25, frames: 101 }],
    [{}, undefined, { fps: 24, frames: 121 }],
    // Counted at 16 a second and doubled afterwards.
    [{ fps: 32, frames: 81 }, 16, { fps: 32, frames: 161 }],
    [{ fps: 16, frames: 81 }, 16, { fps: 16, frames: 81 }],
    [{ fps: 32, duration: 5 }, 16, { fps: 32, frames: 161 }],
    [{ frames: 81 }, 16, { fps: 16, frames: 81 }],
  ];
  for (const [asked, internalFps, expected] of table) {
    const timing = filmTiming(
      { fps: asked.fps, frames: asked.frames, duration: asked.duration },
      { internalFps },
    );
    assertEquals(timing, { ...expected, duration: expected.frames / expected.fps });
  }
});
