/** Local ids of jobs: short, sorted by time, easy to read out. */

/** Without letters that look like digits. */
const ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
const TIME_DIGITS = 7;
const RANDOM_DIGITS = 4;

/**
 * Seven digits of seconds, four that are random.
 *
 * @param now epoch milliseconds
 */
export function newJobId(now: number): string {
  const random = crypto.getRandomValues(new Uint8Array(RANDOM_DIGITS));
  return digits(Math.floor(now / 1000), TIME_DIGITS) +
    [...random].map((byte) => ALPHABET[byte % ALPHABET.length]).join("");
}

function digits(value: number, length: number): string {
  let text = "";
  for (let rest = value; text.length < length; rest = Math.floor(rest / ALPHABET.length)) {
    text = `${ALPHABET[rest % ALPHABET.length]}${text}`;
  }
  return text;
}
