/** Which numeric addresses an outbound request may reach. */

/** A parsed address: four or sixteen bytes. */
export type AddressBytes = readonly number[];

/** Reads an IPv4 (dotted, canonical) or IPv6 address; `undefined` when it is neither. */
export function parseAddress(text: string): AddressBytes | undefined {
  return text.includes(":") ? parseIpv6(text) : parseIpv4(text);
}

/** Where an address came from: written in the URL, or answered by the resolver. */
export type AddressOrigin = "literal" | "resolved";

/**
 * Says why an address is blocked, or `undefined` when it is public.
 *
 * @param text dotted IPv4 or IPv6 without brackets
 */
export function blockedReason(text: string, origin: AddressOrigin): string | undefined {
  const bytes = parseAddress(text);
  if (!bytes) return "not an IP address";
  if (bytes.length === 4) return firstMatch(bytes, BLOCKED_IPV4);
  if (inBlock(bytes, MAPPED)) {
    return origin === "literal"
      ? "an IPv4-mapped address"
      : firstMatch(bytes.slice(12), BLOCKED_IPV4);
  }
  if (!inBlock(bytes, GLOBAL_UNICAST)) return "outside the global unicast range";
  if (isIsatap(bytes)) return "an ISATAP address";
  return firstMatch(bytes, BLOCKED_IPV6);
}

/** True for loopback, private and link-local addresses: those a developer's own service may have. */
export function isLocalAddress(text: string): boolean {
  const bytes = parseAddress(text);
  return bytes !== undefined && !isMetadataAddress(text) &&
    firstMatch(bytes, LOCAL_BLOCKS) !== undefined;
}

/** True for the addresses at which clouds hand out credentials. */
export function isMetadataAddress(text: string): boolean {
  const bytes = parseAddress(text);
  if (!bytes) return false;
  const plain = bytes.length === 16 && inBlock(bytes, MAPPED) ? bytes.slice(12) : bytes;
  return firstMatch(plain, METADATA_BLOCKS) !== undefined;
}

/** A prefix and what it is for. */
interface Block {
  readonly bytes: AddressBytes;
  readonly bits: number;
  readonly why: string;
}

const BLOCKED_IPV4 = blocks([
  ["0.0.0.0/8", "this network"],
  ["10.0.0.0/8", "private"],
  ["100.64.0.0/10", "shared by carriers"],
  ["127.0.0.0/8", "loopback"],
  ["168.63.129.16/32", "a cloud platform endpoint"],
  ["169.254.0.0/16", "link-local"],
  ["172.16.0.0/12", "private"],
  ["192.0.0.0/24", "protocol assignments"],
  ["192.0.2.0/24", "documentation"],
  ["192.31.196.0/24", "AS112"],
  ["192.52.193.0/24", "AMT relay"],
  ["192.88.99.0/24", "6to4 relay"],
  ["192.168.0.0/16", "private"],
  ["192.175.48.0/24", "AS112"],
  ["198.18.0.0/15", "benchmarking"],
  ["198.51.100.0/24", "documentation"],
  ["203.0.113.0/24", "documentation"],
  ["224.0.0.0/4", "multicast"],
  ["240.0.0.0/4", "reserved"],
]);

const BLOCKED_IPV6 = blocks([
  ["2001::/23", "protocol assignments"],
  ["2001:db8::/32", "documentation"],
  ["2002::/16", "6to4"],
  ["2620:4f:8000::/48", "AS112"],
  ["3fff::/20", "documentation"],
]);

const LOCAL_BLOCKS = blocks([
  ["10.0.0.0/8", "private"],
  ["127.0.0.0/8", "loopback"],
  ["169.254.0.0/16", "link-local"],
  ["172.16.0.0/12", "private"],
  ["192.168.0.0/16", "private"],
  ["::1/128", "loopback"],
  ["fc00::/7", "private"],
  ["fe80::/10", "link-local"],
]);

const METADATA_BLOCKS = blocks([
  ["169.254.169.254/32", "metadata"],
  ["169.254.170.2/32", "container credentials"],
  ["168.63.129.16/32", "platform"],
  ["100.100.100.200/32", "metadata"],
  ["192.0.0.192/32", "metadata"],
  ["fd00:ec2::254/128", "metadata"],
]);

const [GLOBAL_UNICAST, MAPPED] = blocks([
  ["2000::/3", "global unicast"],
  ["::ffff:0:0/96", "IPv4-mapped"],
]) as [Block, Block];

function blocks(rows: readonly (readonly [string, string])[]): Block[] {
  return rows.map(([cidr, why]) => {
    const [prefix = "", bits = ""] = cidr.split("/");
    return { bytes: parseAddress(prefix) ?? [], bits: Number(bits), why };
  });
}

function firstMatch(bytes: AddressBytes, list: readonly Block[]): string | undefined {
  return list.find((block) => inBlock(bytes, block))?.why;
}

function inBlock(bytes: AddressBytes, block: Block): boolean {
  if (bytes.length !== block.bytes.length) return false;
  for (let bit = 0; bit < block.bits; bit += 8) {
    const mask = 0xff << Math.max(0, 8 - (block.bits - bit)) & 0xff;
    const index = bit / 8;
    if (((bytes[index] ?? 0) & mask) !== ((block.bytes[index] ?? 0) & mask)) return false;
  }
  return true;
}

// The interface id 0000:5efe:a.b.c.d (or 0200:5efe) carries an IPv4 address.
function isIsatap(bytes: AddressBytes): boolean {
  return ((bytes[8] ?? 0) & 0xfd) === 0 && bytes[9] === 0 && bytes[10] === 0x5e &&
    bytes[11] === 0xfe;
}

function parseIpv4(text: string): AddressBytes | undefined {
  const parts = text.split(".");
  if (parts.length !== 4) return undefined;
  const bytes = parts.map((part) => /^(?:0|[1-9]\d{0,2})$/.test(part) ? Number(part) : 256);
  return bytes.every((byte) => byte < 256) ? bytes : undefined;
}

function parseIpv6(text: string): AddressBytes | undefined {
  const halves = text.split("::");
  if (halves.length > 2) return undefined;
  const head = parseGroups(halves[0] ?? "", halves.length === 1);
  const tail = halves.length === 2 ? parseGroups(halves[1] ?? "", true) : [];
  if (!head || !tail) return undefined;
  const gap = 16 - head.length - tail.length;
  if (halves.length === 1 ? gap !== 0 : gap < 2) return undefined;
  return [...head, ...new Array<number>(gap).fill(0), ...tail];
}

function parseGroups(text: string, mayEndInIpv4: boolean): number[] | undefined {
  if (text === "") return [];
  const bytes: number[] = [];
  const groups = text.split(":");
  for (const [index, group] of groups.entries()) {
    if (mayEndInIpv4 && index === groups.length - 1 && group.includes(".")) {
      const ipv4 = parseIpv4(group);
      if (!ipv4) return undefined;
      bytes.push(...ipv4);
      continue;
    }
    if (!/^[0-9a-f]{1,4}$/i.test(group)) return undefined;
    const value = parseInt(group, 16);
    bytes.push(value >> 8, value & 0xff);
  }
  return bytes;
}
