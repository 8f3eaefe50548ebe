/** Starting a workflow: from a prompt, from the storyboard preset, or as written by the user. */
import { createHash, randomBytes } from "node:crypto";
import { maxCount } from "../../cli/max_count.ts";
import { AppError, invalidArgument } from "../../errors/app_error.ts";
import { keyframeWorkflow } from "../../plan/hosted/keyframe_workflow.ts";
import { storyboardWishes } from "../../plan/hosted/storyboard_request.ts";
import { bindsInputMedia, checkWorkflowInput } from "../../plan/hosted/workflow_input.ts";
import { compileStoryboard } from "../../plan/storyboard/compile.ts";
import { planningMessages } from "../../plan/storyboard/planning_messages.ts";
import { storyboardModels, storyboardWorkflow } from "../../plan/storyboard/workflow.ts";
import type { PersonaFacts, PlanInput } from "../../plan/types.ts";
import { readChatAnswer } from "../../service/hosted/chat_answer.ts";
import { shownPayload } from "../../service/hosted/http_error.ts";
import { asObject } from "../../service/hosted/read.ts";
import { costSettings, modelSettings } from "../../service/hosted/settings.ts";
import { hostedToken } from "../../service/hosted/token_type.ts";
import { planningBody, workflowBody } from "../../service/hosted/workflow_body.ts";
import { readWorkflow, workflowId, workflowSummary } from "../../service/hosted/workflow_view.ts";
import { Sanitizer } from "../../text/sanitize.ts";
import type { CommandContext } from "../context.ts";
import { attach, findPersonas } from "./attachments.ts";
import { sanitizedField } from "./conversation.ts";
import { enterHosted, type HostedEntry } from "./hosted_entry.ts";
import { readJsonArgument } from "./json_argument.ts";
import type { HostedSession } from "./session.ts";

const PLANNING_MS = 300_000;

/** A start that was accepted. */
export interface StartedWorkflow {
  /** In the journal. */
  readonly entry: HostedEntry;
  readonly workflow: Readonly<Record<string, unknown>>;
  /** Fields of the JSON output. */
  readonly fields: Record<string, unknown>;
  /** Lines for people. */
  readonly text: readonly string[];
}

/** What is sent as `input`, and what is shown about it. */
interface Prepared {
  input: unknown;
  fields: Record<string, unknown>;
  text: string[];
  models: (string | undefined)[];
}

/** The parsed `--workflow-input`; checks that there is something to start. */
export async function readStartInput({ host, invocation }: CommandContext): Promise<unknown> {
  const { options, prompt } = invocation;
  const preset = options.apiWorkflow === "storyboard-video" ? " storyboard-video" : "";
  if (options.workflowInput === undefined) {
    if ((prompt ?? "").trim() !== "") return undefined;
    throw invalidArgument(
      `--api-workflow${preset} requires a prompt or --workflow-input.`,
      { flag: "--api-workflow", ...(preset === "" ? {} : { preset: preset.trim() }) },
    );
  }
  const value = await readJsonArgument(
    host,
    options.workflowInput,
    "--workflow-input",
    "INVALID_WORKFLOW_INPUT",
  );
  if (preset === "" || asObject(value).steps !== undefined) return checkWorkflowInput(value);
  const { storyline, request } = storyboardWishes(options, prompt, value);
  if (storyline === undefined && request.userText.trim() === "") {
    throw new AppError(
      "INVALID_WORKFLOW_INPUT",
      "--workflow-input has neither steps nor a storyline, and there is no prompt.",
      { details: { flag: "--workflow-input", preset: "storyboard-video" } },
    );
  }
  return value;
}

/** Uploads, plans and starts. */
export async function startWorkflow(
  context: CommandContext,
  session: HostedSession,
  json: unknown,
): Promise<StartedWorkflow> {
  const { invocation, report } = context;
  const { options } = invocation;
  const { client, config } = session;
  const cost = costSettings(options, config);
  const personas = await findPersonas(context, session.paths);
  const sanitizer = new Sanitizer();
  const prepare = await preparation(context, session, json, personas, sanitizer);
  const { items } = await attach(context, session, "workflow", personas);
  const prepared = await prepare();
  if (items.length > 0 && !bindsInputMedia(prepared.input)) {
    report.note(
      "Note: the attached references are sent along, but no step of this workflow uses them. " +
        'Bind them with "$input_media" in --workflow-input.',
    );
  }
  if (sanitizer.stripped > 0) {
    report.note(`Removed ${sanitizer.stripped} chat-template markers from text before sending it.`);
  }
  const token = hostedToken(options, config, prepared.models);
  if (token.note) report.note(token.note);
  const given = options.workflowIdempotencyKey;
  const key = given ?? `sogni-agent-${crypto.randomUUID()}`;
  const entry = await enterHosted(context, session, {
    medium: "workflow",
    model: prepared.models.find((model) => model !== undefined) ?? "",
    tokenType: token.tokenType,
    idempotencyKey: key,
  });
  const body = await entry.begin(async () => {
    const answer = await client.call({
      method: "POST",
      path: "/v1/creative-agent/workflows",
      body: workflowBody({ input: prepared.input, media: items, cost, tokenType: token.tokenType }),
      headers: { "Idempotency-Key": key },
      repeat: "safe",
      bySdk: true,
      area: "workflow-start",
    });
    return { answer, id: workflowId(readWorkflow(answer)) ?? "" };
  });
  const workflow = readWorkflow(body);
  const { planningRaw, ...shown } = prepared.fields;
  return {
    entry,
    workflow,
    fields: {
      ...shown,
      workflow,
      idempotencyKey: key,
      ...sanitizedField(sanitizer),
      ...(session.sandbox ? { sandbox: true } : {}),
      raw: rawAnswer(session, body),
      ...(planningRaw === undefined ? {} : { planningRaw }),
    },
    text: [...prepared.text, ...workflowSummary(workflow)],
  };
}

/** The answer as JSON output shows it; the SDK marks its answers. */
export function rawAnswer({ client }: HostedSession, body: unknown): unknown {
  return client.options.sdkTransport ? { ...asObject(body), sdkTransport: true } : body;
}

/** Everything that can fail without the network is done before the function is returned. */
async function preparation(
  context: CommandContext,
  session: HostedSession,
  json: unknown,
  personas: readonly PersonaFacts[],
  sanitizer: Sanitizer,
): Promise<() => Promise<Prepared>> {
  const { options, prompt } = context.invocation;
  const steps = asObject(json).steps;
  if (options.apiWorkflow === "storyboard-video" && steps === undefined) {
    return () => prepareStoryboard(context, session, json, sanitizer);
  }
  if (json !== undefined) {
    const prepared = { input: json, fields: {}, text: [], models: modelsOf(steps) };
    return () => Promise.resolve(prepared);
  }
  const clean = sanitizer.clean(prompt ?? "");
  const input = await planInput(context, session, clean, personas);
  const { input: workflow, seed } = keyframeWorkflow(input);
  for (const warning of seed.warnings) context.report.important(warning);
  if (seed.note) context.report.note(seed.note);
  const models = modelsOf(workflow.steps);
  return () => Promise.resolve({ input: workflow, fields: {}, text: [], models });
}

async function prepareStoryboard(
  { invocation, report }: CommandContext,
  { client, config }: HostedSession,
  json: unknown,
  sanitizer: Sanitizer,
): Promise<Prepared> {
  const wishes = storyboardWishes(invocation.options, invocation.prompt, json);
  const { choices } = wishes;
  const request = { ...wishes.request, userText: sanitizer.clean(wishes.request.userText) };
  const models = Object.values(storyboardModels(choices));
  let storyline = wishes.storyline;
  let planningRaw: unknown;
  if (storyline === undefined) {
    const { userText, ...limits } = request;
    const { tokenType } = hostedToken(invocation.options, config, models);
    const messages = planningMessages({ prompt: userText, ...limits });
    report.note("Planning the storyboard...");
    planningRaw = await client.call({
      method: "POST",
      path: "/v1/chat/completions",
      body: planningBody(modelSettings(invocation.options, config), messages, tokenType),
      repeat: "never",
      bySdk: true,
      timeoutMs: PLANNING_MS,
    });
    storyline = readChatAnswer(planningRaw).content.trim();
    if (storyline === "") {
      throw new AppError(
        "EMPTY_STORYBOARD_STORYLINE",
        "The planning model answered without a storyline.",
        {
          details: { payload: shownPayload(planningRaw) },
          hint: "Run it again, or name another --llm-model.",
        },
      );
    }
  }
  storyline = sanitizer.clean(storyline);
  const board = compileStoryboard({ ...request, storyline });
  for (const warning of board.warnings) report.warn(warning);
  const { input, plan } = storyboardWorkflow(board, choices);
  return {
    input,
    fields: {
      storyline,
      storyboardPlan: plan,
      ...(planningRaw === undefined ? {} : { planningRaw }),
    },
    text: ["Storyline:", storyline, ""],
    models,
  };
}

async function planInput(
  { host, invocation, report }: CommandContext,
  { config, paths }: HostedSession,
  prompt: string,
  personas: readonly PersonaFacts[],
): Promise<PlanInput> {
  const wantsLast = invocation.options.lastSeed === true;
  const lastRender = wantsLast
    ? await (await import("../../store/last_render.ts"))
      .lastRenderFacts(host, paths, (text) => report.important(text))
    : undefined;
  return {
    options: invocation.options,
    prompt,
    config,
    maxCount: maxCount(host.facts.env),
    references: {},
    ...(lastRender ? { lastRender } : {}),
    ...(personas.length > 0 ? { personas } : {}),
    randomSeed: randomBytes(4).readUInt32BE(),
    sha256: (text) => createHash("sha256").update(text).digest(),
  };
}

/** Models that the steps of a workflow name. */
function modelsOf(steps: unknown): string[] {
  if (!Array.isArray(steps)) return [];
  return steps.flatMap((step) => {
    const { model, videoModel } = asObject(asObject(step).arguments);
    return [model, videoModel].filter((value) => typeof value === "string");
  });
}
