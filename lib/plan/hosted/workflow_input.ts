/** Checking a workflow that the user wrote. */
import { AppError } from "../../errors/app_error.ts";

/** A workflow's `input` as the API takes it. */
export type WorkflowInput = Readonly<Record<string, unknown>>;

/**
 * Checks the parts that every workflow must have; what else is in it passes through.
 *
 * @throws AppError `INVALID_WORKFLOW_INPUT`
 */
export function checkWorkflowInput(value: unknown): WorkflowInput {
  if (!isObject(value)) throw invalid("must be a JSON object");
  const { steps } = value;
  if (!Array.isArray(steps) || steps.length === 0) {
    throw invalid('must have a list "steps" with at least one step');
  }
  const earlier = new Set<string>();
  for (const [index, step] of steps.entries()) checkStep(step, `steps[${index}]`, earlier);
  return value;
}

function checkStep(step: unknown, path: string, earlier: Set<string>): void {
  if (!isObject(step)) throw invalid("must be an object", path);
  if (typeof step.toolName !== "string" || step.toolName === "") {
    throw invalid("must be the name of a tool", `${path}.toolName`);
  }
  if (!isObject(step.arguments)) throw invalid("must be an object", `${path}.arguments`);
  if (step.dependsOn !== undefined && !Array.isArray(step.dependsOn)) {
    throw invalid("must be a list", `${path}.dependsOn`);
  }
  for (const [index, binding] of (step.dependsOn ?? []).entries()) {
    const source = isObject(binding) ? binding.sourceStepId : undefined;
    if (typeof source !== "string" || (source !== "$input_media" && !earlier.has(source))) {
      throw invalid(
        'must name an earlier step or "$input_media"',
        `${path}.dependsOn[${index}].sourceStepId`,
      );
    }
  }
  if (step.id === undefined) return;
  if (typeof step.id !== "string" || step.id === "") {
    throw invalid("must be text that is not empty", `${path}.id`);
  }
  if (earlier.has(step.id)) throw invalid(`repeats the id "${step.id}"`, `${path}.id`);
  earlier.add(step.id);
}

/** True when a step takes an attached reference. */
export function bindsInputMedia(input: unknown): boolean {
  const steps = isObject(input) && Array.isArray(input.steps) ? input.steps : [];
  return steps.some((step) =>
    isObject(step) && Array.isArray(step.dependsOn) &&
    step.dependsOn.some((binding) => isObject(binding) && binding.sourceStepId === "$input_media")
  );
}

function invalid(rule: string, path = "the workflow"): AppError {
  return new AppError("INVALID_WORKFLOW_INPUT", `--workflow-input: ${path} ${rule}.`, {
    details: { flag: "--workflow-input", path },
    hint: "A workflow is {title, steps: [{id, toolName, arguments, dependsOn}]}.",
  });
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
