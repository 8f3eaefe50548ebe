/**
 * Hundreds of URLs for the guard, made from the blocks of the IANA special-purpose registries (RFC
 * 6890 and its updates): both ends and the middle of each in every notation that URLs know, and
 * what lies just outside of them.
 */
import { assert, assertEquals } from "@std/assert";
import { AppError } from "../errors/app_error.ts";
import { checkUrl } from "./url_guard.ts";

const BLOCKS_4 = [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.31.196.0", 24],
  ["192.52.193.0", 24],
  ["192.88.99.0", 24],
  ["192.168.0.0", 16],
  ["192.175.48.0", 24],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 4],
  ["240.0.0.0", 4],
] as const;

/** First and last address of each block. */
const BLOCKS_6 = [
  ["::", "::1"],
  ["::ffff:0:0", "::ffff:ffff:ffff"],
  ["64:ff9b::", "64:ff9b::ffff:ffff"],
  ["64:ff9b:1::", "64:ff9b:1:ffff:ffff:ffff:ffff:ffff"],
  ["100::", "100::ffff:ffff:ffff:ffff"],
  ["2001::", "2001:0:ffff:ffff:ffff:ffff:ffff:ffff"],
  ["2001:2::", "2001:2:0:ffff:ffff:ffff:ffff:ffff"],
  ["2001:10::", "2001:1f:ffff:ffff:ffff:ffff:ffff:ffff"],
  ["2001:20::", "2001:2f:ffff:ffff:ffff:ffff:ffff:ffff"],
  ["2001:db8::", "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff"],
  ["2002::", "2002:ffff:ffff:ffff:ffff:ffff:ffff:ffff"],
  ["2620:4f:8000::", "2620:4f:8000:ffff:ffff:ffff:ffff:ffff"],
  ["3fff::", "3fff:fff:ffff:ffff:ffff:ffff:ffff:ffff"],
  ["5f00::", "5f00:ffff:ffff:ffff:ffff:ffff:ffff:ffff"],
  ["fc00::", "fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"],
  ["fe80::", "febf:ffff:ffff:ffff:ffff:ffff:ffff:ffff"],
  ["fec0::", "feff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"],
  ["ff00::", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"],
] as const;

const GOOD_6 = [
  "2606:4700:4700::1111",
  "2001:4860:4860::8888",
  "2001:200::1",
  "2003::1",
  "2400:cb00::1",
  "2620:fe::fe",
  "2620:4f:7fff::1",
  "2620:4f:8001::1",
  "2a00:1450:4001::1",
  "2c0f:f248::1",
  "2001:1900::1",
];

const number = (address: string) =>
  address.split(".").reduce((sum, part) => sum * 256 + Number(part), 0);
const dotted = (value: number) =>
  [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256).join(".");
const ends = ([first, bits]: typeof BLOCKS_4[number]) =>
  [number(first), number(first) + 2 ** (32 - bits) - 1] as const;
const isBlocked = (value: number) =>
  BLOCKS_4.some((block) => ends(block)[0] <= value && value <= ends(block)[1]);

/** Ways to write an IPv4 address in a URL that all mean the same. */
function notations(value: number): string[] {
  const text = dotted(value);
  const parts = text.split(".").map(Number);
  const [a = 0, b = 0] = parts;
  return [
    text,
    String(value),
    `0x${value.toString(16)}`,
    parts.map((part) => `0${part.toString(8)}`).join("."),
    `${a}.${b}.${value % 65536}`,
    `${text}.`,
    `[::ffff:${text}]`,
  ];
}

async function isAccepted(url: string): Promise<boolean> {
  try {
    await checkUrl(url, { resolve: () => Promise.resolve(["93.184.216.34"]) });
    return true;
  } catch (error) {
    if (error instanceof AppError && error.code === "INVALID_URL") return false;
    throw error;
  }
}

Deno.test("none of hundreds of forbidden URLs is accepted", async () => {
  const hosts = BLOCKS_4.flatMap((block) => {
    const [first, last] = ends(block);
    return [first, Math.floor((first + last) / 2), last].flatMap(notations);
  });
  const six = BLOCKS_6.flat().map((address) => `[${address}]`);
  const urls = [...hosts, ...six].flatMap((host) => [`https://${host}/a.png`, `http://${host}/`]);
  assert(urls.length >= 800, String(urls.length));
  const accepted: string[] = [];
  for (const url of urls) if (await isAccepted(url)) accepted.push(url);
  assertEquals(accepted, []);
});

Deno.test("none of the good URLs beside them is refused", async () => {
  const beside = BLOCKS_4.flatMap((block) => [ends(block)[0] - 1, ends(block)[1] + 1])
    .filter((value) => value > 0 && value < 2 ** 32 && !isBlocked(value)).map(dotted);
  const known = [
    "1.1.1.1",
    "8.8.8.8",
    "9.9.9.9",
    "93.184.216.34",
    "151.101.1.69",
    "223.255.255.254",
  ];
  const names = ["cdn.example", "a.b.c.example", "xn--bcher-kva.example", "sogni.ai", "1.example"];
  const hosts = [...beside, ...known, ...names, ...GOOD_6.map((address) => `[${address}]`)];
  const urls = hosts.flatMap((host) => [`https://${host}/a.png?x=1`, `https://${host}:8443/#f`]);
  assert(urls.length >= 60, String(urls.length));
  const refused: string[] = [];
  for (const url of urls) if (!await isAccepted(url)) refused.push(url);
  assertEquals(refused, []);
});
