import { assertEquals } from "@std/assert";
import { AppError } from "../../errors/app_error.ts";
import type { FileInfo } from "../../platform/host.ts";
import type { MediaInput, Plan } from "../../plan/types.ts";
import { lookAtReferences } from "./look_at_references.ts";

const INFO: FileInfo = { kind: "file", size: 1, mode: 0o600, modifiedAt: 0, uid: 0 };
const PARAMS: Plan["projects"][number]["params"] = {
  type: "image",
  modelId: "m",
  positivePrompt: "x",
  numberOfMedia: 1,
  tokenType: "spark",
  disableNSFWFilter: false,
};

const OWN = "http://127.0.0.1:9/own.png";

function planOf(sources: readonly string[]): Pick<Plan, "projects"> {
  const media = sources.map((source): MediaInput => ({
    slot: "contextImages",
    source,
    transfer: "bytes",
  }));
  return { projects: [{ params: PARAMS, media }, { params: PARAMS, media }] };
}

Deno.test("references are looked at before anything is connected to", async () => {
  const rows: [readonly string[], string][] = [
    [[], ""],
    [["a.png", "b.png"], ""],
    [["a.png", "none.png"], "MISSING_FILE"],
    [["folder"], "MISSING_FILE"],
    [["a.png", "empty.png"], "INVALID_MEDIA_REFERENCE"],
    [["http://127.0.0.1:9/own.png"], ""],
    [["http://127.0.0.1:9/other.png"], "INVALID_URL"],
    [["file:///a.png"], "MISSING_FILE"],
    [["https://93.184.216.34/a.png"], ""],
    [["https://not-looked-up.example/a.png"], ""],
    [["http://93.184.216.34/a.png"], "INVALID_URL"],
    [["https://127.0.0.1/a.png"], "INVALID_URL"],
    [["https://[::1]/a.png"], "INVALID_URL"],
    [["https://2130706433/a.png"], "INVALID_URL"],
    [["https://user:pw@93.184.216.34/a.png"], "INVALID_URL"],
  ];
  for (const [sources, expected] of rows) {
    const seen: string[] = [];
    const stat = (path: string): Promise<FileInfo | undefined> => {
      seen.push(path);
      if (path === "folder") return Promise.resolve({ ...INFO, kind: "directory" });
      if (path === "empty.png") return Promise.resolve({ ...INFO, size: 0 });
      return Promise.resolve(/^[ab]\.png$/.test(path) ? INFO : undefined);
    };
    const code = await lookAtReferences({ stat }, planOf(sources), { ownResult: OWN }).then(
      () => "",
      (error: unknown) => error instanceof AppError ? error.code : String(error),
    );
    assertEquals(code, expected, sources.join(" "));
    assertEquals(seen.length, new Set(seen).size, "each file is looked at once");
  }
});
