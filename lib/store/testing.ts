/** A home folder of its own for a test, with a real host. */
import * as fs from "node:fs/promises";
import * as os from "node:os";
import * as path from "node:path";
import type { Host } from "../platform/host.ts";
import { createLocalHost } from "../platform/local_host.ts";
import { createJournalServer, type JournalServer } from "./journal/serve.ts";
import { type StatePaths, statePaths } from "./paths.ts";

/** What a test gets. */
export interface TestHome {
  home: string;
  host: Host;
  paths: StatePaths;
  /** Everything written to the standard streams. */
  written: { stdout: string; stderr: string };
  /** Writes a file below the home folder; folders are made. */
  put(name: string, data: string | Uint8Array): Promise<string>;
  text(file: string): Promise<string>;
  /** Permission bits. */
  mode(file: string): Promise<number>;
}

/** Runs `body` with a fresh home folder that is removed afterwards. */
export async function inHome(
  body: (test: TestHome) => Promise<void>,
  env: Record<string, string> = {},
): Promise<void> {
  const home = await fs.realpath(await fs.mkdtemp(path.join(os.tmpdir(), "sogni-home-")));
  const written = { stdout: "", stderr: "" };
  let journal: JournalServer | undefined;
  const local = createLocalHost({
    openJournal: (facts) => {
      journal = createJournalServer(facts);
      return Promise.resolve(journal.ask);
    },
    facts: {
      system: "linux",
      cwd: home,
      home,
      tempDir: os.tmpdir(),
      pid: 1,
      runtime: "test",
      standalone: false,
      env,
      terminal: {
        stdinIsTerminal: false,
        stdoutIsTerminal: false,
        stderrIsTerminal: false,
        columns: 80,
      },
    },
  });
  const host: Host = {
    ...local,
    write: (stream, data) => {
      written[stream] += typeof data === "string" ? data : new TextDecoder().decode(data);
    },
  };
  try {
    await body({
      home,
      host,
      written,
      paths: statePaths(host.facts),
      async put(name, data) {
        const file = path.join(home, name);
        await fs.mkdir(path.dirname(file), { recursive: true });
        await fs.writeFile(file, data);
        return file;
      },
      text: (file) => fs.readFile(file, "utf8"),
      mode: async (file) => (await fs.stat(file)).mode & 0o777,
    });
  } finally {
    await journal?.close();
    await fs.rm(home, { recursive: true, force: true });
  }
}
