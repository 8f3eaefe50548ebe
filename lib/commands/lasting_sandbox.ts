/**
 * A practice service that outlives the command: for `--sandbox --detach`, and for `jobs --sandbox`
 * after it. It is this program once more, in the background; a record in the state folder says where
 * it listens, and it ends by itself when nobody has used it for a while.
 */
import { dirname, join } from "node:path";
import { AppError } from "../errors/app_error.ts";
import type { Host, SandboxEndpoint } from "../platform/host.ts";
import { readSelf } from "../platform/self.ts";
import { statePaths } from "../store/paths.ts";

/** Tells the background process where to write its record. */
export const RECORD_VARIABLE = "SOGNI_SANDBOX_RECORD";

/** What the record holds; private, though its key opens nothing but the practice service. */
interface ServiceRecord extends SandboxEndpoint {
  pid: number;
}

const START_TIMEOUT_MS = 15_000;
const POLL_MS = 25;
const ANSWER_TIMEOUT_MS = 2000;
/** A service that was not used for this long ends. */
const IDLE_MS = 10 * 60_000;
const IDLE_CHECK_MS = 1000;

/**
 * The lasting service; `start` starts one when there is none.
 *
 * @throws AppError JOB_NOT_REACHABLE when there is none and none is to be started
 */
export async function lastingSandbox(host: Host, start: boolean): Promise<SandboxEndpoint> {
  const path = recordPath(host);
  const known = await readRecord(host, path);
  if (known && await answers(known)) {
    // The time of the last use stands in the file's own date.
    await writeRecord(host, path, known);
    return endpointOf(known);
  }
  if (!start) {
    throw new AppError("JOB_NOT_REACHABLE", "The practice service has ended.", {
      hint: "Send a new job with --sandbox --detach.",
    });
  }
  await host.files.remove(path);
  await startInBackground(host, path);
  const deadline = performance.now() + START_TIMEOUT_MS;
  while (performance.now() < deadline) {
    const record = await readRecord(host, path);
    if (record) return endpointOf(record);
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  throw new AppError("CONNECTION_FAILED", "The practice service did not start.", {
    hint: "Run it by itself: sogni-agent sandbox",
  });
}

/** The background process: writes its record, and returns when it is no longer used. */
export async function serveUntilUnused(host: Host, endpoint: SandboxEndpoint): Promise<void> {
  const path = host.facts.env[RECORD_VARIABLE] ?? "";
  const { pid } = host.facts;
  await writeRecord(host, path, { ...endpoint, pid });
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, IDLE_CHECK_MS));
    const info = await host.files.stat(path).catch(() => undefined);
    const record = info && await readRecord(host, path);
    // Another service has taken its place, or the folder is gone.
    if (record?.pid !== pid) return;
    if (Date.now() - (info?.modifiedAt ?? 0) > IDLE_MS) return await host.files.remove(path);
  }
}

async function startInBackground({ facts }: Host, record: string): Promise<void> {
  const { spawnDetached } = await import("../platform/spawn_detached.ts");
  const { program, args } = readSelf();
  await spawnDetached(program, [...args, "sandbox", "--quiet"], {
    cwd: facts.home || dirname(record),
    env: { [RECORD_VARIABLE]: record, SOGNI_API_KEY: "" },
  });
}

async function answers({ restEndpoint }: SandboxEndpoint): Promise<boolean> {
  try {
    const signal = AbortSignal.timeout(ANSWER_TIMEOUT_MS);
    const answer = await fetch(`${restEndpoint}/api/v1/models/list`, { signal });
    await answer.body?.cancel();
    return answer.ok;
  } catch {
    return false;
  }
}

function recordPath({ facts }: Host): string {
  return join(dirname(statePaths(facts).jobs), "practice-service.json");
}

async function readRecord(host: Host, path: string): Promise<ServiceRecord | undefined> {
  try {
    const record = JSON.parse(await host.files.readText(path)) as Partial<ServiceRecord>;
    const { restEndpoint, socketEndpoint, apiKey, pid } = record;
    const isLocal = /^http:\/\/127\.0\.0\.1:\d+$/.test(restEndpoint ?? "") &&
      /^ws:\/\/127\.0\.0\.1:\d+$/.test(socketEndpoint ?? "");
    return isLocal && restEndpoint && socketEndpoint && apiKey && pid
      ? { restEndpoint, socketEndpoint, apiKey, pid }
      : undefined;
  } catch {
    return undefined;
  }
}

async function writeRecord(host: Host, path: string, record: ServiceRecord): Promise<void> {
  await host.files.writeAtomic(path, JSON.stringify(record), { mode: 0o600, dirMode: 0o700 });
}

function endpointOf({ restEndpoint, socketEndpoint, apiKey }: ServiceRecord): SandboxEndpoint {
  return { restEndpoint, socketEndpoint, apiKey, lasting: true };
}
