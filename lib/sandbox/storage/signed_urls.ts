/** URLs that carry their own permission: method, path, end of validity and content type, signed. */
import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { Buffer } from "node:buffer";
import type { Clock } from "../clock.ts";

/** What a URL permits. */
export interface Permission {
  readonly method: "GET" | "PUT" | "POST";
  /** Key of the object. */
  readonly key: string;
  /** The only type that an upload may have, when it is known. */
  readonly contentType?: string | undefined;
}

/** Why a URL does not permit. */
export type Refusal = "expired" | "signature";

/** Signs and checks the URLs of one sandbox. */
export interface SignedUrls {
  /** An absolute URL below `/storage/`. */
  sign(permission: Permission): string;
  /** `undefined` when the request may go ahead. HEAD counts as GET. */
  check(method: string, key: string, query: URLSearchParams): Refusal | undefined;
}

/** Path under which objects are reached. */
export const STORAGE_PATH = "/storage";

/**
 * @param origin called for each URL, since the port is known only when the sandbox listens
 * @param lifetimeSeconds how long a URL is good for
 */
export function createSignedUrls(
  clock: Clock,
  origin: () => string,
  lifetimeSeconds: number,
): SignedUrls {
  const secret = randomBytes(32);
  const signature = (method: string, key: string, expires: string, contentType: string) =>
    createHmac("sha256", secret).update([method, key, expires, contentType].join("\n"))
      .digest("hex");
  return {
    sign({ method, key, contentType }) {
      const path = key.split("/").map(encodeURIComponent).join("/");
      const url = new URL(`${origin()}${STORAGE_PATH}/${path}`);
      const expires = String(clock.now() + lifetimeSeconds * 1000);
      url.searchParams.set("expires", expires);
      if (contentType) url.searchParams.set("contentType", contentType);
      url.searchParams.set("X-Amz-Signature", signature(method, key, expires, contentType ?? ""));
      return url.toString();
    },
    check(method, key, query) {
      const expires = query.get("expires") ?? "";
      const expected = signature(
        method === "HEAD" ? "GET" : method,
        key,
        expires,
        query.get("contentType") ?? "",
      );
      if (!sameText(expected, query.get("X-Amz-Signature") ?? "")) return "signature";
      return clock.now() > Number(expires) ? "expired" : undefined;
    },
  };
}

function sameText(expected: string, actual: string): boolean {
  const [a, b] = [Buffer.from(expected), Buffer.from(actual)];
  return a.byteLength === b.byteLength && timingSafeEqual(a, b);
}
