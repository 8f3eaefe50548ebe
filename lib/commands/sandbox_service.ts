/** Serves the embedded service with the media tools of a host. */
import type { Host, SandboxEndpoint } from "../platform/host.ts";
import { parseFaultScript } from "../sandbox/faults/parse.ts";
import { startSandbox } from "../sandbox/server.ts";

/** How the embedded service is set up. */
export interface SandboxSetup {
  port?: number;
  apiKey?: string;
  /** Multiplier of simulated work; the service's own default when absent. */
  speed?: number;
  /** Scripted faults, JSON text; empty for none. */
  faults?: string;
}

/** Starts the service; it serves until the process ends. */
export async function serveSandbox(host: Host, setup: SandboxSetup): Promise<SandboxEndpoint> {
  const { restEndpoint, socketEndpoint, apiKey } = await startSandbox({
    ...(setup.port === undefined ? {} : { port: setup.port }),
    ...(setup.apiKey === undefined ? {} : { apiKey: setup.apiKey }),
    ...(setup.speed === undefined ? {} : { speed: setup.speed }),
    faults: setup.faults ? parseFaultScript(setup.faults) : [],
    mediaTools: {
      run: (program, args, options) => host.run(program, args, options),
      ...(host.facts.env.FFMPEG_PATH ? { ffmpeg: host.facts.env.FFMPEG_PATH } : {}),
    },
    record: false,
  });
  // The brushes are got out while the client is still connecting.
  setTimeout(() => void import("../sandbox/paint/paint.ts"), 0);
  return { restEndpoint, socketEndpoint, apiKey };
}
