/** The documented lines about people, memory, manner and upkeep, letter by letter. */
import { assert, assertEquals, assertMatch } from "@std/assert";
import { ffmpeg } from "../../lib/media/film/test_clips.ts";
import { runProgram } from "../../lib/platform/child.ts";
import { argumentsOf, EXAMPLE_INPUTS } from "../support/media_examples.ts";
import { wireRequests, withService } from "../support/service.ts";

interface Line {
  line: string;
  /** On stdout. */
  prints: RegExp;
  code?: number;
  /** On stderr. */
  says?: RegExp;
  /** A slot of the request's first frame. */
  sends?: string;
}

const ADDRESS = /^https?:\/\/\S+\n$/;
const LINES: readonly Line[] = [
  {
    line:
      'sogni-agent --persona-add "Mara" --ref face.jpg --relationship self --description "thirties, curly hair"',
    prints: /^Persona added: Mara \(self\)\n$/,
  },
  {
    line:
      'sogni-agent --persona-add "Ilse" --ref ilse.jpg --relationship partner --voice-clip voice.webm',
    prints: /^Persona added: Ilse \(partner\)\n$/,
  },
  {
    line: 'sogni-agent --persona "Mara" -o hero.png "a pilot in dramatic light"',
    prints: ADDRESS,
    says: /persona "Mara" \(self\): photo as context image/,
    sends: "hasContextImage1",
  },
  {
    line: `sogni-agent --video --persona "Ilse" 'ILSE: "Good to hear you."'`,
    prints: ADDRESS,
    says: /Using the voice of persona "Ilse"/,
    sends: "hasReferenceAudioIdentity",
  },
  {
    line: "sogni-agent --persona-list",
    prints: /^Mara \(self\): thirties, curly hair\nIlse \(partner\): no description \[voice\]\n$/,
  },
  { line: 'sogni-agent --persona-remove "Mara"', prints: /^Persona removed: Mara\n$/ },
  {
    line: 'sogni-agent --memory-set preferred_style "ink wash, low contrast"',
    prints: /^Memory created: preferred_style\n$/,
  },
  {
    line: 'sogni-agent --memory-set aspect_ratio "16:9" --memory-category preference',
    prints: /^Memory created: aspect_ratio\n$/,
  },
  {
    line: "sogni-agent --memory-list",
    prints:
      /^preferred_style: ink wash, low contrast \[preference\]\naspect_ratio: 16:9 \[preference\]\n$/,
  },
  {
    line: "sogni-agent --memory-remove preferred_style",
    prints: /^Memory removed: preferred_style\n$/,
  },
  {
    line: 'sogni-agent --personality-set "short answers, cinematic light"',
    prints: /^Personality saved\.\n$/,
  },
  { line: "sogni-agent --personality-get", prints: /^short answers, cinematic light\n$/ },
  { line: "sogni-agent --personality-clear", prints: /^Personality cleared\.\n$/ },
  { line: "sogni-agent doctor", prints: /^sogni-agent doctor 3\.\d+\.\d+\n[✓!]/ },
  {
    line: "sogni-agent doctor --json",
    prints: /^\{"success":true,"type":"doctor","healthy":true,/,
  },
  { line: "sogni-agent --whats-new 3.9.0", prints: /^\S.*3\.\d+\.\d+/ },
  { line: "sogni-agent --snooze-update", prints: /^$/, says: /no update/ },
];

Deno.test(`people, memory, manner and upkeep: the ${LINES.length} documented lines run as written`, () =>
  withService({ mediaTools: { run: runProgram } }, async ({ run, path }, service) => {
    const photo = ["-f", "lavfi", "-i", "testsrc2=s=320x320", "-frames:v", "1"];
    await ffmpeg([...EXAMPLE_INPUTS["face.jpg"] ?? photo, path("face.jpg")]);
    await ffmpeg([...photo, path("ilse.jpg")]);
    const voice = ["-f", "lavfi", "-i", "sine=d=2", "-c:a", "libopus"];
    await ffmpeg([...EXAMPLE_INPUTS["voice.webm"] ?? voice, path("voice.webm")]);
    for (const { line, prints, code = 0, says, sends } of LINES) {
      service.recorder.clear();
      const run1 = await run(argumentsOf(line));
      assertEquals(run1.code, code, `${line}: ${run1.stdout}${run1.stderr}`);
      assertMatch(run1.stdout, prints, line);
      if (says) assertMatch(run1.stderr, says, line);
      if (sends === undefined) continue;
      const [request] = wireRequests(service);
      assert(request, line);
      assert(`${JSON.stringify(request)}`.includes(`"${sends}":true`), JSON.stringify(request));
    }
  }));
