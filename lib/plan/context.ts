/** The `context` object that run-time failures carry. */

/** Every field of the contract's `context`; each is null when it does not apply. */
export interface FailureContext {
  video: boolean;
  workflow: string | null;
  model: string | null;
  width: number | null;
  height: number | null;
  strictSize: boolean | null;
  count: number;
  tokenType: string;
  fps: number | null;
  duration: number | null;
  frames: number | null;
  autoResizeVideoAssets: boolean | null;
  refImage: string | null;
  refImageEnd: string | null;
  refAudio: string | null;
  referenceAudioIdentity: string | null;
  refVideo: string | null;
  effectiveWidth: number | null;
  effectiveHeight: number | null;
  adjustedVideoDims: Record<string, unknown> | null;
}

/** Fills what is not given with null, in the contract's order of fields. */
export function failureContext(
  known: Partial<FailureContext> & Pick<FailureContext, "video" | "count" | "tokenType">,
): Record<string, unknown> {
  const context: FailureContext = {
    video: known.video,
    workflow: known.workflow ?? null,
    model: known.model ?? null,
    width: known.width ?? null,
    height: known.height ?? null,
    strictSize: known.strictSize ?? null,
    count: known.count,
    tokenType: known.tokenType,
    fps: known.fps ?? null,
    duration: known.duration ?? null,
    frames: known.frames ?? null,
    autoResizeVideoAssets: known.autoResizeVideoAssets ?? null,
    refImage: known.refImage ?? null,
    refImageEnd: known.refImageEnd ?? null,
    refAudio: known.refAudio ?? null,
    referenceAudioIdentity: known.referenceAudioIdentity ?? null,
    refVideo: known.refVideo ?? null,
    effectiveWidth: known.effectiveWidth ?? null,
    effectiveHeight: known.effectiveHeight ?? null,
    adjustedVideoDims: known.adjustedVideoDims ?? null,
  };
  return { ...context };
}
