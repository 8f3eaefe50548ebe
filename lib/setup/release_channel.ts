/**
 * Where releases of the lone executable are published, and the key that signs them.
 *
 * No release key has been published yet. Until a maintainer puts it here (the base64 of the
 * Ed25519 public key in SPKI form, DER) together with the address of the release files, a lone
 * executable refuses to update itself.
 */

/** Base64 of the public key that release manifests are signed with; empty: none yet. */
export const RELEASE_PUBLIC_KEY: string = "";

/** Address of the folder with `manifest.json`, `manifest.json.sig` and the executables; with `/`. */
export const RELEASE_BASE_URL: string = "";

/** Name of the signed list of files. */
export const MANIFEST_NAME = "manifest.json";
