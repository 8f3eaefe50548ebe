import { assertEquals, assertMatch } from "@std/assert";
import { bundledPackages, renderSbom } from "./sbom.ts";

const INPUTS = [
  "main.ts",
  "node_modules/.deno/ws@8.23.0/node_modules/ws/wrapper.mjs",
  "node_modules/.deno/ws@8.23.0/node_modules/ws/lib/a.js",
  "node_modules/.deno/@sogni-ai+sogni-client@5.54.0/node_modules/@sogni-ai/sogni-client/x.js",
  "node_modules/.deno/isomorphic-ws@5.0.0_ws@8.23.0/node_modules/isomorphic-ws/node.js",
];
const LOCK = {
  npm: {
    "ws@8.23.0": { integrity: "sha512-AAEC" },
    "isomorphic-ws@5.0.0_ws@8.23.0": { integrity: "sha512-/w==" },
    "esbuild@0.28.2": { integrity: "sha512-BBBB" },
  },
};

Deno.test("packages are those whose files are in the bundle, each once", () => {
  assertEquals(bundledPackages(INPUTS, LOCK), [
    { name: "@sogni-ai/sogni-client", version: "5.54.0" },
    { name: "isomorphic-ws", version: "5.0.0", integrity: "sha512-/w==" },
    { name: "ws", version: "8.23.0", integrity: "sha512-AAEC" },
  ]);
});

Deno.test("the document names program, runtime and packages, and can be made again", () => {
  const make = (time: string) =>
    JSON.parse(renderSbom("3.10.0", "2.9.6", bundledPackages(INPUTS, LOCK), time));
  const sbom = make("2026-07-04T00:00:00Z");
  assertEquals([sbom.bomFormat, sbom.specVersion], ["CycloneDX", "1.6"]);
  assertEquals(
    sbom.components.map((each: { purl?: string; name: string }) => each.purl ?? each.name),
    [
      "deno",
      "pkg:npm/%40sogni-ai/sogni-client@5.54.0",
      "pkg:npm/isomorphic-ws@5.0.0",
      "pkg:npm/ws@8.23.0",
    ],
  );
  assertEquals(sbom.components[3].hashes, [{ alg: "SHA-512", content: "000102" }]);
  const refs = sbom.components.map((each: Record<string, string>) => each["bom-ref"]);
  assertEquals(new Set(refs).size, refs.length);
  assertEquals(sbom.dependencies[0].dependsOn, refs);
  assertMatch(
    sbom.serialNumber,
    /^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/,
  );
  assertEquals(make("2027-01-01T00:00:00Z").serialNumber, sbom.serialNumber);
});
