/** Writes what a result was made of into its file. */
import { embedMetadata } from "../../media/image/metadata.ts";
import type { TagFields } from "../../media/tags/tag_fields.ts";
import { VERSION } from "../../platform/version.ts";
import type { CommandContext } from "../context.ts";
import type { RunOutput } from "./run_plan.ts";

const MAX_STAMPED_BYTES = 64 * 1024 * 1024;

/** What one output was made of. */
export function stampFields(output: RunOutput, sandbox: boolean): TagFields {
  const { params } = output.project;
  const seed = output.seed ?? params.seed;
  return {
    prompt: params.positivePrompt,
    model: params.modelId,
    ...(seed === undefined ? {} : { seed: String(seed) }),
    projectId: output.projectId,
    jobId: output.jobId,
    ...programFields(sandbox),
  };
}

/** Which program made a file, and whether the sandbox did the work. */
export function programFields(sandbox: boolean): TagFields {
  return { software: `sogni-agent ${VERSION}`, ...(sandbox ? { sandbox: "true" } : {}) };
}

/** Writes the fields into a result; a file that cannot take them stays as it is. */
export async function stamp(
  { host, report }: CommandContext,
  path: string,
  kind: "image" | "video" | "audio",
  fields: TagFields,
): Promise<void> {
  try {
    if (kind !== "image") {
      const { tagFile } = await import("../../media/tags/tag_file.ts");
      if (!await tagFile(host.files, path, fields)) {
        report.note(`${path} cannot hold prompt and model, so they are only in the record.`);
      }
      return;
    }
    const bytes = await host.files.readBytes(path, MAX_STAMPED_BYTES);
    const stamped = embedMetadata(bytes, fields);
    if (stamped !== bytes) await host.files.writeAtomic(path, stamped);
  } catch (error) {
    report.warn(`no metadata was written into ${path}: ${String(error)}`);
  }
}
