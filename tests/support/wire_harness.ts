/**
 * From a command line to what reached the service's socket, in one process: the parser, the planner,
 * the service over the official SDK, and the sandbox that records what it was sent.
 */
import { parse } from "../../lib/cli/parse.ts";
import { planGeneration } from "../../lib/plan/plan.ts";
import type { MediaInput, Plan, PlanInput } from "../../lib/plan/types.ts";
import { createPlainArtist, solidPng } from "../../lib/sandbox/testing/plain_artist.ts";
import { startSandbox } from "../../lib/sandbox/server.ts";
import { createSdkService } from "../../lib/service/sdk_service.ts";
import type { LoadedMedia } from "../../lib/service/types.ts";
import { planInput } from "./plan_input.ts";
import { REFERENCES } from "./video_plan.ts";

/** A request as it arrived: its fields and those of its key frame, by the names of the wire. */
export type SentRequest = Record<string, unknown>;

/** An open line from argv to the socket. */
export interface Wire {
  /** Plans a command line, sends all its projects, and gives what arrived. */
  send(line: string, facts?: Partial<PlanInput>): Promise<SentRequest[]>;
}

/** Gives `body` a line; one connection serves all command lines. */
export async function withWire(body: (wire: Wire) => Promise<void>): Promise<void> {
  const sandbox = await startSandbox({ speed: 0, artist: createPlainArtist() });
  const service = createSdkService({
    restEndpoint: sandbox.restEndpoint,
    socketEndpoint: sandbox.socketEndpoint,
    apiKey: sandbox.apiKey,
    appId: `wire-${crypto.randomUUID()}`,
    network: "fast",
    connectTimeoutMs: 10_000,
  });
  try {
    await service.connect();
    await body({
      async send(line, facts = {}) {
        sandbox.recorder.clear();
        const { projects } = planLine(line, facts);
        for (const { params, media } of projects) {
          const running = await service.submit(params, media.map(loaded), () => {});
          const { error } = await running.done;
          if (error) throw error;
        }
        return sandbox.recorder.received("jobRequest").map(flatten);
      },
    });
  } finally {
    await service.close();
    await sandbox.stop();
  }
}

/** The plan of a command line without the program's name. */
export function planLine(line: string, facts: Partial<PlanInput> = {}): Plan {
  const { options, prompt } = parse(splitLine(line), { env: {}, home: "/home/user" });
  return planGeneration(planInput(options, { prompt, references: REFERENCES, ...facts }));
}

/** Splits at blanks; a part in quotation marks stays together, marks inside a word are kept. */
export function splitLine(line: string): string[] {
  return Array.from(
    line.matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g),
    ([, single, double, plain]) => single ?? double ?? plain ?? "",
  );
}

function flatten(data: unknown): SentRequest {
  const { keyFrames, ...request } = data as { keyFrames: SentRequest[] };
  return { ...request, ...keyFrames[0] };
}

/** Stands for a loaded reference: of the right kind, and small. */
function loaded({ slot, source, transfer }: MediaInput): LoadedMedia {
  if (transfer === "forward") return { slot, value: source };
  if (transfer === "upload") return { slot, value: `https://storage.example/${slot}` };
  return {
    slot,
    value: new Blob([solidPng(8, 8, 1) as Uint8Array<ArrayBuffer>], { type: mimeOf(slot) }),
  };
}

function mimeOf(slot: MediaInput["slot"]): string {
  if (/audio/i.test(slot)) return "audio/mp4";
  return /video/i.test(slot) ? "video/mp4" : "image/png";
}
