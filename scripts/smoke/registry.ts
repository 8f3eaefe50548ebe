/** A package registry on this machine that has a few packed packages and nothing else. */
import { createHash } from "node:crypto";
import * as fs from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** A package as `npm pack` makes it. */
export interface PackedPackage {
  /** Its `package.json`. */
  readonly manifest: Readonly<Record<string, unknown>> & { name: string; version: string };
  /** Path of the archive. */
  readonly tarball: string;
}

/** A running registry. */
export interface Registry {
  /** What npm is told, in `npm_config_registry`. */
  readonly url: string;
  /** Paths that were asked for. */
  readonly asked: readonly string[];
  close(): Promise<void>;
}

/** Serves the packages on loopback, each with its one version, which is the latest. */
export async function serveRegistry(packages: readonly PackedPackage[]): Promise<Registry> {
  const asked: string[] = [];
  let url = "";
  const server = createServer(async (request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? "", url).pathname.slice(1));
    asked.push(path);
    const wanted = packages.find(({ manifest }) => path === manifest.name);
    const packed = packages.find((each) => path === archiveOf(each));
    if (wanted) {
      response.setHeader("content-type", "application/json");
      response.end(JSON.stringify(await documentOf(wanted, url)));
    } else if (packed) {
      response.end(await fs.readFile(packed.tarball));
    } else {
      response.writeHead(404).end("{}");
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  return {
    url,
    asked,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

async function documentOf(
  item: PackedPackage,
  url: string,
): Promise<Record<string, unknown>> {
  const { name, version } = item.manifest;
  const bytes = await fs.readFile(item.tarball);
  const integrity = `sha512-${createHash("sha512").update(bytes).digest("base64")}`;
  const dist = { tarball: `${url}${archiveOf(item)}`, integrity };
  return {
    name,
    "dist-tags": { latest: version },
    versions: { [version]: { ...item.manifest, dist } },
  };
}

function archiveOf({ manifest: { name, version } }: PackedPackage): string {
  return `${name}/-/${name.slice(name.lastIndexOf("/") + 1)}-${version}.tgz`;
}
