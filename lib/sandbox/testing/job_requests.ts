/** Requests for tests, in the form in which the official client sends them. */

let counter = 0;

/** A fresh upper-case project id. */
export function projectId(): string {
  counter++;
  return `00000000-0000-4000-8000-${String(counter).padStart(12, "0")}`;
}

/**
 * An image request.
 * @param top fields of the request
 * @param frame fields of its key frame
 */
export function imageRequest(
  top: Record<string, unknown> = {},
  frame: Record<string, unknown> = {},
): Record<string, unknown> & { jobID: string } {
  return {
    jobID: projectId(),
    numberOfImages: 1,
    previews: 0,
    disableSafety: false,
    tokenType: "spark",
    outputFormat: "png",
    ...top,
    keyFrames: [{
      modelID: "z_image_turbo_bf16",
      positivePrompt: "a lighthouse",
      steps: 4,
      seed: 7,
      sizePreset: "custom",
      width: 64,
      height: 48,
      ...frame,
    }],
  };
}
