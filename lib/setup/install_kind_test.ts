import { assertEquals } from "@std/assert";
import { type Installed, type InstallFacts, installKind } from "./install_kind.ts";

const PACKAGE = "node_modules/@sogni-ai/sogni-creative-agent-skill/bin/sogni-agent.mjs";

Deno.test("the place of the program tells who installed it", () => {
  const rows: [InstallFacts["form"], string | string[], Installed][] = [
    ["executable", "/home/mara/bin/sogni-agent", { kind: "binary" }],
    ["executable", "/usr/local/bin/sogni-agent", { kind: "binary" }],
    ["executable", "C:\\Users\\mara\\bin\\sogni-agent.exe", { kind: "binary" }],
    [
      "executable",
      ["/opt/homebrew/bin/sogni-agent", "/opt/homebrew/Cellar/sogni-agent/3.10.0/bin/sogni-agent"],
      { kind: "homebrew", name: "sogni-agent" },
    ],
    [
      "executable",
      "/home/linuxbrew/.linuxbrew/Cellar/sogni-agent@3/3.10.0/bin/sogni-agent",
      { kind: "homebrew", name: "sogni-agent@3" },
    ],
    [
      "node",
      `/opt/homebrew/Cellar/sogni-agent/3.10.0/libexec/lib/${PACKAGE}`,
      { kind: "homebrew", name: "sogni-agent" },
    ],
    ["node", `/opt/homebrew/Cellar/node@22/22.13.0/lib/${PACKAGE}`, { kind: "npm" }],
    [
      "executable",
      "C:\\Users\\mara\\scoop\\apps\\sogni-agent\\current\\sogni-agent.exe",
      { kind: "scoop", name: "sogni-agent" },
    ],
    [
      "executable",
      "C:\\ProgramData\\Scoop\\apps\\sogni-agent\\3.10.0\\sogni-agent.exe",
      { kind: "scoop", name: "sogni-agent" },
    ],
    ["node", `C:\\Users\\mara\\scoop\\apps\\nodejs-lts\\current\\bin\\${PACKAGE}`, { kind: "npm" }],
    ["node", `/usr/local/lib/${PACKAGE}`, { kind: "npm" }],
    ["node", `/home/mara/.nvm/versions/node/v22.13.0/lib/${PACKAGE}`, { kind: "npm" }],
    ["node", `C:\\Users\\mara\\AppData\\Roaming\\npm\\${PACKAGE}`, { kind: "npm" }],
    ["node", `/home/mara/.local/share/pnpm/global/5/${PACKAGE}`, { kind: "pnpm" }],
    ["node", `/Users/mara/Library/pnpm/global/5/${PACKAGE}`, { kind: "pnpm" }],
    ["node", `/srv/x/node_modules/.pnpm/a@1/${PACKAGE}`, { kind: "pnpm" }],
    ["node", `C:\\Users\\mara\\AppData\\Local\\pnpm\\global\\5\\${PACKAGE}`, { kind: "pnpm" }],
    ["node", `/home/mara/.config/yarn/global/${PACKAGE}`, { kind: "yarn" }],
    ["node", `C:\\Users\\mara\\AppData\\Local\\Yarn\\Data\\global\\${PACKAGE}`, { kind: "yarn" }],
    ["node", `/home/mara/.bun/install/global/${PACKAGE}`, { kind: "bun" }],
    ["executable", `/home/mara/.bun/install/global/${PACKAGE}`, { kind: "bun" }],
    ["node", `/home/mara/project/${PACKAGE}`, { kind: "npm" }],
    ["node", "/home/mara/checkout/dist/npm/bin/sogni-agent.mjs", { kind: "npm" }],
    ["source", "/home/mara/checkout/main.ts", { kind: "source" }],
  ];
  for (const [form, path, expected] of rows) {
    assertEquals(installKind({ form, paths: [path].flat() }), expected, String(path));
  }
});

Deno.test("where the place tells nothing, the calling package manager does", () => {
  const rows: [string | undefined, Installed["kind"]][] = [
    [undefined, "npm"],
    ["", "npm"],
    ["npm/10.9.0 node/v22.13.0", "npm"],
    ["pnpm/9.1.0 npm/? node/v22.13.0", "pnpm"],
    ["yarn/1.22.22 npm/?", "yarn"],
    ["bun/1.2.0", "bun"],
    ["cnpm/9.0.0", "npm"],
  ];
  for (const [userAgent, kind] of rows) {
    assertEquals(installKind({ form: "node", paths: [`/x/${PACKAGE}`], userAgent }), { kind });
  }
  const paths = [`/usr/local/lib/${PACKAGE}`];
  assertEquals(installKind({ form: "node", paths, userAgent: "pnpm/9" }), { kind: "npm" });
  const binary = ["/home/mara/bin/sogni-agent"];
  assertEquals(installKind({ form: "executable", paths: binary, userAgent: "pnpm/9" }), {
    kind: "binary",
  });
});
