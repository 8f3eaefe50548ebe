import { assertEquals } from "@std/assert";
import { parseChangelog, selectEntries } from "./changelog.ts";

const TEXT = [
  "# Changelog",
  "",
  "About this file.",
  "",
  "## [3.11.0] - 2027-02-01",
  "",
  "- Newer.",
  "",
  "## 3.10.0",
  "First line.",
  "### 9.9.9 is no version of ours",
  "",
  "# 3.9.1 (hotfix)\r",
  "",
  "",
  "## [3.9.0-beta.1]",
  "- Beta.",
  "##3.8.0",
  "## v3.7.0",
].join("\n");

Deno.test("a heading of one or two hashes with a version begins an entry", () => {
  assertEquals(parseChangelog(TEXT), [
    { version: "3.11.0", heading: "## [3.11.0] - 2027-02-01", body: "- Newer." },
    {
      version: "3.10.0",
      heading: "## 3.10.0",
      body: "First line.\n### 9.9.9 is no version of ours",
    },
    { version: "3.9.1", heading: "# 3.9.1 (hotfix)", body: "" },
    { version: "3.9.0-beta.1", heading: "## [3.9.0-beta.1]", body: "- Beta.\n##3.8.0\n## v3.7.0" },
  ]);
  assertEquals(parseChangelog("nothing here"), []);
});

Deno.test("without a version the running one is shown, with one what is newer", () => {
  const entries = parseChangelog(TEXT);
  const rows: [string, string | undefined, string[]][] = [
    ["3.10.0", undefined, ["3.10.0"]],
    ["4.0.0", undefined, ["3.11.0"]],
    ["3.10.0", "3.9.0", ["3.10.0", "3.9.1"]],
    ["3.10.0", "3.9.1", ["3.10.0"]],
    ["3.10.0", "1.0.0", ["3.10.0", "3.9.1", "3.9.0-beta.1"]],
    ["3.11.0", "3.10.0", ["3.11.0"]],
    ["3.10.0", "3.10.0", []],
    ["3.10.0", "9.0.0", []],
    ["3.10.0", "v3.8.0", []],
    ["3.10.0", "3.8", []],
    ["3.10.0", "", []],
  ];
  for (const [running, since, expected] of rows) {
    const shown = selectEntries(entries, running, since).map(({ version }) => version);
    assertEquals(shown, expected, `${running} since ${since}`);
  }
  assertEquals(selectEntries([], "3.10.0"), []);
});

Deno.test("at most ten entries are shown", () => {
  const entries = Array.from({ length: 30 }, (_, patch) => ({
    version: `1.0.${30 - patch}`,
    heading: "",
    body: "",
  }));
  const shown = selectEntries(entries, "1.0.25", "1.0.1");
  assertEquals([shown.length, shown[0]?.version, shown[9]?.version], [10, "1.0.25", "1.0.16"]);
});
