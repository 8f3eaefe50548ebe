/** Media that hosted tools make. */
import { randomUUID } from "node:crypto";
import type { RenderJob } from "../artist/artist.ts";
import type { SandboxContext } from "../context.ts";
import { resultKey } from "../storage/object_store.ts";

/** A finished medium as hosted answers name it. */
export interface HostedArtifact {
  readonly id: string;
  readonly type: "image" | "video" | "audio";
  readonly mediaType: "image" | "video" | "audio";
  readonly url: string;
  readonly sandbox: true;
}

/** Arguments of a tool call; everything has a default. */
export type ToolArguments = Readonly<Record<string, unknown>>;

/** What a tool makes; `undefined` for tools that make no media. */
export function mediumOf(toolName: string): RenderJob["kind"] | undefined {
  return MEDIA[toolName];
}

/** Capacity units that a tool call costs. */
export function costOf(toolName: string, args: ToolArguments): number {
  const kind = mediumOf(toolName);
  if (kind === undefined) return 0;
  return COSTS[kind] * Math.max(1, number(args.numberOfVariations, 1));
}

/** Renders what a tool call asks for and keeps it in storage. */
export async function renderTool(
  context: SandboxContext,
  toolName: string,
  args: ToolArguments,
): Promise<HostedArtifact[]> {
  const kind = mediumOf(toolName);
  if (kind === undefined) return [];
  const projectId = randomUUID().toUpperCase();
  const artifacts: HostedArtifact[] = [];
  for (let index = 0; index < Math.max(1, number(args.numberOfVariations, 1)); index += 1) {
    const id = randomUUID().toUpperCase();
    const rendering = await context.artist.render(toJob(kind, args, projectId, index));
    const key = resultKey(projectId, id, "complete");
    context.store.put(key, { ...rendering, projectId, output: index });
    const url = context.urls.sign({ method: "GET", key });
    artifacts.push({ id, type: kind, mediaType: kind, url, sandbox: true });
  }
  return artifacts;
}

function toJob(
  kind: RenderJob["kind"],
  args: ToolArguments,
  projectId: string,
  index: number,
): RenderJob {
  const prompt = typeof args.prompt === "string" ? args.prompt : "hosted tool";
  const model = [args.videoModel, args.model].find((value) => typeof value === "string");
  const format = kind === "image"
    ? text(args.outputFormat, "png")
    : kind === "video"
    ? "mp4"
    : "mp3";
  const common = {
    kind,
    prompt,
    seed: number(args.seed, 1) + index,
    format,
    model: model ?? "sandbox",
    projectId,
    index,
    inputs: new Map<string, Uint8Array>(),
  };
  const duration = number(args.duration, 5);
  if (kind === "audio") return { ...common, width: 0, height: 0, duration };
  const size = { width: number(args.width, 512), height: number(args.height, 512) };
  if (kind === "image") return { ...common, ...size };
  const fps = number(args.fps, 24);
  const frames = Math.round(duration * fps);
  return { ...common, ...size, fps, frames, duration, withAudio: args.generateAudio === true };
}

const MEDIA: Readonly<Record<string, RenderJob["kind"]>> = {
  generate_image: "image",
  edit_image: "image",
  apply_style: "image",
  restore_photo: "image",
  refine_result: "image",
  change_angle: "image",
  generate_video: "video",
  animate_photo: "video",
  video_to_video: "video",
  stitch_video: "video",
  orbit_video: "video",
  dance_montage: "video",
  sound_to_video: "video",
  extend_video: "video",
  replace_video_segment: "video",
  overlay_video: "video",
  add_subtitles: "video",
  generate_music: "audio",
};

/** Tools that a workflow step may name. */
export const HOSTED_TOOLS: ReadonlySet<string> = new Set([
  ...Object.keys(MEDIA),
  "analyze_image",
  "analyze_video",
  "extract_metadata",
  "ask_clarifying_question",
  "finalize_response",
  "create_asset_manifest",
  "inspect_asset",
  "label_asset",
  "map_assets_for_model",
  "validate_asset_references",
]);

const COSTS = { image: 1, audio: 4, video: 10 } as const;

function number(value: unknown, otherwise: number): number {
  return typeof value === "number" && Number.isFinite(value) && value > 0 ? value : otherwise;
}

function text(value: unknown, otherwise: string): string {
  return typeof value === "string" && value !== "" ? value : otherwise;
}
