import { assert, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import fc from "fast-check";
import { AppError } from "../../errors/app_error.ts";
import { compileStoryboard, filmDuration } from "./compile.ts";
import { defaultFrameCount } from "./frame_count.ts";
import { planningMessages } from "./planning_messages.ts";
import { sheetPrompt } from "./sheet_prompt.ts";
import { videoPrompt } from "./video_prompt.ts";
import { storyboardModels, storyboardWorkflow } from "./workflow.ts";

/** A storyline of equal scenes. */
function storyline(count: number, seconds: number, extra: Record<number, string> = {}): string {
  const step = seconds / count;
  const blocks = Array.from({ length: count }, (_, index) =>
    [
      `SCENE ${index + 1} - Part ${index + 1}`,
      `TIME: ${(index * step).toFixed(2)}-${((index + 1) * step).toFixed(2)}s`,
      `VISUAL: view ${index + 1}`,
      ...(extra[index + 1] === undefined ? [] : [extra[index + 1]]),
    ].join("\n"));
  return [`PROJECT TITLE: Bread`, `TOTAL DURATION: ${seconds} seconds`, ...blocks].join("\n\n");
}

Deno.test("a portrait film of six scenes", () => {
  const board = compileStoryboard({
    userText: "9:16 film for a bakery",
    storyline: storyline(6, 12),
    frames: 6,
    duration: 12,
  });
  assertEquals([board.title, board.duration, board.scenes.length], ["Bread", 12, 6]);
  assertEquals([board.sheet.width, board.sheet.height], [1840, 2176]);
  assertEquals(board.video, { width: 720, height: 1280 });
  assertEquals(board.warnings, []);
});

Deno.test("the workflow has the two steps of the contract", () => {
  const board = compileStoryboard({
    userText: "9:16 film",
    storyline: storyline(6, 12),
    frames: 6,
  });
  const { input, plan } = storyboardWorkflow(board, {});
  const steps = input.steps as { arguments: { prompt: string } }[];
  const [sheet, film] = steps;
  assertEquals(input, {
    title: "Bread storyboard video",
    steps: [
      {
        id: "storyboard_image",
        toolName: "generate_image",
        arguments: {
          prompt: sheet?.arguments.prompt,
          model: "gpt-image-2",
          width: 1840,
          height: 2176,
          numberOfVariations: 1,
          gptImageQuality: "high",
          outputFormat: "png",
        },
      },
      {
        id: "seedance_video",
        toolName: "generate_video",
        arguments: {
          prompt: film?.arguments.prompt,
          videoModel: "seedance2",
          width: 720,
          height: 1280,
          duration: 12,
          fps: 24,
          numberOfVariations: 1,
          generateAudio: true,
          expandPrompt: false,
        },
        dependsOn: [{
          sourceStepId: "storyboard_image",
          sourceArtifactIndex: 0,
          targetArgument: "referenceImageIndices",
          mediaType: "image",
          transform: "image_index",
          required: true,
        }],
      },
    ],
  });
  assertEquals(plan, {
    title: "Bread",
    frameCount: 6,
    image: {
      width: 1840,
      height: 2176,
      model: "gpt-image-2",
      quality: "high",
      outputFormat: "png",
    },
    video: { width: 720, height: 1280, duration: 12, model: "seedance2", generateAudio: true },
    warnings: [],
  });
});

Deno.test("models and quality by flag", () => {
  const models: [Parameters<typeof storyboardModels>[0], string, string][] = [
    [{}, "gpt-image-2", "seedance2"],
    [{ model: "seedance2-fast" }, "gpt-image-2", "seedance2-fast"],
    [{ model: "flux2_dev_fp8" }, "flux2_dev_fp8", "seedance2"],
    [{ model: "seedance2-fast", videoModel: "seedance2-mini" }, "gpt-image-2", "seedance2-mini"],
  ];
  for (const [choices, image, video] of models) {
    assertEquals(storyboardModels(choices), { image, video });
  }
  const board = compileStoryboard({ userText: "", storyline: storyline(6, 6) });
  const qualities: [Parameters<typeof storyboardWorkflow>[1], string][] = [
    [{}, "high"],
    [{ quality: "fast" }, "low"],
    [{ quality: "hq" }, "medium"],
    [{ quality: "pro" }, "high"],
    [{ quality: "fast", imageQuality: "auto" }, "auto"],
  ];
  for (const [choices, expected] of qualities) {
    const image = storyboardWorkflow(board, choices).plan.image as { quality: string };
    assertEquals(image.quality, expected);
  }
});

Deno.test("prompts hold their sections in order", () => {
  const board = compileStoryboard({
    userText: 'portrait ad with the text "FRESH"',
    storyline: storyline(6, 12, { 6: "VISIBLE TEXT: FRESH" }),
  });
  const sheet = sheetPrompt(board);
  inOrder(sheet, [
    "CREATE:\nCreate exactly 6 sequential video storyboard frames",
    "PROJECT:",
    "LAYOUT CONTRACT:",
    "Overall storyboard canvas: 1840x2176 pixels (27:32)",
    "FRAME GEOMETRY:",
    "REFERENCE IMAGES:",
    "STYLE:",
    "STORY / CONTINUITY:",
    "CRITICAL REQUIREMENTS:",
    "SCENES:\nSCENE_01 - Part 1 - 0.0-2.0s\nScene purpose:",
    "Dialogue/VO: [no dialogue]",
    "Visible text: FRESH",
    "TEXT RULES:",
    "NEGATIVE / AVOID:",
  ]);
  inOrder(videoPrompt(board), [
    "PROJECT:",
    "INPUT ASSETS:",
    "@Image1",
    "not as a collage, split-screen, grid",
    "GLOBAL VIDEO INSTRUCTIONS:",
    "TIMECODED SCENES:\nSCENE 01 - Part 1\nTIME: 0.0-2.0s",
    "VISIBLE TEXT: FRESH",
    "NEGATIVE / AVOID:",
  ]);
});

Deno.test("a storyline that does not hold is refused with every reason", () => {
  const error = assertThrows(
    () =>
      compileStoryboard({
        userText: 'show the text "SALE"',
        storyline: "SCENE 1 - A\nTIME: 0-2s\nVISUAL: a\nSCENE 2 - B\nTIME: 1-1s",
        frames: 3,
        duration: 8,
      }),
    AppError,
  );
  assertEquals(error.code, "STORYBOARD_INVALID");
  for (
    const reason of [
      "2 scenes, 3 are expected",
      "scene 2 says nothing to see",
      "scene 2 ends before it begins",
      "scene 2 begins before scene 1 ends",
      "the scenes last 2 s, the film 8 s",
      'no scene shows the text "SALE"',
    ]
  ) assertStringIncludes(error.message, reason);
});

Deno.test("warnings do not stop it", () => {
  const { warnings } = compileStoryboard({
    userText: "",
    frames: 3,
    storyline: [
      "SCENE 1\nTIME: 0-2s\nVISUAL: a\nDIALOGUE/VO: one two three four five six seven",
      "SCENE 2\nTIME: 2-4s\nVISUAL: b\nDIALOGUE/VO: one two three four five six seven eight",
      "SCENE 3\nTIME: 4-5s\nVISUAL: c\nVISIBLE TEXT: End",
    ].join("\n"),
  });
  assertEquals(warnings.length, 3);
});

Deno.test("how many panels when nobody says", () => {
  const words = (count: number) => Array(count).fill("word").join(" ");
  const rows: [Parameters<typeof defaultFrameCount>[0], number][] = [
    [{ scenes: 8, text: "" }, 8],
    [{ scenes: 3, text: "" }, 6],
    [{ scenes: 30, text: "" }, 16],
    [{ scenes: 0, duration: 15, text: "" }, 8],
    [{ scenes: 0, text: words(28) }, 6],
    [{ scenes: 0, text: words(100) }, 7],
    [{ scenes: 0, text: words(131) }, 9],
    [{ scenes: 0, text: words(181) }, 10],
    [{ scenes: 0, text: `${words(140)} then next` }, 10],
    [{ scenes: 0, text: `${words(140)} then next while finally suddenly` }, 11],
  ];
  for (const [facts, expected] of rows) {
    assertEquals(defaultFrameCount(facts), expected, facts.text.slice(0, 20));
  }
});

Deno.test("the length is whole seconds between 4 and 15", () => {
  const rows: [number | undefined, number][] = [[undefined, 5], [1, 4], [7.4, 7], [7.5, 8], [
    60,
    15,
  ]];
  for (const [seconds, expected] of rows) assertEquals(filmDuration(seconds), expected);
});

Deno.test("few scenes are split into panels, prose becomes scenes", () => {
  const split = compileStoryboard({ userText: "", storyline: storyline(4, 8) });
  assertEquals(split.scenes.length, 6);
  assertEquals(split.scenes.at(-1)?.end, 8);
  const prose = compileStoryboard({
    userText: "",
    storyline: "A baker wakes. He bakes. The sun rises.",
    duration: 9,
  });
  assertEquals([prose.scenes.length, prose.scenes[0]?.visual], [
    6,
    "A baker wakes. (opening of the shot)",
  ]);
});

Deno.test("any request compiles or is refused with a code", () => {
  const text = fc.constantFrom(
    "",
    "vertical ad, 10 seconds",
    "9 panels",
    "a 3000x3000 board",
    'text "X"',
  );
  const scenes = fc.integer({ min: 0, max: 30 });
  const seconds = fc.integer({ min: 1, max: 40 });
  fc.assert(
    fc.property(text, scenes, seconds, fc.option(seconds), (userText, count, length, duration) => {
      try {
        const board = compileStoryboard({
          userText,
          storyline: count === 0 ? "Just a story." : storyline(count, length),
          ...(duration === null ? {} : { duration }),
        });
        assert(board.scenes.every(({ start, end }) => end > start));
        assert(board.scenes.length <= 24);
      } catch (error) {
        assert(error instanceof AppError && error.code === "STORYBOARD_INVALID", String(error));
      }
    }),
  );
});

Deno.test("planning asks for what was given and leaves the rest open", () => {
  const [system, user] = planningMessages({
    prompt: "bread",
    duration: 12,
    frames: 6,
    shortSide: 1080,
  });
  assertEquals([system?.role, user?.role], ["system", "user"]);
  for (const part of ["SCENE NN - Title", "DIALOGUE/VO: [no dialogue]", "no fences"]) {
    assertStringIncludes(system?.content ?? "", part);
  }
  for (const part of ["bread", "12 seconds", "exactly 6", "1080"]) {
    assertStringIncludes(user?.content ?? "", part);
  }
  const open = planningMessages({ prompt: "bread" })[1]?.content ?? "";
  for (const part of ["choose 4 to 15", "about 4 to 8"]) assertStringIncludes(open, part);
});

function inOrder(text: string, parts: readonly string[]): void {
  let at = 0;
  for (const part of parts) {
    const found = text.indexOf(part, at);
    assert(found >= 0, `"${part}" is missing after ${at} in:\n${text}`);
    at = found + part.length;
  }
}
