/** Looks up everything that planning wants to know. */
import { createHash, randomBytes } from "node:crypto";
import { maxCount } from "../../cli/max_count.ts";
import { chooseMode } from "../../plan/modes.ts";
import { planNeeds, referencesToInspect } from "../../plan/needs.ts";
import type { LastRenderFacts, PersonaFacts, PlanInput, ReferenceFacts } from "../../plan/types.ts";
import type { CommandContext } from "../context.ts";
import { inspectReference } from "./inspect.ts";
import type { Settings } from "./settings.ts";

/** The input of planning for this command line. Files are only looked at, nothing is loaded. */
export async function gatherInput(
  context: CommandContext,
  { config, paths }: Settings,
): Promise<PlanInput> {
  const { host, invocation } = context;
  // What contradicts itself is said before anything is looked up.
  chooseMode(invocation.options, invocation.options.lastImage ?? false);
  const needs = planNeeds(invocation.options);
  const lastRender = needs.lastRender ? await lookUpLastRender(context, paths) : undefined;
  const personas = await lookUpPersonas(context, paths, needs.personas);
  const [voicePersona] = await lookUpPersonas(
    context,
    paths,
    needs.voicePersona === undefined ? [] : [needs.voicePersona],
  );
  const references: Record<string, ReferenceFacts> = {};
  const photos = personas.map(({ photoPath }) => photoPath);
  const wanted = referencesToInspect(invocation.options, [...photos, lastRender?.image]);
  for (const source of wanted) {
    const facts = await inspectReference(host, source);
    if (facts) references[source] = facts;
  }
  return {
    options: invocation.options,
    prompt: invocation.prompt,
    config,
    maxCount: maxCount(host.facts.env),
    references,
    ...(lastRender ? { lastRender } : {}),
    ...(personas.length > 0 ? { personas } : {}),
    ...(voicePersona ? { voicePersona } : {}),
    randomSeed: randomBytes(4).readUInt32BE(),
    sha256: (text) => createHash("sha256").update(text).digest(),
  };
}

async function lookUpLastRender(
  { host, report, invocation: { options } }: CommandContext,
  paths: Settings["paths"],
): Promise<LastRenderFacts | undefined> {
  const { lastRenderFacts } = await import("../../store/last_render.ts");
  return await lastRenderFacts(host, paths, (text, error) => {
    // A seed can be drawn anew; without its picture the job would be another one, and be paid for.
    if (options.lastImage) throw error;
    report.important(text);
  });
}

async function lookUpPersonas(
  { host }: CommandContext,
  paths: Settings["paths"],
  names: readonly string[],
): Promise<PersonaFacts[]> {
  if (names.length === 0) return [];
  const { personasFacts } = await import("../../store/personas.ts");
  return await personasFacts(host, paths, names);
}
