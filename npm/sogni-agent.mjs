#!/usr/bin/env node
// Says so plainly where Node is too old, before anything newer is loaded.
const [major, minor] = process.versions.node.split(".").map(Number);
if (major < 22 || (major === 22 && minor < 13)) {
  process.stderr.write(
    `Error: sogni-agent needs Node 22.13 or later (this is ${process.version}).\n` +
      "Hint: install a newer Node, or use the single executable, which needs none.\n",
  );
  process.exit(1);
}
await import("../lib/main.js");
