/** Size presets that the service offers for an image model. */

/** One preset. */
export interface SizePreset {
  label: string;
  id: string;
  width: number;
  height: number;
  /** Such as `4:3`. */
  ratio: string;
  /** Width divided by height, as text. */
  aspect: string;
}

const SHAPES: readonly (readonly [string, string, number, number])[] = [
  ["Square", "square", 1, 1],
  ["Square HD", "square_hd", 1, 1],
  ["Portrait: Standard", "portrait_4_3", 3, 4],
  ["Portrait: Widescreen", "portrait_16_9", 9, 16],
  ["Landscape: Standard", "landscape_4_3", 4, 3],
  ["Landscape: Widescreen", "landscape_16_9", 16, 9],
];
const MULTIPLE = 64;

/**
 * Sizes of about the model's own area, in multiples of 64 pixels.
 * @param size the model's default side
 */
export function sizePresets(size: number): SizePreset[] {
  return SHAPES.map(([label, id, across, down]) => {
    const side = id.endsWith("_hd") ? size * 2 : size;
    const scale = Math.sqrt(across / down);
    const width = snap(side * scale);
    const height = snap(side / scale);
    return {
      label,
      id,
      width,
      height,
      ratio: `${across}:${down}`,
      aspect: (width / height).toFixed(2),
    };
  });
}

function snap(pixels: number): number {
  return Math.round(pixels / MULTIPLE) * MULTIPLE;
}
