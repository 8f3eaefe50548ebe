/** `--storyboard-plan`: a storyboard film planned here, without network or key. */
import { invalidArgument } from "../errors/app_error.ts";
import { compileStoryboard } from "../plan/storyboard/compile.ts";
import { ratioText } from "../plan/storyboard/geometry.ts";
import { sheetPrompt } from "../plan/storyboard/sheet_prompt.ts";
import type { Storyboard } from "../plan/storyboard/types.ts";
import { videoPrompt } from "../plan/storyboard/video_prompt.ts";
import { rangeText } from "../plan/storyboard/timing.ts";
import type { CommandContext, CommandRun } from "./context.ts";

const DEFAULT_MODEL = "seedance2";
const DEFAULT_STAGE = "storyboard_image";

/** Prints the plan of the prompt. */
export const run: CommandRun = (context) => {
  const { invocation } = context;
  const prompt = invocation.prompt ?? "";
  if (prompt.trim() === "") {
    throw invalidArgument(
      "--storyboard-plan requires a prompt.",
      { flag: "--storyboard-plan" },
      'Write the story, e.g. sogni-agent --storyboard-plan "a baker opens his shop at dawn"',
    );
  }
  const board = planLocally(context, prompt);
  const { options } = invocation;
  const model = options.storyboardPlanModel ?? DEFAULT_MODEL;
  const stage = options.storyboardPlanStage ?? DEFAULT_STAGE;
  const planned = stage === "scene_clip" ? videoPrompt(board) : sheetPrompt(board);
  context.report.localResult({
    success: true,
    type: "storyboard-plan",
    model,
    stage,
    title: board.title,
    frameCount: board.scenes.length,
    duration: board.duration,
    aspectRatio: ratioText(board.aspect),
    sheet: {
      width: board.sheet.width,
      height: board.sheet.height,
      columns: board.sheet.columns,
      rows: board.sheet.rows,
    },
    video: board.video,
    scenes: board.scenes,
    prompt: planned,
    warnings: board.warnings,
    timestamp: new Date().toISOString(),
  }, [...describe(board), "", planned]);
  return Promise.resolve(0);
};

function planLocally({ invocation }: CommandContext, prompt: string): Storyboard {
  const { options } = invocation;
  const frames = options.storyboardPlanFrames ?? options.storyboardFrames;
  return compileStoryboard({
    userText: prompt,
    storyline: prompt,
    ...(frames === undefined ? {} : { frames }),
    ...(options.duration === undefined ? {} : { duration: options.duration }),
    ...(options.targetResolution === undefined ? {} : { shortSide: options.targetResolution }),
    ...(options.workflowTitle === undefined ? {} : { title: options.workflowTitle }),
  });
}

function describe({ title, scenes, duration, sheet, video, warnings }: Storyboard): string[] {
  return [
    `Storyboard: ${title}`,
    `Panels:     ${scenes.length} on ${sheet.width}x${sheet.height}, ${sheet.columns} x ${sheet.rows}`,
    `Film:       ${duration} s, ${video.width}x${video.height}`,
    ...scenes.map((scene, index) => `  ${index + 1}. ${rangeText(scene)} ${scene.visual}`),
    ...warnings.map((warning) => `Warning: ${warning}`),
  ];
}
