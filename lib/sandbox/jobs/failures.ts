/** Ends of work on purpose, thrown through the life of a project. */

/** What a `jobError` frame says. */
export interface WireError {
  /** Number or word. */
  readonly code: number | string;
  readonly message: string;
  readonly fields?: Record<string, unknown>;
}

/** The whole project fails. */
export class ProjectFailure extends Error {
  override readonly name = "ProjectFailure";
  readonly wire: WireError;

  constructor(wire: WireError) {
    super(wire.message);
    this.wire = wire;
  }
}

/** One output fails. */
export class OutputFailure extends Error {
  override readonly name = "OutputFailure";
  readonly wire: WireError;

  constructor(wire: WireError) {
    super(wire.message);
    this.wire = wire;
  }
}

/** The frame's payload; without `imageId` it is about the whole project. */
export function errorFrame(
  projectId: string,
  wire: WireError,
  imageId?: string,
): Record<string, unknown> {
  return {
    jobID: projectId,
    ...(imageId === undefined ? {} : { imgID: imageId }),
    isFromWorker: imageId !== undefined,
    error: wire.code,
    error_message: wire.message,
    ...wire.fields,
  };
}
