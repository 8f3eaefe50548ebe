/** Our fields as a block of XMP, beside whatever else a packet holds. */

const NAMESPACE = "urn:sogni-agent:metadata:1";
const OPEN = `<rdf:Description rdf:about="" xmlns:sogni="${NAMESPACE}"`;
const CLOSE = "</rdf:Description>";
const RDF_END = "</rdf:RDF>";

const EMPTY_PACKET = '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>' +
  '<x:xmpmeta xmlns:x="adobe:ns:meta/">' +
  '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"></rdf:RDF>' +
  '</x:xmpmeta><?xpacket end="w"?>';

/**
 * A packet with the fields; an earlier block of ours is replaced, everything else is kept.
 *
 * @param fields names are XML names without a colon
 * @param packet the packet that is there now
 * @param maxBytes fields that would make the packet longer are left out, later ones first
 */
export function writeXmp(
  fields: Readonly<Record<string, string>>,
  packet?: string,
  maxBytes = Infinity,
): string {
  const base = withoutBlock(packet?.includes(RDF_END) ? packet : EMPTY_PACKET);
  const standard = standardProperties(fields, base);
  const head = `${OPEN} xmlns:dc="http://purl.org/dc/elements/1.1/"` +
    ' xmlns:xmp="http://ns.adobe.com/xap/1.0/">';
  let room = maxBytes - byteLength(base) - byteLength(head) - CLOSE.length;
  let body = "";
  const own = Object.entries(fields).map(([name, value]) =>
    `<sogni:${name}>${escapeXml(value)}</sogni:${name}>`
  );
  for (const property of [...own, ...standard]) {
    room -= byteLength(property);
    if (room < 0) break;
    body += property;
  }
  const at = base.lastIndexOf(RDF_END);
  return base.slice(0, at) + head + body + CLOSE + base.slice(at);
}

/** The fields of our block; empty when there is none. */
export function readXmp(packet: string): Record<string, string> {
  const start = packet.indexOf(OPEN);
  if (start < 0) return {};
  const end = packet.indexOf(CLOSE, start);
  const block = packet.slice(start, end < 0 ? undefined : end);
  const fields: Record<string, string> = {};
  for (const [, name, value] of block.matchAll(/<sogni:([\w.-]+)>([^<]*)<\/sogni:\1>/g)) {
    if (name !== undefined && value !== undefined) fields[name] = unescapeXml(value);
  }
  return fields;
}

/** Prompt and program under the names that viewers know, unless the packet has them already. */
function standardProperties(fields: Readonly<Record<string, string>>, base: string): string[] {
  const properties: string[] = [];
  if (fields.software !== undefined && !base.includes("xmp:CreatorTool")) {
    properties.push(`<xmp:CreatorTool>${escapeXml(fields.software)}</xmp:CreatorTool>`);
  }
  if (fields.prompt !== undefined && !base.includes("dc:description")) {
    const text = `<rdf:li xml:lang="x-default">${escapeXml(fields.prompt)}</rdf:li>`;
    properties.push(`<dc:description><rdf:Alt>${text}</rdf:Alt></dc:description>`);
  }
  return properties;
}

function withoutBlock(packet: string): string {
  const start = packet.indexOf(OPEN);
  if (start < 0) return packet;
  const end = packet.indexOf(CLOSE, start);
  return end < 0 ? EMPTY_PACKET : packet.slice(0, start) + packet.slice(end + CLOSE.length);
}

const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };

function escapeXml(text: string): string {
  // A bare carriage return would be read back as a line feed.
  return text.replace(/[&<>]/g, (c) => ENTITIES[c] ?? c).replaceAll("\r", "&#13;");
}

function unescapeXml(text: string): string {
  return text.replaceAll("&#13;", "\r").replaceAll("&lt;", "<").replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");
}

function byteLength(text: string): number {
  return new TextEncoder().encode(text).length;
}
