/** Host names that never leave the machine or its network, and ports that speak other protocols. */

/**
 * Says why a host name is refused before it is looked up, or `undefined` when it may be.
 *
 * @param host lower-case ASCII, as a parsed URL holds it
 */
export function blockedNameReason(host: string): string | undefined {
  const name = host.replace(/\.$/, "");
  if (!name.includes(".")) return "a single-label name";
  const suffix = LOCAL_SUFFIXES.find((end) => name.endsWith(end));
  if (suffix) return `a name below "${suffix.slice(1)}"`;
  if (name.startsWith("kubernetes.default")) return "a cluster-internal name";
  if (!/^[a-z0-9._-]+$/.test(name)) return "a name with characters that host names do not have";
  return undefined;
}

/** True when requests to this port are refused: it belongs to another protocol. */
export function isForbiddenPort(port: number): boolean {
  return port === 0 || FORBIDDEN_PORTS.has(port) || (port >= 6665 && port <= 6669);
}

const LOCAL_SUFFIXES = [".localhost", ".local", ".internal", ".home.arpa", ".onion"];

// The fetch standard's list, then databases and caches that answer to anything sent to them.
// deno-fmt-ignore
const FORBIDDEN_PORTS = new Set([
  1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101, 102,
  103, 104, 109, 110, 111, 113, 115, 117, 119, 123, 135, 137, 139, 143, 161, 179, 389, 427, 465,
  512, 513, 514, 515, 526, 530, 531, 532, 540, 548, 554, 556, 563, 587, 601, 636, 989, 990, 993,
  995, 1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566, 6679, 6697, 10080,
  2375, 3306, 5432, 6379, 11211, 27017,
]);
