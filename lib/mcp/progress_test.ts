import { assert, assertEquals } from "@std/assert";
import { ProgressTeller } from "./progress.ts";

type Sent = { progress: number; total: number; message: string };

Deno.test("progress grows, is not sent too often, and ends", () => {
  const sent: Sent[] = [];
  const teller = new ProgressTeller((progress) => sent.push(progress), "Generate a video");
  teller.show({ percent: 10, etaSeconds: 30, phase: "queued" });
  assertEquals(sent, [{ progress: 0, total: 100, message: "Generate a video" }]);
  teller.end();
  teller.show({ percent: 90, etaSeconds: null, phase: null });
  assertEquals(sent.length, 1);
});

Deno.test("what is sent grows even where the percentage falls", async () => {
  const sent: Sent[] = [];
  const teller = new ProgressTeller((progress) => sent.push(progress), "x");
  for (const percent of [40, 20]) {
    await new Promise((resolve) => setTimeout(resolve, 520));
    teller.show({ percent, etaSeconds: 5, phase: null });
  }
  teller.end();
  const [first, second, third] = sent.map(({ progress }) => progress);
  assert(first === 0 && second === 40 && (third ?? 0) > 40, JSON.stringify(sent));
  assert(sent[1]?.message.startsWith("40%, about 5 s left"));
});
