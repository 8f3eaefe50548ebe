import { assertEquals } from "@std/assert";
import { apiOriginPolicy } from "../net/api_origin.ts";
import { warnOfOrigin } from "./origin_warnings.ts";

function warned(hosts: string, optedIn: boolean): string[] {
  const lines: string[] = [];
  const policy = apiOriginPolicy({ SOGNI_API_ALLOWED_HOSTS: hosts });
  const report = { important: (text: string) => void lines.push(text) };
  warnOfOrigin(report, { base: "http://127.0.0.1:1", optedIn, policy });
  return lines;
}

Deno.test("an unsafe origin and hosts listed in vain are one warning each", () => {
  assertEquals(warned("a.example", false), []);
  assertEquals(warned("", true), [
    "Warning: the API key goes to http://127.0.0.1:1 because SOGNI_ALLOW_UNSAFE_API_BASE_URL is set.",
  ]);
  assertEquals(warned("https://a.example, b.example, *.c.example", false), [
    'Warning: SOGNI_API_ALLOWED_HOSTS holds "https://a.example", "*.c.example": ' +
    "list bare host names, others never match.",
  ]);
});
