import { assertEquals, assertStringIncludes } from "@std/assert";
import { AppError } from "../errors/app_error.ts";
import { redactText } from "../text/redact.ts";
import { apiOriginPolicy, checkApiOrigin, resolveApiBaseUrl } from "./api_origin.ts";

const HOSTS = { SOGNI_API_ALLOWED_HOSTS: "staging.example" };
const UNSAFE = { SOGNI_ALLOW_UNSAFE_API_BASE_URL: "1" };
const REFUSED = "UNSAFE_API_BASE_URL";

/** Case, base URL, environment, base that is used or the error code, resolver's answer. */
type Row = readonly [string, string, Record<string, string>, string, (readonly string[])?];

const ROWS: readonly Row[] = [
  ["C1", "https://api.sogni.ai", {}, "https://api.sogni.ai"],
  ["C2", "https://API.SOGNI.AI/", {}, "https://api.sogni.ai"],
  ["C3", "https://api.sogni.ai:8443", {}, REFUSED],
  ["C4", "https://api.sogni.ai.", {}, REFUSED],
  ["C5", "http://api.sogni.ai", {}, REFUSED],
  ["C6", "https://api.sogni.ai@evil.example", {}, REFUSED],
  ["C7", "https://user:pw@api.sogni.ai", {}, REFUSED],
  ["C7 unsafe", "https://user:pw@api.sogni.ai", UNSAFE, REFUSED],
  ["C8", "https://api.sogni.ai\\@evil.example", {}, "https://api.sogni.ai/@evil.example"],
  ["C9", "https://evil.example/api.sogni.ai", {}, REFUSED],
  ["C10", "https://api.sogni.ai.evil.example", {}, REFUSED],
  ["C11 (not valid punycode)", "https://xn--api-sogni-abc.example", {}, "INVALID_API_BASE_URL"],
  ["C12", "https://staging.example", HOSTS, "https://staging.example"],
  ["C13", "https://a.staging.example", HOSTS, REFUSED],
  ["C14", "https://staging.example", HOSTS, REFUSED, ["10.0.0.5"]],
  ["C14 unresolved", "https://staging.example", HOSTS, REFUSED, []],
  ["C15", "http://127.0.0.1:4010", {}, REFUSED],
  ["C16", "http://127.0.0.1:4010", UNSAFE, "http://127.0.0.1:4010"],
  ["C16 name", "http://localhost:4010/v/", UNSAFE, "http://localhost:4010/v"],
  ["C16 private", "http://192.168.1.4:4010", UNSAFE, "http://192.168.1.4:4010"],
  ["C16 IPv6", "http://[::1]:4010", UNSAFE, "http://[::1]:4010"],
  ["C17", "http://127.0.0.1:4010", { SOGNI_ALLOW_UNSAFE_API_BASE_URL: "true" }, REFUSED],
  ["C18", "http://evil.example", UNSAFE, REFUSED],
  ["C18 https", "https://evil.example", UNSAFE, REFUSED],
  ["C18 literal", "http://93.184.216.34", UNSAFE, REFUSED],
  ["C19", "http://169.254.169.254", UNSAFE, REFUSED],
  ["C19 azure", "http://168.63.129.16", UNSAFE, REFUSED],
  ["C19 v6", "http://[fd00:ec2::254]", UNSAFE, REFUSED],
  ["C19 by name", "http://staging.example", { ...UNSAFE, ...HOSTS }, REFUSED, ["169.254.169.254"]],
  [
    "listed, local",
    "http://staging.example:81",
    { ...UNSAFE, ...HOSTS },
    "http://staging.example:81",
    [
      "10.0.0.5",
    ],
  ],
  [
    "listed, public, plain",
    "http://staging.example",
    { ...UNSAFE, ...HOSTS },
    "http://staging.example",
  ],
  ["listed, public, port", "https://staging.example:81", { ...UNSAFE, ...HOSTS }, REFUSED],
  ["C20", "https://[::1]:4010", {}, REFUSED],
  ["C21", "ftp://api.sogni.ai", UNSAFE, REFUSED],
  ["C22", "not a url", {}, "INVALID_API_BASE_URL"],
  ["query", "https://api.sogni.ai/?a=1", {}, "INVALID_API_BASE_URL"],
  ["control", "https://api.so\ngni.ai", {}, "INVALID_API_BASE_URL"],
  ["prefix", "https://api.sogni.ai/proxy/", {}, "https://api.sogni.ai/proxy"],
];

const asked = (text: string) => ({ text, name: "SOGNI_API_BASE_URL" });

Deno.test("which origins may receive the key", async () => {
  for (const [name, text, env, expected, answer] of ROWS) {
    const resolve = () => Promise.resolve([...(answer ?? ["93.184.216.34"])]);
    let got: string;
    try {
      got = (await checkApiOrigin(asked(text), apiOriginPolicy(env), resolve)).base;
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      got = error.code;
      assertEquals(error.message.includes("pw@"), false, name);
    }
    assertEquals(got, expected, name);
  }
});

Deno.test("only origins that needed the opt-in are marked", async () => {
  const resolve = () => Promise.resolve(["93.184.216.34"]);
  const check = (text: string) => checkApiOrigin(asked(text), apiOriginPolicy(UNSAFE), resolve);
  assertEquals((await check("https://api.sogni.ai")).optedIn, false);
  assertEquals((await check("http://127.0.0.1:1")).optedIn, true);
});

Deno.test("a refusal names the variables that would allow the origin, and survives redaction", async () => {
  const refuse = async (text: string) => {
    const error = await checkApiOrigin(asked(text), apiOriginPolicy({})).catch((e) => e);
    assertEquals(redactText(error.message), error.message);
    return error;
  };
  const loopback = await refuse("http://127.0.0.1:1");
  assertStringIncludes(loopback.message, "SOGNI_ALLOW_UNSAFE_API_BASE_URL=1");
  assertStringIncludes(String(loopback.hint), "SOGNI_ALLOW_UNSAFE_API_BASE_URL=1");
  const stranger = await refuse("https://evil.example");
  assertStringIncludes(stranger.message, "SOGNI_API_ALLOWED_HOSTS");
  assertStringIncludes(stranger.message, "SOGNI_ALLOW_UNSAFE_API_BASE_URL");
  assertStringIncludes(stranger.message, '"evil.example" is not on the list');
  // So does every origin that the list or the opt-in would allow.
  for (const text of ["http://127.0.0.2:4010", "https://api.sogni.ai:8443", "http://10.0.0.5"]) {
    const { message } = await refuse(text);
    assertStringIncludes(message, "SOGNI_API_ALLOWED_HOSTS", text);
    assertStringIncludes(message, "SOGNI_ALLOW_UNSAFE_API_BASE_URL", text);
  }
});

Deno.test("what is wrong is said of the flag, the key or the variable that gave it", async () => {
  const rows: [Parameters<typeof resolveApiBaseUrl>[0], string][] = [
    [{ flag: "nonsense", env: {} }, '--api-base-url "nonsense" is not a usable URL.'],
    [{ config: "nonsense", env: {} }, 'apiBaseUrl "nonsense" is not a usable URL.'],
    [
      { env: { SOGNI_API_BASE_URL: "a\u001bb" } },
      'SOGNI_API_BASE_URL "a\\u001bb" is not a usable URL.',
    ],
    [{ env: { SOGNI_REST_ENDPOINT: "x" } }, 'SOGNI_REST_ENDPOINT "x" is not a usable URL.'],
    // It could be a password.
    [{ env: { SOGNI_API_BASE_URL: "u:pw@h" } }, "SOGNI_API_BASE_URL uses the protocol"],
    [
      { env: { SOGNI_API_BASE_URL: "https://u:pw@h:x" } },
      "SOGNI_API_BASE_URL is not a usable URL.",
    ],
    [{ env: { SOGNI_REST_ENDPOINT: "https://u:pw@h" } }, "SOGNI_REST_ENDPOINT carries a user name"],
    [
      { env: { SOGNI_REST_ENDPOINT: "http://[::1]" } },
      "SOGNI_REST_ENDPOINT http://[::1] is on this",
    ],
  ];
  for (const [sources, expected] of rows) {
    const base = resolveApiBaseUrl(sources);
    const error: AppError = await checkApiOrigin(base, apiOriginPolicy({})).catch((e) => e);
    assertStringIncludes(error.message, expected);
    assertEquals(error.message.includes("pw"), false);
    assertEquals(error.details?.source, base.name);
  }
});

Deno.test("entries that can never match are named", () => {
  const policy = apiOriginPolicy({
    SOGNI_API_ALLOWED_HOSTS: " A.example, https://b.example ,c.example:8443,*.d.example,, [::1]",
  });
  assertEquals(policy.allowedHosts, ["api.sogni.ai", "a.example"]);
  assertEquals(policy.uselessEntries, [
    "https://b.example",
    "c.example:8443",
    "*.d.example",
    "[::1]",
  ]);
});

Deno.test("the base URL comes from flag, configuration, environment, default", () => {
  const env = { SOGNI_API_BASE_URL: "https://c/", SOGNI_REST_ENDPOINT: "https://d" };
  const rows: [Parameters<typeof resolveApiBaseUrl>[0], string][] = [
    [{ flag: "https://a//", config: "https://b", env }, "https://a"],
    [{ config: "https://b/p/", env }, "https://b/p"],
    [{ flag: "", env }, "https://c"],
    [{ env: { SOGNI_API_BASE_URL: "", SOGNI_REST_ENDPOINT: "https://d" } }, "https://d"],
    [{ env: {} }, "https://api.sogni.ai"],
  ];
  for (const [sources, expected] of rows) assertEquals(resolveApiBaseUrl(sources).text, expected);
});
