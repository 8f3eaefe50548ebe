/** The sandbox's pictures: drawn from prompt and seed, labelled, and encoded as asked for. */
import { encodeImage } from "../../media/image/codec.ts";
import { IMAGE_MIME, type ImageFormat } from "../../media/image/image.ts";
import { embedMetadata } from "../../media/image/metadata.ts";
import { type Canvas, createCanvas } from "./canvas.ts";
import { drawCaption } from "./caption.ts";
import { choosePalette, chooseScene } from "./choose.ts";
import { mix } from "./colour.ts";
import { randomFrom } from "./random.ts";
import { drawRibbon } from "./ribbon.ts";

/** What is drawn. */
export interface DrawRequest {
  readonly prompt: string;
  readonly seed: number;
  /** Pixels, at least 1. */
  readonly width: number;
  /** Pixels, at least 1. */
  readonly height: number;
  readonly model: string;
}

/** What is drawn and how it is delivered. */
export interface PictureRequest extends DrawRequest {
  /** `png`, `jpg` (or `jpeg`), `webp`; anything else gives a PNG. */
  readonly format: string;
  readonly projectId: string;
  /** Index of the output, from 0. */
  readonly index: number;
}

/** A finished picture. */
export interface Picture {
  readonly bytes: Uint8Array;
  readonly contentType: string;
}

/**
 * Draws and encodes a picture. The same prompt, seed and size give the same picture; its words, the
 * mark and the metadata say that it comes from the sandbox.
 */
export async function paintPicture(request: PictureRequest): Promise<Picture> {
  const format = pictureFormat(request.format);
  const encoded = await encodeImage(drawPicture(request), format, { quality: 88 });
  const bytes = embedMetadata(encoded, {
    sandbox: "true",
    prompt: request.prompt,
    seed: String(request.seed),
    model: request.model,
    projectId: request.projectId,
    index: String(request.index),
    software: "sogni-agent sandbox",
  });
  return { bytes, contentType: IMAGE_MIME[format] };
}

/** Draws a picture, mark and caption included, without encoding it. */
export function drawPicture({ prompt, seed, width, height, model }: DrawRequest): Canvas {
  const canvas = createCanvas(width, height);
  const random = randomFrom(`${seed}\n${prompt}`);
  const scene = chooseScene(prompt, random);
  const palette = choosePalette(prompt, random);
  scene(canvas, palette, random);
  const accent = mix(palette.accents[0] ?? palette.light, palette.light, 0.25);
  drawCaption(canvas, {
    prompt: prompt.trim() || "(no prompt)",
    facts: `${model} · seed ${seed} · ${width}×${height}`,
  }, accent);
  drawRibbon(canvas);
  return canvas;
}

/** The format that a name asks for. */
export function pictureFormat(name: string): ImageFormat {
  const lower = name.toLowerCase();
  if (lower === "jpg" || lower === "jpeg") return "jpg";
  return lower === "webp" ? "webp" : "png";
}
