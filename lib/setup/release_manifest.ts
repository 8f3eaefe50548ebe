/** The signed list of a release: which executable for which machine, and its hash. */
import { Buffer } from "node:buffer";
import { createPublicKey, verify } from "node:crypto";
import { AppError } from "../errors/app_error.ts";
import { isVersion } from "../text/compare_versions.ts";

/** One executable. */
export interface ReleaseFile {
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  /** Lower-case hexadecimal. */
  readonly sha256: string;
}

/** What is in `manifest.json`. */
export interface ReleaseManifest {
  readonly version: string;
  /** By machine, e.g. `linux-x64`. */
  readonly files: Readonly<Record<string, ReleaseFile>>;
}

/**
 * The manifest, when the signature is by the holder of the key.
 *
 * @param bytes the file as it was sent; the signature is over exactly these
 * @param signature base64 of the 64 bytes of an Ed25519 signature
 * @param publicKey base64 of the SPKI form
 * @throws AppError RELEASE_UNTRUSTED
 */
export function readSignedManifest(
  bytes: Uint8Array,
  signature: string,
  publicKey: string,
): ReleaseManifest {
  if (!isSigned(bytes, signature, publicKey)) {
    throw untrusted("The release is not signed by the key of this program.");
  }
  const manifest = parseManifest(new TextDecoder().decode(bytes));
  if (!manifest) throw untrusted("The signed list of the release cannot be understood.");
  return manifest;
}

/** An error that ends an update before anything is replaced. */
export function untrusted(message: string, details?: Record<string, unknown>): AppError {
  return new AppError("RELEASE_UNTRUSTED", message, {
    ...(details ? { details } : {}),
    hint: "Nothing was changed. Try again later; if it stays, install by hand from a source that " +
      "you trust and tell the maintainers.",
  });
}

function isSigned(bytes: Uint8Array, signature: string, publicKey: string): boolean {
  try {
    const key = createPublicKey({
      key: Buffer.from(publicKey, "base64"),
      format: "der",
      type: "spki",
    });
    return key.asymmetricKeyType === "ed25519" &&
      verify(null, bytes, key, Buffer.from(signature.trim(), "base64"));
  } catch {
    return false;
  }
}

function parseManifest(text: string): ReleaseManifest | undefined {
  try {
    const { version, files } = JSON.parse(text) as Record<string, unknown>;
    if (typeof version !== "string" || !isVersion(version)) return undefined;
    if (typeof files !== "object" || files === null) return undefined;
    const parsed = Object.entries(files).map(([target, file]) => [target, parseFile(file)]);
    return parsed.some(([, file]) => file === undefined)
      ? undefined
      : { version, files: Object.fromEntries(parsed) };
  } catch {
    return undefined;
  }
}

function parseFile(value: unknown): ReleaseFile | undefined {
  const { name, size, sha256 } = (value ?? {}) as Record<string, unknown>;
  // A plain name: it becomes a part of an address.
  return typeof name === "string" && /^[\w][\w.-]*$/.test(name) &&
      typeof size === "number" && Number.isSafeInteger(size) && size > 0 &&
      typeof sha256 === "string" && /^[0-9a-f]{64}$/.test(sha256)
    ? { name, size, sha256 }
    : undefined;
}
