/** What the parts of one sandbox share; made by `startSandbox`, passed to every route module. */
import type { Ledger } from "./account/ledger.ts";
import type { Artist } from "./artist/artist.ts";
import type { Clock } from "./clock.ts";
import type { FaultBook } from "./faults/fault_book.ts";
import type { ProjectBook } from "./jobs/project_book.ts";
import type { ModelList } from "./models/model_list.ts";
import type { ObjectStore } from "./storage/object_store.ts";
import type { SignedUrls } from "./storage/signed_urls.ts";

/** Services that routes and the socket use. */
export interface SandboxContext {
  /** `http://127.0.0.1:<port>`, without a slash at the end. */
  readonly origin: () => string;
  /** The one key that is accepted. */
  readonly apiKey: string;
  readonly account: { readonly username: string; readonly address: string };
  readonly clock: Clock;
  readonly ledger: Ledger;
  readonly models: ModelList;
  readonly store: ObjectStore;
  readonly urls: SignedUrls;
  readonly projects: ProjectBook;
  readonly faults: FaultBook;
  readonly artist: Artist;
  /** Whether uploads may be saved and reused (`/v1/assets`). */
  readonly reusableUploads: boolean;
}
