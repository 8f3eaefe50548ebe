/** The picture that a film of the sandbox is made from, as raw RGBA. */
import type { Canvas } from "../paint/canvas.ts";

/** What is shown. */
export interface FilmPictureRequest {
  readonly width: number;
  readonly height: number;
  readonly prompt: string;
  readonly seed: number;
  readonly model?: string;
  readonly firstFrame?: Uint8Array;
}

/** The given first picture with the sandbox's mark, or one drawn from the prompt. */
export async function filmPicture(request: FilmPictureRequest): Promise<Uint8Array> {
  const { width, height, firstFrame, model = "sandbox" } = request;
  if (firstFrame) {
    const marked = await markPicture(firstFrame, width, height).catch(() => undefined);
    if (marked) return marked;
  }
  const { drawPicture } = await import("../paint/paint.ts");
  return rawBytes(drawPicture({ ...request, model }));
}

/** Fills the frame with the picture and puts the ribbon on it. */
async function markPicture(bytes: Uint8Array, width: number, height: number): Promise<Uint8Array> {
  const [{ decodeImage }, { coverCrop }, { drawRibbon }] = await Promise.all([
    import("../../media/image/codec.ts"),
    import("../../media/image/resize.ts"),
    import("../paint/ribbon.ts"),
  ]);
  const { data } = coverCrop(await decodeImage(bytes), width, height);
  const canvas: Canvas = {
    width,
    height,
    data,
    words: new Uint32Array(data.buffer, data.byteOffset, width * height),
    unit: Math.min(width, height),
  };
  drawRibbon(canvas);
  return rawBytes(canvas);
}

function rawBytes({ data }: Canvas): Uint8Array {
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
}
