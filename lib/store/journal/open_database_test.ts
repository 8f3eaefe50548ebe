import { assert, assertEquals, assertRejects } from "@std/assert";
import * as fs from "node:fs/promises";
import { dirname } from "node:path";
import { inHome } from "../testing.ts";
import { openDatabase } from "./open_database.ts";
import { createJournalServer } from "./serve.ts";
import { draft } from "./testing.ts";

Deno.test("the database is the user's alone, in a folder that is", () =>
  inHome(async ({ paths, mode }) => {
    const { database, keptAt } = await openDatabase(paths.jobs);
    database.exec("UPDATE ledger SET sent = 0");
    assertEquals(keptAt, undefined);
    assertEquals(await mode(paths.jobs), 0o600);
    assertEquals(await mode(`${paths.jobs}-wal`), 0o600);
    assertEquals(await mode(dirname(paths.jobs)), 0o700);
    database.close();
  }));

const DAMAGE: [name: string, spoil: (bytes: Uint8Array) => Uint8Array][] = [
  ["text", () => new TextEncoder().encode("this is no database, but it is not empty either\n")],
  ["random bytes", () => crypto.getRandomValues(new Uint8Array(9000))],
  ["an overwritten head", (bytes) => new Uint8Array(bytes).fill(7, 0, 100)],
  ["overwritten tables", (bytes) => new Uint8Array(bytes).fill(7, 100, 2048)],
];
for (const [name, spoil] of DAMAGE) {
  Deno.test(`a damaged database is kept aside: ${name}`, () =>
    inHome(async ({ paths, host }) => {
      const first = createJournalServer(host.facts);
      await first.ask({ call: "open", draft: draft(), again: false });
      await first.close();
      const damaged = spoil(new Uint8Array(await fs.readFile(paths.jobs)));
      await fs.writeFile(paths.jobs, damaged);
      const server = createJournalServer(host.facts);
      const { job, existing, notes } = await server.ask({
        call: "open",
        draft: draft(),
        again: false,
      });
      assertEquals([existing, job.state], [false, "planned"]);
      const [kept = ""] = (await fs.readdir(dirname(paths.jobs)))
        .filter((file) => /^jobs\.db\.damaged-[\dTZ-]+$/.test(file));
      assertEquals(notes.length, 1);
      assert(notes[0]?.includes(kept), notes[0]);
      assertEquals(new Uint8Array(await fs.readFile(`${dirname(paths.jobs)}/${kept}`)), damaged);
      assertEquals((await server.ask({ call: "list", filter: {} })).notes, [], "told once");
      await server.close();
    }));
}

Deno.test("a database of a later version is left as it is", () =>
  inHome(async ({ paths, host }) => {
    const { database } = await openDatabase(paths.jobs);
    database.exec("PRAGMA user_version = 99");
    database.close();
    const server = createJournalServer(host.facts);
    const list = () => server.ask({ call: "list", filter: {} });
    await assertRejects(list, Error, "later version");
    const files = await fs.readdir(dirname(paths.jobs));
    assertEquals(files.filter((file) => file.includes("damaged")), []);
    await server.close();
  }));

Deno.test("a folder that cannot be made is an error, and may be tried again", () =>
  inHome(async ({ paths, host }) => {
    await fs.mkdir(dirname(dirname(paths.jobs)), { recursive: true });
    await fs.writeFile(dirname(paths.jobs), "");
    const server = createJournalServer(host.facts);
    const list = () => server.ask({ call: "list", filter: {} });
    await assertRejects(list);
    await fs.rm(dirname(paths.jobs));
    assertEquals((await list()).jobs, []);
    await server.close();
  }));

Deno.test("many processes make the database at once, and every job is there", () =>
  inHome(async ({ host }) => {
    const servers = Array.from(
      { length: 20 },
      (_, index) => createJournalServer({ ...host.facts, pid: index + 1_000_000 }),
    );
    await Promise.all(
      servers.map((server, index) =>
        server.ask({ call: "open", draft: draft({ planHash: `plan ${index}` }), again: true })
      ),
    );
    const [server] = servers;
    assertEquals((await server?.ask({ call: "list", filter: {} }))?.jobs.length, 20);
    await Promise.all(servers.map((each) => each.close()));
  }));

Deno.test("SOGNI_JOBS_PATH names the database", () =>
  inHome(async ({ home, host }) => {
    const env = { SOGNI_JOBS_PATH: "~/elsewhere/my.db" };
    const server = createJournalServer({ ...host.facts, env });
    await server.ask({ call: "list", filter: {} });
    await server.close();
    assertEquals((await fs.stat(`${home}/elsewhere/my.db`)).isFile(), true);
  }));
