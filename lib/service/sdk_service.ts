/**
 * `GenerationService` over the official SDK, which is loaded only here and only when used.
 *
 * The SDK throws outside every try in two cases (a failing account call right after it starts, a
 * ping on a socket that opens too slowly) and waits without end in others; so connection and calls
 * have our own deadlines, and stray errors end the connection attempt instead of the process.
 */
import type { ProjectParams as SdkParams, SogniClient } from "@sogni-ai/sogni-client";
import { AppError } from "../errors/app_error.ts";
import { onUnhandled } from "../platform/unhandled.ts";
import type { ProjectParams } from "../plan/types.ts";
import { type SendWatch, watchSends } from "./announce_sends.ts";
import { closedConnection } from "./closed_connection.ts";
import { withDeadline } from "./deadline.ts";
import { mapServiceError } from "./error_map.ts";
import { askModel, askWorkers } from "./live_catalog.ts";
import { estimateProject } from "./sdk_estimate.ts";
import { followProject } from "./sdk_project.ts";
import { billedOf, lookUpProject, mintUrl } from "./sdk_records.ts";
import type { Balances, GenerationService, LoadedMedia, ServiceOptions } from "./types.ts";

const CALL_TIMEOUT_MS = 30_000;
const APP_SOURCE = "sogni-creative-agent-skill";

/** Begins to load the SDK, for callers that know they will connect. */
export function preloadSdk(): void {
  import("@sogni-ai/sogni-client").catch(() => {});
}

/** Makes a service; nothing is loaded or sent before `connect`. */
export function createSdkService(options: ServiceOptions): GenerationService {
  let client: SogniClient | undefined;
  // Addresses of results are asked for after the socket was left, too.
  let last: SogniClient | undefined;
  // Once the service has closed the socket for good the SDK waits for projects without end.
  let lose: (error: AppError) => void = () => {};
  const lost = new Promise<AppError>((resolve) => lose = resolve);
  // The two hosts check the key each for itself, so one may refuse it after the other has not.
  let refusal: AppError | undefined;
  let sends: SendWatch | undefined;
  const bills = new Map<string, number>();
  const connected = () => {
    if (!client) throw new AppError("CONNECTION_FAILED", "The service is not connected.");
    return client;
  };
  return {
    async connect() {
      client = await openClient(options, {
        onRefused: (error) => refusal = error,
        onLost: (error) => {
          if (client) lose(error);
        },
      });
      last = client;
      sends = watchSends(client);
      noteBills(client, bills);
    },
    async balances() {
      const balance = await call(connected().account.refreshBalance(), "the balance", options);
      if (!balance) throw new AppError("FETCH_FAILED", "The service did not tell the balance.");
      return { spark: amount(balance.spark), sogni: amount(balance.sogni) } satisfies Balances;
    },
    async submit(params, media, onProgress, onSending) {
      const request = withMedia(params, media);
      try {
        // Uploads happen inside `create`, so it gets the time of an upload.
        const create = () => connected().projects.create(request);
        const creating = withDeadline(
          sends?.during(onSending, create) ?? create(),
          uploadTimeout(media),
          () => new AppError("MEDIA_UPLOAD_FAILED", "The project could not be sent in time."),
        );
        const project = await Promise.race([creating, lost]);
        if (project instanceof AppError) throw project;
        return followProject(project, { total: params.numberOfMedia, onProgress, lost });
      } catch (error) {
        throw refusal ?? mapServiceError(error, "PROJECT_FAILED");
      }
    },
    billed: (projectId) => bills.get(projectId) ?? null,
    lookUp: (projectId) => call(lookUpProject(connected(), projectId), "the project", options),
    async resultUrl(projectId, jobId, params) {
      const asked = last ?? connected();
      return await call(mintUrl(asked, projectId, jobId, params), "the result's address", options);
    },
    async cancelProject(projectId, timeoutMs) {
      try {
        const late = () => new Error("no confirmation");
        await withDeadline(connected().projects.cancel(projectId), timeoutMs, late);
        return true;
      } catch {
        return false;
      }
    },
    estimate: (params, media) =>
      call(estimateProject(connected(), params, media), "the estimate", options),
    model: (modelId) => askModel(connected(), modelId),
    workers: (modelId, network) => askWorkers(connected(), modelId, network),
    async close() {
      const leaving = client;
      client = undefined;
      try {
        leaving?.dispose();
      } catch {
        // Nothing that happens while leaving may change the outcome.
      }
      await Promise.resolve();
    },
  };
}

async function openClient(
  options: ServiceOptions,
  { onRefused, onLost }: Record<"onRefused" | "onLost", (error: AppError) => void>,
): Promise<SogniClient> {
  const { SogniClient } = await import("@sogni-ai/sogni-client");
  const debug = (...parts: unknown[]) => options.debug?.(parts.map(String).join(" "));
  return await new Promise<SogniClient>((resolve, reject) => {
    let client: SogniClient | undefined;
    let settled = false;
    const fail = (error: AppError) => {
      if (settled) return;
      settled = true;
      clearTimeout(timer);
      client?.dispose();
      reject(error);
    };
    const timer = setTimeout(() =>
      fail(
        new AppError(
          "NETWORK_TIMEOUT",
          `No connection to Sogni within ${options.connectTimeoutMs / 1000} s.`,
          { hint: "Check the network and https://status.sogni.ai, then try again." },
        ),
      ), options.connectTimeoutMs);
    onUnhandled((error) => {
      debug("unhandled", error);
      const mapped = mapServiceError(error, "CONNECTION_FAILED");
      // A service that cannot show the account may still render; one that refuses the key will not.
      const isRefused = mapped.code === "INVALID_API_KEY";
      if (isRefused) onRefused(mapped);
      if (isRefused || !isAnswer(error)) fail(mapped);
    });
    SogniClient.createInstance({
      appId: options.appId,
      appSource: APP_SOURCE,
      network: options.network,
      apiKey: options.apiKey,
      restEndpoint: options.restEndpoint,
      socketEndpoint: options.socketEndpoint,
      socketEventSubscriptions: { modelAvailability: false },
      disableSocket: options.restOnly ?? false,
      logger: { error: debug, warn: debug, info: debug, debug },
    }).then((opened) => {
      client = opened;
      const succeed = () => {
        if (settled) return;
        settled = true;
        clearTimeout(timer);
        resolve(opened);
      };
      if (options.restOnly) return succeed();
      // An open socket is not enough: a refused key is told after the opening.
      opened.apiClient.socket.on("authenticated", succeed);
      opened.apiClient.on("disconnected", (close) => {
        const error = closedConnection(close);
        if (settled) onLost(error);
        else fail(error);
      });
    }, (error: unknown) => fail(mapServiceError(error, "CONNECTION_FAILED")));
  });
}

/** The SDK reads the record of each project that ended; what it cost stands there. */
function noteBills(client: SogniClient, bills: Map<string, number>): void {
  const { projects } = client;
  const get = projects.get.bind(projects);
  projects.get = async (id) => {
    const record = await get(id);
    const billed = record.endTime ? billedOf(record) : null;
    if (billed !== null) bills.set(id, billed);
    return record;
  };
}

/** Whether the error came as an HTTP answer, so that the host is there. */
function isAnswer(error: unknown): boolean {
  return typeof (error as { status?: unknown } | undefined)?.status === "number";
}

async function call<T>(
  work: Promise<T>,
  what: string,
  { callTimeoutMs = CALL_TIMEOUT_MS }: Pick<ServiceOptions, "callTimeoutMs">,
): Promise<T> {
  try {
    const late = () =>
      new AppError("NETWORK_TIMEOUT", `Asking for ${what} took more than ${callTimeoutMs} ms.`);
    return await withDeadline(work, callTimeoutMs, late);
  } catch (error) {
    throw mapServiceError(error, "FETCH_FAILED");
  }
}

function uploadTimeout(media: readonly LoadedMedia[]): number {
  const bytes = media.reduce(
    (sum, { value }) => sum + (typeof value === "string" ? 0 : value.size),
    0,
  );
  // Two minutes, and a second more for each 100 kB: a slow line, but not a dead one.
  return media.length === 0 ? CALL_TIMEOUT_MS + 10_000 : 120_000 + bytes / 100;
}

function amount(balance: { net?: string } | undefined): number | null {
  const number = Number(balance?.net ?? NaN);
  return Number.isFinite(number) ? number : null;
}

const LIST_SLOTS = [
  "contextImages",
  "referenceImageUrls",
  "referenceAudioUrls",
  "referenceVideoUrls",
];

function withMedia(params: ProjectParams, media: readonly LoadedMedia[]): SdkParams {
  const request: Record<string, unknown> = { ...params };
  for (const { slot, value } of media) {
    if (LIST_SLOTS.includes(slot)) {
      request[slot] = [...(request[slot] as unknown[] ?? []), value];
    } else if (slot === "controlNetImage") {
      request.controlNet = { ...params.controlNet, image: value };
    } else {
      request[slot] = value;
    }
  }
  return request as unknown as SdkParams;
}
