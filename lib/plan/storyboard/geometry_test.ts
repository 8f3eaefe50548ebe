import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { ratioText, sheetLayout, videoSize } from "./geometry.ts";
import type { Ratio } from "./types.ts";

Deno.test("the contract's table of sheets", () => {
  const rows: [Ratio, number, string, string, string][] = [
    [[9, 16], 2, "2x1", "9:8", "2128x1888"],
    [[9, 16], 3, "3x1", "27:16", "2592x1536"],
    [[9, 16], 4, "2x2", "9:16", "1504x2672"],
    [[9, 16], 6, "3x2", "27:32", "1840x2176"],
    [[9, 16], 8, "4x2", "9:8", "2128x1888"],
    [[9, 16], 12, "4x3", "3:4", "1728x2304"],
    [[1, 1], 6, "3x2", "3:2", "2448x1632"],
    [[16, 9], 2, "1x2", "8:9", "1888x2128"],
    [[16, 9], 3, "1x3", "16:27", "1536x2592"],
    [[16, 9], 4, "2x2", "16:9", "2672x1504"],
    [[16, 9], 6, "2x3", "32:27", "2176x1840"],
    [[16, 9], 8, "2x4", "8:9", "1888x2128"],
    [[16, 9], 12, "3x4", "4:3", "2304x1728"],
    [[1, 1], 4, "2x2", "1:1", "2000x2000"],
  ];
  for (const [cell, frames, grid, ratio, pixels] of rows) {
    const { columns, rows, board, width, height } = sheetLayout(frames, cell);
    assertEquals(
      [`${columns}x${rows}`, ratioText(board), `${width}x${height}`],
      [grid, ratio, pixels],
      `${ratioText(cell)} ${frames}`,
    );
  }
});

Deno.test("the grid holds every number of frames", () => {
  for (let frames = 1; frames <= 24; frames += 1) {
    const { columns, rows } = sheetLayout(frames, [9, 16]);
    assert(columns * rows >= frames && columns >= rows, String(frames));
  }
});

Deno.test("every sheet keeps its limits, also one that the user named", () => {
  const side = fc.integer({ min: 1, max: 9999 });
  const ratio = fc.constantFrom<Ratio>([9, 16], [16, 9], [1, 1], [7, 3], [3, 7]);
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 24 }), ratio, side, side, (frames, cell, w, h) => {
      for (
        const { width, height } of [
          sheetLayout(frames, cell),
          sheetLayout(frames, cell, { width: w, height: h }),
        ]
      ) {
        assertEquals([width % 16, height % 16], [0, 0]);
        assert(
          Math.min(width, height) >= 768 && Math.max(width, height) <= 3840,
          `${width}x${height}`,
        );
        assert(width * height >= 720_000 && width * height <= 8_000_000, `${width}x${height}`);
      }
    }),
  );
});

Deno.test("sizes of the film", () => {
  const rows: [number, Ratio, string][] = [
    [480, [9, 16], "480x848"],
    [1080, [16, 9], "1936x1088"],
    [720, [9, 16], "720x1280"],
    [720, [16, 9], "1280x720"],
    [720, [1, 1], "720x720"],
  ];
  for (const [short, ratio, expected] of rows) {
    const { width, height } = videoSize(short, ratio);
    assertEquals(`${width}x${height}`, expected);
  }
});
