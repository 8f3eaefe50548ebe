/** Reads an answer to its end, going on where the connection broke. */

/** How often a transfer is taken up again. */
const MAX_RESUMES = 3;

/**
 * The bytes of `first`. When they end too soon the rest is asked for, where the server can send
 * parts and tells by a strong `ETag` that it is still the same file (RFC 9110, 13.1.5); otherwise
 * the transfer ends as it did.
 *
 * @param again fetches the same address with these headers
 */
export async function* resumedBody(
  first: Response,
  again: (headers: Record<string, string>) => Promise<Response>,
): AsyncGenerator<Uint8Array> {
  const total = Number(first.headers.get("content-length") ?? NaN);
  const validator = strongTag(first);
  let received = 0;
  let body = first.body;
  for (let resumes = 0; body; resumes++) {
    let failure: unknown;
    try {
      for await (const chunk of body) {
        received += chunk.length;
        yield chunk;
      }
    } catch (error) {
      failure = error;
    }
    if (failure === undefined && !(received < total)) return;
    body = null;
    if (validator && received > 0 && resumes < MAX_RESUMES) {
      const headers = { range: `bytes=${received}-`, "if-range": validator };
      const next = await again(headers).catch(() => undefined);
      if (next && next.status === 206 && startOf(next) === received) body = next.body;
      else await next?.body?.cancel();
    }
    if (!body && failure !== undefined) throw failure;
  }
}

/** Only of a server that sends parts, and of bytes that are not packed on the way. */
function strongTag({ headers }: Response): string | undefined {
  const tag = headers.get("etag");
  const isPlain = headers.get("content-encoding") === null;
  const sendsParts = headers.get("accept-ranges") === "bytes";
  return tag && isPlain && sendsParts && tag.startsWith('"') ? tag : undefined;
}

function startOf({ headers }: Response): number | undefined {
  const match = /^bytes (\d+)-/.exec(headers.get("content-range") ?? "");
  return match ? Number(match[1]) : undefined;
}
