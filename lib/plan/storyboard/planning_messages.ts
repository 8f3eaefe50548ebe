/** What the language model is told when it plans a storyboard film. */

/** What is known of the film. */
export interface PlanningRequest {
  readonly prompt: string;
  readonly duration?: number;
  readonly frames?: number;
  readonly shortSide?: number;
}

/** The system and the user message of storyboard planning. */
export function planningMessages(
  request: PlanningRequest,
): { role: "system" | "user"; content: string }[] {
  const { prompt, duration, frames, shortSide } = request;
  const user = [
    prompt,
    "",
    duration === undefined
      ? "Total duration: choose 4 to 15 seconds."
      : `Total duration: ${duration} seconds.`,
    frames === undefined ? "Scenes: about 4 to 8." : `Scenes: exactly ${frames}.`,
    ...(shortSide === undefined ? [] : [`Short side of the video: ${shortSide} pixels.`]),
  ];
  return [{ role: "system", content: SYSTEM }, { role: "user", content: user.join("\n") }];
}

const SYSTEM = [
  "You write the storyline of a short film that is made from one GPT Image 2 storyboard sheet and " +
  "one Seedance clip. Answer with the bare storyline as plain text: no fences, no questions, no " +
  "tools, nothing before or after it. Be concise.",
  "Begin with two lines:",
  "PROJECT TITLE: <title>",
  "TOTAL DURATION: <n> seconds",
  "Then one block for each scene, headed SCENE NN - Title, with one line each for:",
  "TIME: <start>-<end>s",
  "PURPOSE:",
  "VISUAL:",
  "ACTION:",
  "CAMERA:",
  "LIGHTING/STYLE:",
  "TRANSITION:",
  "DIALOGUE/VO:",
  "AUDIO/SFX:",
  "MUSIC:",
  "VISIBLE TEXT:",
  "The times follow each other without gaps and end at the total duration. Write " +
  "DIALOGUE/VO: [no dialogue] when nobody speaks. Text that the film shows stands, exactly as it is " +
  "spelled, in the VISIBLE TEXT of its scene and nowhere else.",
].join("\n");
