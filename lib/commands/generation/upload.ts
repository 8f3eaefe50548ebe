/** Puts prepared references of vendor jobs into the service's storage and gives their URLs. */
import { randomBytes } from "node:crypto";
import { apiOriginPolicy } from "../../net/api_origin.ts";
import type { MediaInput } from "../../plan/types.ts";
import type { ReferenceKind } from "../../service/hosted/references.ts";
import { httpTimeoutMs } from "../../service/hosted/settings.ts";
import type { CommandContext } from "../context.ts";
import type { Access } from "./connection.ts";

/** Uploads one reference and resolves to the URL that the vendor reads it from. */
export type Upload = (
  media: MediaInput,
  bytes: Uint8Array<ArrayBuffer>,
  mimeType: string,
) => Promise<string>;

/** Slots whose references go by URL: what they hold, and the flag that gave it. */
const ORIGINS: Partial<Record<MediaInput["slot"], readonly [ReferenceKind, string]>> = {
  referenceImageUrls: ["image", "--context"],
  referenceAudioUrls: ["audio", "--ref-audio"],
  referenceVideoUrls: ["video", "--ref-video"],
};

/** Makes the upload of a run; what it needs is loaded with the first reference. */
export function createUpload({ host }: CommandContext, { service, sandbox }: Access): Upload {
  let position = 0;
  return async (media, bytes, mimeType) => {
    const index = position++;
    const { createHostedClient } = await import("../../service/hosted/client.ts");
    const { uploadReference } = await import("../../service/hosted/upload.ts");
    const { env } = host.facts;
    const policy = apiOriginPolicy(env);
    const client = createHostedClient({
      base: service.restEndpoint,
      apiKey: service.apiKey,
      policy: sandbox ? { ...policy, unsafe: true } : policy,
      sdkTransport: false,
      timeoutMs: httpTimeoutMs(env),
    });
    const [kind, flag] = ORIGINS[media.slot] ?? ["image", media.slot];
    const { url } = await uploadReference({
      client,
      reference: {
        id: `media_ref_${index + 1}`,
        position: index,
        flag,
        kind,
        value: media.source,
        form: "local",
        mimeType,
        label: media.source,
      },
      mimeType,
      bytes,
      now: Date.now(),
      random: randomBytes(4).toString("hex"),
      version: 2,
    });
    return url;
  };
}
