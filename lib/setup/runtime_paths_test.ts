import { assertEquals } from "@std/assert";
import { type PlaceFacts, runtimePaths, storeDesktopFolders } from "./runtime_paths.ts";

const WINDOWS: PlaceFacts = { system: "windows", home: "C:\\Users\\mara", env: {} };

Deno.test("each system has its folders", () => {
  const rows: [PlaceFacts, string, string][] = [
    [
      { system: "linux", home: "/home/mara", env: {} },
      "/home/mara/.claude",
      "/home/mara/.config/Claude/claude_desktop_config.json",
    ],
    [
      { system: "linux", home: "/home/mara", env: { XDG_CONFIG_HOME: "/cfg" } },
      "/home/mara/.claude",
      "/cfg/Claude/claude_desktop_config.json",
    ],
    [
      { system: "darwin", home: "/Users/mara", env: { XDG_CONFIG_HOME: "/cfg" } },
      "/Users/mara/.claude",
      "/Users/mara/Library/Application Support/Claude/claude_desktop_config.json",
    ],
    [
      { ...WINDOWS, env: { APPDATA: "D:\\Roaming" } },
      "C:\\Users\\mara\\.claude",
      "D:\\Roaming\\Claude\\claude_desktop_config.json",
    ],
    [
      WINDOWS,
      "C:\\Users\\mara\\.claude",
      "C:\\Users\\mara\\AppData\\Roaming\\Claude\\claude_desktop_config.json",
    ],
  ];
  for (const [facts, claude, desktopConfig] of rows) {
    const paths = runtimePaths(facts);
    assertEquals([paths.claude, paths.desktopConfig], [claude, desktopConfig]);
  }
});

Deno.test("the runtimes' own variables move their folders; relative ones do not count", () => {
  const at = (env: Record<string, string>) =>
    runtimePaths({ system: "linux", home: "/home/mara", env });
  assertEquals(at({ CLAUDE_CONFIG_DIR: "/c" }).claude, "/c");
  assertEquals(at({ CODEX_HOME: "~/cx" }).codex, "/home/mara/cx");
  assertEquals(at({ HERMES_HOME: "h" }).hermes, "/home/mara/.hermes");
  assertEquals(at({ OPENCLAW_STATE_DIR: " " }).openclaw, "/home/mara/.openclaw");
  assertEquals(
    runtimePaths({ ...WINDOWS, env: { CODEX_HOME: "D:\\codex" } }).codex,
    "D:\\codex",
  );
});

Deno.test("the store edition of Claude Desktop has a folder of its own on Windows", () => {
  const packages = ["Claude_pzs8sxrjxfjjc", "Microsoft.Paint_8wekyb3d8bbwe", "AnthropicClaude_x"];
  assertEquals(storeDesktopFolders({ ...WINDOWS, env: { LOCALAPPDATA: "D:\\Local" } }, packages), [
    "D:\\Local\\Packages\\Claude_pzs8sxrjxfjjc\\LocalCache\\Roaming\\Claude",
    "D:\\Local\\Packages\\AnthropicClaude_x\\LocalCache\\Roaming\\Claude",
  ]);
});
