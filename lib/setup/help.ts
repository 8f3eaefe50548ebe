/** The help of `sogni-agent setup`. */
import { RUNTIME_NAMES } from "./runtime_names.ts";

/** Eighty columns at most. */
export const SETUP_HELP = `sogni-agent setup [options]

Installs the skill for the agents' runtimes of this machine: Claude Code, Claude
Desktop, Codex, Hermes, OpenClaw. Asks before it changes anything. Running it
again updates and repairs; --uninstall gives every file back as it was.

Choose
  --only=LIST             These runtimes alone:
                          ${RUNTIME_NAMES.join(", ")}
  --exclude=LIST          All but these
  --hermes-category=NAME  Folder of skills in Hermes (default: media)
  --codex-mcp             Register the MCP server with Codex, too
  --output-chatgpt-bundle=FILE
                          Write the text for a custom GPT to a file

How
  -y, --yes               Agree beforehand; ask nothing but the API key
  --dry-run               Show what would be done; change nothing
  --no-credentials        Do not ask for the API key
  --key-stdin             Read the API key from standard input
  --install-cli           Install the program itself, too (npm install -g)
  --version=X             That version or tag of it (default: latest)
  --json                  One JSON object on standard output; asks nothing
  -q, --quiet             No progress with --json
  --no-ui, --boring       Accepted; the output is plain anyway

Undo
  --uninstall             Take the skill out of the runtimes
  --remove-cli            With --uninstall: remove the program, too
  --purge                 Back up ~/.config/sogni, then remove it

Exit codes: 0 done, 1 error, 2 wrong usage, else the number of runtimes that
failed.
`;
