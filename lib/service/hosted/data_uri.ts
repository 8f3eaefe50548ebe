/** `data:` values. */
import { AppError } from "../../errors/app_error.ts";

/**
 * The bytes of a base64 `data:` value.
 *
 * @throws AppError `INVALID_MEDIA_REFERENCE` when it is not base64, empty or not canonical
 */
export function decodeDataUri(value: string, flag: string): Uint8Array<ArrayBuffer> {
  const match = /^data:[^,]*;base64,(.*)$/is.exec(value);
  const text = match?.[1] ?? "";
  let binary = "";
  try {
    binary = match ? atob(text) : "";
  } catch {
    binary = "";
  }
  if (binary === "" || btoa(binary) !== text) {
    throw new AppError("INVALID_MEDIA_REFERENCE", `${flag}: the data: value is not base64 data.`, {
      details: { flag },
      hint: "Write data:<type>;base64,<data> with padding and without blanks, or give a file.",
    });
  }
  const bytes = new Uint8Array(binary.length);
  for (let index = 0; index < binary.length; index += 1) bytes[index] = binary.charCodeAt(index);
  return bytes;
}

/** Bytes as a `data:` value. */
export function encodeDataUri(mimeType: string, bytes: Uint8Array): string {
  const chunks: string[] = [];
  const step = 0x6000; // a multiple of three, so that pieces join without padding between them
  for (let at = 0; at < bytes.length; at += step) {
    chunks.push(btoa(String.fromCharCode(...bytes.subarray(at, at + step))));
  }
  return `data:${mimeType};base64,${chunks.join("")}`;
}
