/**
 * A new model of a known family is a row in one file: the program is run with the row, and with
 * everything else as it is.
 */
import { assert, assertEquals } from "@std/assert";
import * as fs from "node:fs/promises";
import process from "node:process";
import { pathToFileURL } from "node:url";
import { runProgram } from "../../lib/platform/child.ts";
import { solidPng } from "../../lib/sandbox/testing/plain_artist.ts";
import { agentKind, ROOT } from "../support/agent.ts";

/** The file, the line before the new row, the row, a command line, and what is planned of it. */
const ROWS: [
  file: string,
  before: string,
  row: string,
  line: string[],
  planned: Record<string, unknown>,
][] = [
  [
    "image_models.ts",
    "export const IMAGE_MODELS: readonly ImageModel[] = [",
    `{ id: "new_picture_fp8", aliases: ["new-picture"], steps: 12, side: WIDE_SIDE, maxContextImages: 3 },`,
    ["-m", "new-picture", "-c", "a.png", "-w", "2560", "-h", "512", "a cat"],
    { modelId: "new_picture_fp8", steps: 12, width: 2560, height: 512 },
  ],
  [
    "video_models.ts",
    "const ROWS: readonly Row[] = [",
    `["ltx23-99b_t2v", "ltx23", ["t2v"], ["new-film"], { steps: 3, fps: 30 }],`,
    ["--video", "-m", "new-film", "--duration", "30", "-w", "1000", "-h", "700", "a cat"],
    { modelId: "ltx23-99b_t2v", steps: 3, fps: 30, duration: 20, width: 960, height: 640 },
  ],
  [
    "music_models.ts",
    "export const MUSIC_MODELS: readonly [MusicModel, ...MusicModel[]] = [",
    `{ id: "new_song_1", aliases: ["song"], ...SFT },`,
    ["--music", "--music-model", "song", "--duration", "60", "a cat"],
    { modelId: "new_song_1", steps: 50, guidance: 5, duration: 60, sampler: "er_sde" },
  ],
];

for (const [file, before, row, line, planned] of ROWS) {
  Deno.test({
    name: `a row in ${file} is all that its model needs`,
    ignore: agentKind() !== "sources",
    fn: async () => {
      const folder = await fs.mkdtemp(`${await fs.realpath("/tmp")}/sogni-models-`);
      try {
        const map = await catalogueWith(folder, file, before, row);
        const { code, stdout, stderr } = await runProgram(process.execPath, [
          ...["run", "--quiet", "--no-prompt", "-P=cli", `--import-map=${map}`],
          ...[`${ROOT}/main.ts`, "--json", "--dry-run", ...line],
        ], { cwd: folder, env: { HOME: folder, SOGNI_NO_UPDATE_CHECK: "1" } });
        assertEquals(code, 0, stdout.length > 0 ? text(stdout) : stderr);
        const { plan } = JSON.parse(text(stdout));
        const { params } = plan.projects[0];
        const found = Object.fromEntries(Object.keys(planned).map((key) => [key, params[key]]));
        assertEquals(found, planned);
      } finally {
        await fs.rm(folder, { recursive: true });
      }
    },
  });
}

/** An import map that puts a catalogue file with one row more in the place of the real one. */
async function catalogueWith(
  folder: string,
  file: string,
  before: string,
  row: string,
): Promise<string> {
  const catalogue = pathToFileURL(`${ROOT}/lib/catalog/`).href;
  const source = await fs.readFile(new URL(file, catalogue), "utf8");
  assert(source.includes(before), file);
  const edited = source.replace(before, `${before}\n${row}`)
    .replace(/from "\.\/(\w+\.ts)"/g, (_, name) => `from "${catalogue}${name}"`);
  await fs.writeFile(`${folder}/${file}`, edited);
  const { imports } = JSON.parse(await fs.readFile(`${ROOT}/deno.json`, "utf8"));
  const map = { ...imports, [`${catalogue}${file}`]: pathToFileURL(`${folder}/${file}`).href };
  await fs.writeFile(`${folder}/map.json`, JSON.stringify({ imports: map }));
  await fs.writeFile(`${folder}/a.png`, solidPng(64, 64, 1));
  return `${folder}/map.json`;
}

function text(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}
