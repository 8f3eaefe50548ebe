/** `--token-type auto` and the codes of subscriptions hold for every medium. */
import { assertEquals, assertStringIncludes } from "@std/assert";
import * as fs from "node:fs/promises";
import { runProgram } from "../../lib/platform/child.ts";
import type { FaultRule } from "../../lib/sandbox/faults/script.ts";
import { solidPng } from "../../lib/sandbox/testing/plain_artist.ts";
import type { Place } from "../support/agent.ts";
import { wireRequests, withService } from "../support/service.ts";

const MEDIA = { mediaTools: { run: runProgram } };

/** A line of each kind of job on the service's own models. */
const LINES: Readonly<Record<string, readonly string[]>> = {
  picture: ["a cat"],
  variations: ["-n", "2", "a {red|blue} cat"],
  edit: ["-c", "face.png", "make it blue"],
  portrait: ["--photobooth", "--ref", "face.png", "studio"],
  angle: ["--multi-angle", "-c", "face.png"],
  film: ["--video", "-m", "wan22", "--duration", "1", "waves"],
  "film from a picture": ["--video", "--ref", "face.png", "--duration", "1", "pan"],
  music: ["--music", "--duration", "10", "synth"],
};

async function putFace({ path }: Place): Promise<void> {
  await fs.writeFile(path("face.png"), solidPng(64, 64, 9));
}

Deno.test("--token-type auto pays with SOGNI when Spark does not suffice", async () => {
  await withService({ ...MEDIA, balance: { spark: 0, sogni: 500 } }, async (place, service) => {
    await putFace(place);
    for (const [kind, line] of Object.entries(LINES)) {
      service.recorder.clear();
      const { code, object } = await place.json(["--token-type", "auto", ...line]);
      assertEquals([kind, code, object.tokenType], [kind, 0, "sogni"], JSON.stringify(object));
      const tokens = wireRequests(service).map(({ tokenType }) => tokenType);
      assertEquals(tokens.at(-1), "sogni", kind);
    }
  });
});

Deno.test("jobs of outside vendors are paid with Spark alone", async () => {
  await withService({ ...MEDIA, balance: { spark: 0, sogni: 500 } }, async ({ json }) => {
    for (const line of [["-m", "gpt-image-2", "a cat"], ["--video", "-m", "seedance2", "waves"]]) {
      const { code, object } = await json(["--token-type", "auto", ...line]);
      assertEquals([code, object.errorCode], [1, "INSUFFICIENT_BALANCE"], line.join(" "));
      assertEquals(object.errorCategory, "insufficient_credits");
    }
  });
});

const LIMITS: [code: string, retryable: boolean, hint: string][] = [
  ["4078", false, "Spark"],
  ["4079", true, "limit"],
  ["4080", false, "renew"],
  ["4081", false, "Unlimited Pro"],
];

Deno.test("limits of subscriptions keep their code and are never tried again", async () => {
  for (const [number, retryable, hint] of LIMITS) {
    const faults: FaultRule[] = [{ fault: "error", code: Number(number), message: "limit" }];
    await withService({ ...MEDIA, faults }, async (place, service) => {
      await putFace(place);
      for (const kind of ["edit", "film", "music"]) {
        service.recorder.clear();
        const line = ["--token-type", "auto", ...LINES[kind] ?? []];
        const { code, object } = await place.json(line);
        assertEquals([kind, code, object.errorCode], [kind, 1, number]);
        assertEquals([object.errorCategory, object.retryable], ["subscription_billing", retryable]);
        assertStringIncludes(String(object.hint), hint);
        assertEquals(wireRequests(service).length, 1, kind);
      }
    });
  }
});
