/**
 * Stands for `ethers` in the bundle. The SDK needs it only to sign in with a password; API keys
 * need none of it, and it would be most of the program's size.
 */
function unavailable(): never {
  throw new Error("signing in with a password is not part of this program");
}

export class AbstractSigner {}
export class Wallet {
  constructor() {
    unavailable();
  }
}
export const TypedDataEncoder = { hash: unavailable, encode: unavailable };
export const pbkdf2 = unavailable;
export const toUtf8Bytes = unavailable;
export const parseEther = unavailable;
export const formatEther = unavailable;
