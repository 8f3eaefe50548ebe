/** The bill of materials of the bundle, in CycloneDX 1.6. Pure. */
import { createHash } from "node:crypto";

/** A package that is part of the bundle. */
export interface BundledPackage {
  readonly name: string;
  readonly version: string;
  /** As the lock file has it: `sha512-…` in base64. */
  readonly integrity?: string;
  readonly license?: string;
}

/**
 * The packages whose files esbuild put into the bundle.
 *
 * @param inputs paths of the metafile
 * @param lock `deno.lock`, parsed
 */
export function bundledPackages(
  inputs: readonly string[],
  lock: { readonly npm?: Readonly<Record<string, { readonly integrity?: string }>> },
): BundledPackage[] {
  const found = new Map<string, BundledPackage>();
  for (const input of inputs) {
    const [, folder = ""] = /node_modules\/\.deno\/([^/]+)\/node_modules\//.exec(input) ?? [];
    // `@scope+name@1.2.3` and, for a package with peers, `name@1.2.3_peer@…`.
    const match = /^(@?[^@]+)@([^_]+)/.exec(folder);
    if (!match) continue;
    const [, stored = "", version = ""] = match;
    const name = stored.replace("+", "/");
    const key = Object.keys(lock.npm ?? {})
      .find((each) => each === `${name}@${version}` || each.startsWith(`${name}@${version}_`));
    const integrity = key === undefined ? undefined : lock.npm?.[key]?.integrity;
    found.set(`${name}@${version}`, {
      name,
      version,
      ...(integrity === undefined ? {} : { integrity }),
    });
  }
  return [...found.values()].sort((a, b) => a.name < b.name ? -1 : 1);
}

/**
 * The document. Its serial number follows from its content, so that it can be made again.
 *
 * @param runtime version of Deno that is embedded
 */
export function renderSbom(
  version: string,
  runtime: string,
  packages: readonly BundledPackage[],
  timestamp: string,
): string {
  const purl = `pkg:npm/%40sogni-ai/sogni-creative-agent-skill@${version}`;
  const components = [
    {
      type: "platform",
      "bom-ref": `deno@${runtime}`,
      name: "deno",
      version: runtime,
      licenses: [{ license: { id: "MIT" } }],
    },
    ...packages.map(toComponent),
  ];
  const digest = createHash("sha256").update(JSON.stringify([purl, components])).digest("hex");
  const serial = digest.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, "$1-$2-4$3-8$4-$5");
  return `${
    JSON.stringify(
      {
        $schema: "http://cyclonedx.org/schema/bom-1.6.schema.json",
        bomFormat: "CycloneDX",
        specVersion: "1.6",
        serialNumber: `urn:uuid:${serial}`,
        version: 1,
        metadata: {
          timestamp,
          component: {
            type: "application",
            "bom-ref": purl,
            name: "sogni-agent",
            version,
            purl,
            licenses: [{ license: { id: "MIT" } }],
          },
        },
        components,
        dependencies: [
          { ref: purl, dependsOn: components.map((component) => component["bom-ref"]) },
        ],
      },
      null,
      2,
    )
  }\n`;
}

function toComponent({ name, version, integrity, license }: BundledPackage) {
  const purl = `pkg:npm/${name.replace("@", "%40")}@${version}`;
  const [algorithm, value] = integrity?.split("-", 2) ?? [];
  return {
    type: "library",
    "bom-ref": purl,
    name,
    version,
    purl,
    ...(license === undefined ? {} : { licenses: [{ expression: license }] }),
    ...(algorithm === "sha512" && value !== undefined
      ? { hashes: [{ alg: "SHA-512", content: hex(value) }] }
      : {}),
  };
}

function hex(base64: string): string {
  return [...atob(base64)].map((char) => char.charCodeAt(0).toString(16).padStart(2, "0")).join("");
}
