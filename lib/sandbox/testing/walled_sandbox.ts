/** Entry of a worker that holds nothing but the right to listen on 127.0.0.1. */
import { startSandbox } from "../server.ts";
import { createPlainArtist } from "./plain_artist.ts";

interface WorkerScope {
  postMessage(message: unknown): void;
}

const scope = globalThis as unknown as WorkerScope;
const { restEndpoint, socketEndpoint, apiKey } = await startSandbox({
  speed: 0,
  artist: createPlainArtist(),
  record: false,
});
scope.postMessage({ restEndpoint, socketEndpoint, apiKey });
