/** What a sandbox can be told, and what it gives back. */
import type { BalanceSeed, BalanceSheet } from "./account/ledger.ts";
import type { Artist } from "./artist/artist.ts";
import type { MediaTools } from "./artist/default_artist.ts";
import type { FaultBook } from "./faults/fault_book.ts";
import type { FaultScript } from "./faults/script.ts";
import type { RouteModule } from "./http/route.ts";
import type { Recorder } from "./recorder.ts";

/** How a sandbox is set up; everything has a default. */
export interface SandboxOptions {
  /** Port on 127.0.0.1; 0 takes a free one. */
  port?: number;
  /** The one key that is accepted; random unless given. */
  apiKey?: string;
  /** Multiplier of simulated work: 1 makes a picture in about 150 ms, 0 does not wait at all. */
  speed?: number;
  /** Rules tried in order; see `faults/script.ts` and `parseFaultScript`. */
  faults?: FaultScript;
  /** What the account owns at the start. */
  balance?: BalanceSeed;
  /** Workers by model id; 0 leaves a model's projects in the queue. */
  workers?: Readonly<Record<string, number>>;
  /** Uploads may be saved and reused (`/v1/assets`). Default `false`, as without a subscription. */
  reusableUploads?: boolean;
  /** How long presigned URLs are good for. Default one hour. */
  urlLifetimeSeconds?: number;
  /** Bytes of uploads and results kept at most; the oldest go. Default 256 MiB. */
  storeBytes?: number;
  /** Makes the results; by default pictures are painted and films need {@link mediaTools}. */
  artist?: Artist;
  /** Programs for film and sound. */
  mediaTools?: MediaTools;
  /** Further routes (hosted chat, workflows, …), tried before the built-in ones. */
  routes?: readonly RouteModule[];
  /** Keep every request and message for assertions. Default `true`; turn off for long runs. */
  record?: boolean;
  /** Epoch milliseconds. */
  now?: () => number;
}

/** A running sandbox. */
export interface Sandbox {
  readonly port: number;
  /** `http://127.0.0.1:<port>` */
  readonly restEndpoint: string;
  /** `ws://127.0.0.1:<port>` */
  readonly socketEndpoint: string;
  readonly apiKey: string;
  readonly recorder: Recorder;
  /** Rules can be added while it runs. */
  readonly faults: FaultBook;
  /** The account's balance now. */
  balance(): BalanceSheet;
  /** Ends every socket: closed with a code, or cut without one. */
  dropSockets(code?: number, reason?: string): void;
  /** Ends every connection and wait; resolves when the port is free. */
  stop(): Promise<void>;
}
