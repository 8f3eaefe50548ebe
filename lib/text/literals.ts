/** Takes known secrets out of text. */

/** Stands where a secret was. */
export const REDACTED = "[REDACTED]";

/** Shorter values are no keys, and replacing them would tear text apart. */
const MIN_SECRET_LENGTH = 6;

/** `text` with a placeholder wherever one of `secrets` stands. */
export function removeLiterals(text: string, secrets: readonly string[]): string {
  return secrets.map((secret) => secret.trim())
    .filter((secret) => secret.length >= MIN_SECRET_LENGTH)
    .reduce((result, secret) => result.replaceAll(secret, REDACTED), text);
}
