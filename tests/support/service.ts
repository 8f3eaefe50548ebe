/**
 * Gives tests a service of their own: the sandbox in this process, with its recorder, and an agent
 * that is pointed at it by the variables that every user can set.
 */
import { startSandbox } from "../../lib/sandbox/server.ts";
import type { Sandbox, SandboxOptions } from "../../lib/sandbox/options.ts";
import { type AgentOptions, inPlace, type Place } from "./agent.ts";

/** The variables that point an agent at `service`. */
export function serviceEnv(service: Sandbox): Record<string, string> {
  return {
    SOGNI_API_KEY: service.apiKey,
    SOGNI_REST_ENDPOINT: service.restEndpoint,
    SOGNI_SOCKET_ENDPOINT: service.socketEndpoint,
    SOGNI_ALLOW_UNSAFE_API_BASE_URL: "1",
  };
}

/**
 * Gives `body` a fresh place whose agent talks to a service that was started for it. Nothing is
 * simulated slowly unless `options` say so.
 */
export async function withService(
  options: SandboxOptions,
  body: (place: Place, service: Sandbox) => Promise<void>,
): Promise<void> {
  const service = await startSandbox({ speed: 0, ...options });
  try {
    await inPlace(async (place) => {
      const pointed = (given: Partial<AgentOptions> = {}) => ({
        ...given,
        env: { ...serviceEnv(service), ...given.env },
      });
      await body({
        ...place,
        run: (args, given) => place.run(args, pointed(given)),
        json: (args, given) => place.json(args, pointed(given)),
      }, service);
    });
  } finally {
    await service.stop();
  }
}

/** The first key frame of a job request, with what stands beside it. */
export type WireRequest = Record<string, unknown> & { frame: Record<string, unknown> };

/** The job requests that reached the service, in order. */
export function wireRequests(service: Sandbox): WireRequest[] {
  return service.recorder.received("jobRequest").map((data) => {
    const request = data as Record<string, unknown> & { keyFrames: Record<string, unknown>[] };
    return { ...request, frame: request.keyFrames[0] ?? {} };
  });
}

/** Ids of the projects that the agent asked the service to cancel. */
export function cancelled(service: Sandbox): string[] {
  return service.recorder.received("jobError").map((data) =>
    String((data as { jobID?: unknown }).jobID)
  );
}

/** Whether anything at all reached the service. */
export function wasTouched({ recorder }: Sandbox): boolean {
  return recorder.rest.length + recorder.upgrades.length + recorder.frames.length > 0;
}
