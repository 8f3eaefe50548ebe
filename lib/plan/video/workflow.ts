/** Which video workflow a command line means. */
import { findVideoModel } from "../../catalog/video_models.ts";
import { WORKFLOW_SELECTORS } from "../../catalog/video_routing.ts";
import type { ModelsByWorkflow } from "../../catalog/video_routing.ts";
import type { VideoWorkflow } from "../../catalog/video_families.ts";
import { invalidArgument } from "../../errors/app_error.ts";
import type { VideoAssets } from "./assets_given.ts";
import { mentionsLipSync } from "./words.ts";

/** What the workflow is inferred from. */
export interface WorkflowFacts {
  /** `--workflow`. */
  asked?: VideoWorkflow;
  /** `--model` as typed. */
  selector?: string;
  assets: VideoAssets;
  hasControl: boolean;
  prompt: string;
  /** `defaultVideoWorkflow` of the configuration. */
  configured?: VideoWorkflow;
  /** The prompt asks to film a storyboard, which overrides what the assets would say. */
  storyboard: boolean;
}

/**
 * The workflow: `--workflow`, then the rules of vendor selectors, then what the model id says,
 * then the assets, then the configuration, then `t2v`.
 *
 * @throws AppError `INVALID_ARGUMENT` with `details {workflow, model}` when `--workflow` and the
 * model contradict each other
 */
export function chooseWorkflow(facts: WorkflowFacts): VideoWorkflow {
  const { asked, selector } = facts;
  if (asked !== undefined) {
    if (selector !== undefined) refuseContradiction(asked, selector);
    return asked;
  }
  if (facts.storyboard) return "t2v";
  if (selector !== undefined) {
    const decided = vendorWorkflow(selector, facts.assets) ?? workflowInModel(selector);
    if (decided !== undefined) return decided;
  }
  return workflowOfAssets(facts) ?? facts.configured ?? "t2v";
}

/** The selector names some Seedance model. */
export function isSeedanceSelector(selector: string | undefined): boolean {
  return selector !== undefined && /^seedance/i.test(selector);
}

/** The models of a selector that becomes another model in each workflow; else `undefined`. */
export function modelsOfSelector(selector: string): ModelsByWorkflow | undefined {
  const name = selector.toLowerCase();
  return Object.hasOwn(WORKFLOW_SELECTORS, name) ? WORKFLOW_SELECTORS[name] : undefined;
}

function vendorWorkflow(selector: string, assets: VideoAssets): VideoWorkflow | undefined {
  if (isSeedanceSelector(selector)) {
    if (assets.videos.length > 0) return "v2v";
    if (assets.audios.length > 0 && (assets.ref ?? assets.refEnd) !== undefined) return "ia2v";
    return workflowInModel(selector) ?? "t2v";
  }
  if (/^happyhorse(?:-?1\.1)?$/i.test(selector)) {
    if (assets.context.length > 0) return "r2v";
    return assets.ref !== undefined ? "i2v" : "t2v";
  }
  return undefined;
}

/** The workflow that a model id or selector spells out, e.g. `ltx23-i2v`; else `undefined`. */
export function workflowInModel(selector: string): VideoWorkflow | undefined {
  if (modelsOfSelector(selector) !== undefined) return undefined;
  const known = findVideoModel(selector);
  if (known?.workflows.length === 1) return known.workflows[0];
  const match =
    /(?:^|[_-])(t2v|i2v|s2v|ia2v|a2v|v2v|r2v|flf2v|animate[_-]move|animate[_-]replace)(?=$|[_-])/i
      .exec(selector);
  const name = match?.[1]?.toLowerCase().replace("_", "-");
  return name === "flf2v" ? "i2v" : name as VideoWorkflow | undefined;
}

function refuseContradiction(asked: VideoWorkflow, selector: string): void {
  const taken = workflowsOf(selector);
  if (taken.length === 0 || taken.includes(asked)) return;
  throw workflowContradiction(asked, selector, taken);
}

function workflowsOf(selector: string): readonly VideoWorkflow[] {
  const models = modelsOfSelector(selector);
  if (models !== undefined) return Object.keys(models) as VideoWorkflow[];
  const known = findVideoModel(selector);
  if (known) return known.workflows;
  const spelled = workflowInModel(selector);
  return spelled === undefined ? [] : [spelled];
}

/** The error for a workflow that a model cannot do. */
export function workflowContradiction(
  workflow: VideoWorkflow,
  model: string,
  taken: readonly VideoWorkflow[],
): Error {
  const list = taken.join(", ");
  return invalidArgument(
    `--workflow ${workflow} does not fit the model "${model}", which does ${list}.`,
    { workflow, model, allowed: [...taken] },
    `Use --workflow ${
      taken[0] ?? "t2v"
    }, or leave --model out to get the default model of ${workflow}.`,
  );
}

// First match of the contract's list.
function workflowOfAssets(
  { assets, hasControl, prompt }: WorkflowFacts,
): VideoWorkflow | undefined {
  const { ref, refEnd, audios, videos } = assets;
  if (videos.length > 0) return hasControl ? "v2v" : "animate-move";
  if (audios.length > 0) {
    if (ref !== undefined) return mentionsLipSync(prompt) ? "s2v" : "ia2v";
    return refEnd !== undefined ? "s2v" : "a2v";
  }
  return (ref ?? refEnd) === undefined ? undefined : "i2v";
}
