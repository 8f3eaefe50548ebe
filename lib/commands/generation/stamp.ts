/** Writes what a result was made of into its file. */
import { embedMetadata } from "../../media/image/metadata.ts";
import { VERSION } from "../../platform/version.ts";
import type { CommandContext } from "../context.ts";
import type { RunOutput } from "./run_plan.ts";

const MAX_STAMPED_BYTES = 64 * 1024 * 1024;

/** Writes what a picture was made of into it; a picture that cannot take it stays as it is. */
export async function stamp(
  { host, report }: CommandContext,
  path: string,
  output: RunOutput,
  sandbox: boolean,
): Promise<void> {
  const { params } = output.project;
  if (params.type !== "image") return;
  try {
    const bytes = await host.files.readBytes(path, MAX_STAMPED_BYTES);
    const seed = output.seed ?? params.seed;
    const stamped = embedMetadata(bytes, {
      prompt: params.positivePrompt,
      model: params.modelId,
      ...(seed === undefined ? {} : { seed: String(seed) }),
      projectId: output.projectId,
      jobId: output.jobId,
      software: `sogni-agent ${VERSION}`,
      ...(sandbox ? { sandbox: "true" } : {}),
    });
    if (stamped !== bytes) await host.files.writeAtomic(path, stamped);
  } catch (error) {
    report.warn(`no metadata was written into ${path}: ${String(error)}`);
  }
}
