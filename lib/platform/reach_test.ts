import { assertEquals, assertRejects } from "@std/assert";
import * as fs from "node:fs/promises";
import * as os from "node:os";
import * as path from "node:path";
import { readFacts } from "./facts.ts";
import type { Host, RunOptions } from "./host.ts";
import type { AskJournal, Job, JournalRequest } from "./journal.ts";
import { createLocalHost } from "./local_host.ts";
import { hostWithin } from "./reach.ts";
import { leftName } from "./testing/left_name.ts";

interface Walled {
  host: Host;
  at: (...parts: string[]) => string;
  /** What programs were started with. */
  started: [program: string, options: RunOptions | undefined][];
}

const LIMITS = { maxBytes: 1, idleTimeoutMs: 1, timeoutMs: 1 };

/** Its results belong into a folder that is out of reach. */
const JOB = { id: "earlier" } as Job;

/** A folder with a secret, and a host that reaches `in.png`, `state/` and `out.png` of it. */
async function walled(body: (place: Walled) => Promise<void>): Promise<void> {
  const folder = await fs.mkdtemp(path.join(os.tmpdir(), "reach-"));
  const at = (...parts: string[]) => path.join(folder, ...parts);
  const started: Walled["started"] = [];
  try {
    await fs.mkdir(at("state"));
    for (const name of ["in.png", "secret", "state/memories.json", "state-secret"]) {
      await fs.writeFile(at(name), name);
    }
    const machine: Host = {
      ...createLocalHost({ facts: { ...readFacts(), cwd: folder } }),
      journal: (({ call }: JournalRequest) =>
        Promise.resolve(
          call === "open" ? { job: JOB, existing: false } : {
            ...JOB,
            destination: { output: at("elsewhere"), isFolder: true },
          },
        )) as AskJournal,
      run: (program, _args, options) => {
        started.push([program, options]);
        return Promise.reject(new Error("not started in this test"));
      },
    };
    const host = hostWithin(machine, {
      read: [at("in.png")],
      write: [at("state")],
      beside: [at("out.png")],
      programs: ["ffmpeg"],
    });
    await body({ host, at, started });
    assertEquals(await fs.readFile(at("secret"), "utf8"), "secret");
  } finally {
    await fs.rm(folder, { recursive: true });
  }
}

type Attempt = (place: Walled) => Promise<unknown>;

const REFUSED: Readonly<Record<string, Attempt>> = {
  "reading another file": ({ host, at }) => host.files.readText(at("secret")),
  "reading its bytes": ({ host, at }) => host.files.readBytes(at("secret")),
  "reading a part of it": ({ host, at }) => host.files.readRange(at("secret"), 0, 1),
  "reading by a way around": ({ host, at }) => host.files.readText(`${at("state")}/../secret`),
  "a folder whose name begins alike": ({ host, at }) => host.files.readText(at("state-secret")),
  "copying from outside": ({ host, at }) => host.files.copy(at("secret"), at("state", "x")),
  "copying to outside": ({ host, at }) => host.files.copy(at("in.png"), at("x")),
  "putting it together from outside": ({ host, at }) =>
    host.files.assemble(at("out.png"), [{ path: at("secret"), offset: 0, length: 1 }]),
  "downloading over it": ({ host, at }) =>
    host.download("https://files.test/", {
      to: at("secret"),
      maxBytes: 1,
      idleTimeoutMs: 1,
      timeoutMs: 1,
    }),
  "sending it away": ({ host, at }) =>
    host.transfer("https://files.test/", {
      method: "PUT",
      headers: [],
      parts: [{ path: at("secret"), offset: 0, length: 1 }],
      maxBytes: 1,
      timeoutMs: 1,
    }),
  "writing over what may be read": ({ host, at }) => host.files.writeAtomic(at("in.png"), ""),
  "writing beside": ({ host, at }) => host.files.create(at("x.png"), ""),
  "writing into a home": ({ host, at }) => host.files.writeAtomic(at(".bashrc"), ""),
  "moving out": ({ host, at }) => host.files.rename(at("state", "memories.json"), at("x")),
  "moving in": ({ host, at }) => host.files.rename(at("secret"), at("state", "x")),
  "removing": ({ host, at }) => host.files.remove(at("secret")),
  "removing the folder": ({ host, at }) => host.files.remove(at()),
  "making a folder": ({ host, at }) => host.files.makeDir(at("x")),
  "changing permissions": ({ host, at }) => host.files.chmod(at("in.png"), 0o777),
  "locking": ({ host, at }) => host.files.lock(at("secret"), 0),
  "listing": ({ host, at }) => host.files.list(path.dirname(at())),
  "following links": ({ host, at }) => host.files.realPath(at("secret")),
  "a result": ({ host, at }) => host.download("https://x.test/", { ...LIMITS, to: at("x.png") }),
  "entering a job that is saved elsewhere": ({ host, at }) =>
    host.journal({
      call: "open",
      draft: { ...JOB, destination: { paths: [at("x.png")] } },
      again: false,
    }),
  "taking over a job of its own": async ({ host, at }) => {
    const destination = { output: at("out.png"), isFolder: false };
    await host.journal({ call: "open", draft: { ...JOB, destination }, again: false });
    await host.journal({ call: "claim", job: JOB.id });
    await host.files.writeAtomic(at("elsewhere", "a.png"), "");
  },
  "a program": ({ host }) => host.run("sh", ["-c", "true"]),
  "a program by its path": ({ host, at }) => host.run(at("state", "ffmpeg"), []),
};
for (const [name, attempt] of Object.entries(REFUSED)) {
  Deno.test(`out of reach: ${name}`, async () => {
    await walled(async (place) => {
      const error = await assertRejects(() => attempt(place), Error, "not allowed to");
      assertEquals((error as { code?: string }).code, "EACCES");
      assertEquals(place.started, []);
    });
  });
}

const ALLOWED: Readonly<Record<string, Attempt>> = {
  "what was named": ({ host, at }) => host.files.readText(at("in.png")),
  "the state": ({ host, at }) => host.files.writeAtomic(at("state", "new", "x.json"), "{}"),
  "the output": ({ host, at }) => host.files.writeAtomic(at("out.png"), "x"),
  "numbered outputs": ({ host, at }) => host.files.create(at("out-2.png"), "x"),
  "another ending": async ({ host, at }) => {
    await host.files.create(at("out.png"), "x");
    await host.files.rename(at("out.png"), at("out.webp"));
  },
  "hidden names of the output": ({ host, at }) => host.files.create(at(leftName("out.png")), "x"),
  "names that ffmpeg writes to": ({ host, at }) =>
    host.files.create(at(`${leftName("sogni")}.mp4`), "x"),
  "the folder of the output": ({ host, at }) => host.files.list(at()),
  "a temporary folder": async ({ host }) => {
    const folder = await host.files.makeTempDir("reach-");
    await host.files.create(path.join(folder, "x"), "x");
    await host.files.remove(folder);
  },
  "the place of an earlier job": async ({ host, at }) => {
    await host.journal({ call: "claim", job: JOB.id });
    await host.files.writeAtomic(at("elsewhere", "a.png"), "");
  },
  "a result": async ({ host, at }) => {
    const to = at("out.png");
    await assertRejects(() => host.download("nonsense", { ...LIMITS, to }), Error, "no URL");
  },
  "whether a file is there": ({ host, at }) => host.files.stat(at("secret")),
};
for (const [name, attempt] of Object.entries(ALLOWED)) {
  Deno.test(`within reach: ${name}`, async () => {
    await walled(async (place) => void await attempt(place));
  });
}

Deno.test("a program within reach is given no variable that could load foreign code", async () => {
  await walled(async ({ host, started }) => {
    const env = { LD_PRELOAD: "/tmp/x.so", SOGNI_API_KEY: "", AV_LOG_FORCE_NOCOLOR: "1" };
    await assertRejects(() => host.run("ffmpeg", [], { env, timeoutMs: 5 }), Error, "not started");
    assertEquals(started, [["ffmpeg", {
      timeoutMs: 5,
      env: { SOGNI_API_KEY: "", AV_LOG_FORCE_NOCOLOR: "1" },
    }]]);
  });
});
