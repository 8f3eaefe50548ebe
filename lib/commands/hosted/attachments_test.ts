import { assertEquals } from "@std/assert";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startRecordingServer } from "../../service/hosted/testing/recording_server.ts";
import { runHosted } from "./testing.ts";

const BYTES = Uint8Array.from([1, 2, 3]);

Deno.test("a persona lends its photo and its voice, a voice persona its voice alone", async () => {
  const rows: [flags: string[], expected: string[]][] = [
    [["--persona", "Mara"], ["--context mara.png", "--reference-audio-identity mara.webm"]],
    [["--voice-persona", "mara"], ["--reference-audio-identity mara.webm"]],
    [
      ["--persona", "Mara", "--voice-persona", "Ilse"],
      ["--context mara.png", "--reference-audio-identity ilse.webm"],
    ],
    [["--persona", "Ilse", "--persona", "mara", "--persona", "ILSE", "--voice-persona", "Ilse"], [
      "--context ilse.png",
      "--context mara.png",
      "--reference-audio-identity ilse.webm",
    ]],
    [["--persona", "Ilse", "-c", "{home}/mara.png"], [
      "--context mara.png",
      "--context ilse.png",
      "--reference-audio-identity ilse.webm",
    ]],
  ];
  const names = ["Mara", "Ilse"];
  const files = Object.fromEntries(
    names.flatMap((name) =>
      ["png", "webm"].map((type) => [`${name.toLowerCase()}.${type}`, BYTES])
    ),
  );
  for (const [flags, expected] of rows) {
    await using server = await startRecordingServer(({ url, method }, _index, origin) => {
      if (method === "POST") return { body: { workflow: { workflowId: "w" } } };
      const path = url.split("?")[0] ?? "";
      return path.endsWith("/uploadUrl")
        ? { body: { data: { uploadUrl: `${origin}/put` } } }
        : { body: { data: { downloadUrl: `${origin}/get` } } };
    });
    await withPersonas(names, async (dir) => {
      const argv = ["--api-workflow", "P", "--seed", "1", ...flags];
      const env = { SOGNI_PERSONAS_DIR: dir };
      const placed = argv.map((part) => part.replaceAll("{home}", dir));
      const { code, stderr } = await runHosted(server.origin, placed, { env });
      assertEquals(code, 0, stderr);
    }, files);
    const start = server.requests.find(({ method }) => method === "POST");
    const { media_references: items } = start?.json as { media_references: MediaItem[] };
    assertEquals(items.map(({ flag, filename }) => `${flag} ${filename}`), expected);
  }
});

interface MediaItem {
  flag: string;
  filename: string;
}

/** Gives `body` a personas folder with a photo and a voice clip for each name. */
async function withPersonas(
  names: readonly string[],
  body: (folder: string) => Promise<void>,
  files: Readonly<Record<string, Uint8Array>>,
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "sogni-personas-"));
  try {
    for (const [name, data] of Object.entries(files)) await writeFile(join(folder, name), data);
    const personas = names.map((name, index) => ({
      id: String(index).padStart(16, "0"),
      name,
      slug: name.toLowerCase(),
      relationship: "friend",
      description: "",
      tags: [],
      voice: null,
      photoPath: join(folder, `${name.toLowerCase()}.png`),
      voiceClipPath: join(folder, `${name.toLowerCase()}.webm`),
      createdAt: 1,
      updatedAt: 1,
    }));
    await writeFile(join(folder, "index.json"), JSON.stringify(personas));
    await body(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}
