/** The key pair of releases: Ed25519. The public half is pinned in `lib/setup/release_channel.ts`. */
import { Buffer } from "node:buffer";
import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
} from "node:crypto";

/** A new pair: the private half as PEM (PKCS #8), the public one as the program pins it. */
export function createReleaseKey(): { privateKey: string; publicKey: string } {
  const pair = generateKeyPairSync("ed25519");
  return {
    privateKey: pair.privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
    publicKey: pinnedForm(pair.publicKey),
  };
}

/** The public half of a private key, as the program pins it. */
export function publicHalf(privateKey: string): string {
  return pinnedForm(createPublicKey(readKey(privateKey)));
}

/** The text of `manifest.json.sig`. */
export function signBytes(bytes: Uint8Array, privateKey: string): string {
  return `${Buffer.from(sign(null, bytes, readKey(privateKey))).toString("base64")}\n`;
}

function readKey(pem: string): KeyObject {
  const key = createPrivateKey(pem);
  if (key.asymmetricKeyType !== "ed25519") throw new Error("the release key is not Ed25519");
  return key;
}

function pinnedForm(key: KeyObject): string {
  return Buffer.from(key.export({ type: "spki", format: "der" })).toString("base64");
}
