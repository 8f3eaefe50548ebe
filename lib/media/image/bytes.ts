/** Small helpers for file formats. */

/** The parts, one after the other. */
export function concatBytes(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Bytes as text, one character for each. */
export function latin1(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
}

/** True when the data begins with the Latin-1 text. */
export function startsWith(data: Uint8Array, text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    if (data[i] !== text.charCodeAt(i)) return false;
  }
  return true;
}

/** Big- and little-endian access to the bytes themselves. */
export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
