/** Flags of the group "image". */
import type { FlagRow } from "./types.ts";

export const IMAGE_FLAGS = [
  {
    key: "photobooth",
    name: "--photobooth",
    kind: "flag",
    help: "Face transfer with InstantID ControlNet.",
  },
  {
    key: "cnStrength",
    name: "--cn-strength",
    kind: "number",
    help: "InstantID ControlNet strength.",
  },
  {
    key: "cnGuidanceEnd",
    name: "--cn-guidance-end",
    kind: "number",
    help: "InstantID guidance end point.",
  },
  {
    key: "multiAngle",
    name: "--multi-angle",
    aliases: ["--multiple-angles"],
    kind: "flag",
    help: "Re-render a subject from another camera angle (Qwen edit + multiple_angles LoRA).",
  },
  {
    key: "angles360",
    name: "--angles-360",
    kind: "flag",
    help: "Render all 8 azimuths (implies --multi-angle; --azimuth ignored with a warning).",
  },
  {
    key: "angles360Video",
    name: "--angles-360-video",
    kind: "path",
    optionalValue: true,
    help:
      "Also make i2v clips between consecutive angles and join them into a looping mp4; optional output path.",
  },
  {
    key: "videoModel",
    name: "--video-model",
    aliases: ["--i2v-model"],
    kind: "string",
    help: "i2v model for --angles-360-video.",
  },
  {
    key: "azimuth",
    name: "--azimuth",
    kind: "enum",
    values: [
      "front",
      "front-right",
      "right",
      "back-right",
      "back",
      "back-left",
      "left",
      "front-left",
    ],
    help: "Horizontal camera position.",
  },
  {
    key: "elevation",
    name: "--elevation",
    kind: "enum",
    values: ["low-angle", "eye-level", "elevated", "high-angle"],
    help: "Vertical camera position.",
  },
  {
    key: "distance",
    name: "--distance",
    kind: "enum",
    values: ["close-up", "medium", "wide"],
    help: "Shot distance.",
  },
  {
    key: "angleStrength",
    name: "--angle-strength",
    aliases: ["--strength"],
    kind: "number",
    help: "multiple_angles LoRA strength.",
  },
  {
    key: "angleDescription",
    name: "--angle-description",
    aliases: ["--angle-anchor", "--description", "--anchor"],
    kind: "string",
    help: "Subject text appended to the angle prompt (defaults to the prompt).",
  },
] as const satisfies readonly FlagRow[];
