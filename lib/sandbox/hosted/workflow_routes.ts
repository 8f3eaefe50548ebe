/** Hosted workflows. */
import type { SandboxContext } from "../context.ts";
import { failure, isObject, readJsonObject, success } from "../http/reply.ts";
import type { Reply, RouteModule, SandboxRequest } from "../http/route.ts";
import { HOSTED_TOOLS } from "./hosted_media.ts";
import {
  type HostedWorkflow,
  startHostedWorkflow,
  workflowCost,
  type WorkflowStep,
} from "./workflow_run.ts";

const PATH = "/v1/creative-agent/workflows";
const RESUMABLE = ["waiting_for_user", "failed", "partial_failure"];

/** Start, list, record, events, stream, cancel, resume. */
export const workflowRoutes: RouteModule = (context) => {
  const workflows = new Map<string, HostedWorkflow>();
  const byKey = new Map<string, HostedWorkflow>();
  const find =
    (handle: (workflow: HostedWorkflow, request: SandboxRequest) => Reply) =>
    (request: SandboxRequest): Reply => {
      const workflow = workflows.get(request.params.id ?? "");
      return workflow ? handle(workflow, request) : failure(404, "Workflow not found");
    };
  return [
    { method: "POST", path: PATH, handle: (request) => start(context, workflows, byKey, request) },
    { method: "GET", path: PATH, handle: (request) => list(workflows, request) },
    {
      method: "GET",
      path: `${PATH}/:id`,
      handle: find((one) => success({ workflow: one.record() })),
    },
    {
      method: "GET",
      path: `${PATH}/:id/events`,
      handle: find((one) => success({ events: one.log.events })),
    },
    {
      method: "GET",
      path: `${PATH}/:id/events/stream`,
      handle: find((one, request) => one.log.stream(request)),
    },
    {
      method: "POST",
      path: `${PATH}/:id/cancel`,
      handle: find((one) => {
        one.cancel();
        return success({ workflow: one.record() });
      }),
    },
    {
      method: "POST",
      path: `${PATH}/:id/resume`,
      handle: find((one) => {
        if (!RESUMABLE.includes(one.status())) {
          return failure(409, `a workflow that is ${one.status()} cannot be resumed`);
        }
        one.resume();
        return success({ workflow: one.record() });
      }),
    },
  ];
};

function start(
  context: SandboxContext,
  workflows: Map<string, HostedWorkflow>,
  byKey: Map<string, HostedWorkflow>,
  request: SandboxRequest,
): Reply {
  const key = request.headers["idempotency-key"];
  const known = key === undefined ? undefined : byKey.get(key);
  if (known) return success({ workflow: known.record(), idempotent: true });
  const body = readJsonObject(request);
  const input = body && isObject(body.input) ? body.input : undefined;
  const steps = input ? readSteps(input.steps) : "input is required";
  if (!body || !input || typeof steps === "string") return failure(422, String(steps));
  const cost = workflowCost(steps);
  const limit = body.max_estimated_capacity_units;
  if (typeof limit === "number" && cost > limit) {
    return failure(422, `estimated ${cost} capacity units are above the limit of ${limit}`);
  }
  const token = body.token_type === "sogni" ? "sogni" : "spark";
  if (!context.ledger.reserve(token, cost)) return failure(402, "Insufficient balance", 4024);
  context.ledger.settle(token, cost, cost);
  const workflow = startHostedWorkflow(context, input, steps);
  workflows.set(workflow.id, workflow);
  if (key !== undefined) byKey.set(key, workflow);
  return success({ workflow: workflow.record() }, 201);
}

function list(workflows: ReadonlyMap<string, HostedWorkflow>, { query }: SandboxRequest): Reply {
  const limit = Number(query.get("limit") ?? 20);
  const offset = Number(query.get("offset") ?? 0);
  const newestFirst = [...workflows.values()].reverse();
  return success({
    workflows: newestFirst.slice(offset, offset + limit).map((workflow) => workflow.record()),
  });
}

/** The steps, or what is wrong with them. */
function readSteps(value: unknown): WorkflowStep[] | string {
  if (!Array.isArray(value) || value.length === 0) return "input.steps must not be empty";
  const steps: WorkflowStep[] = [];
  for (const [index, step] of value.entries()) {
    if (!isObject(step) || typeof step.toolName !== "string") {
      return `steps[${index}].toolName is required`;
    }
    if (!HOSTED_TOOLS.has(step.toolName)) return `steps[${index}]: unknown tool ${step.toolName}`;
    if (!isObject(step.arguments)) return `steps[${index}].arguments must be an object`;
    const id = typeof step.id === "string" ? step.id : `step_${index + 1}`;
    steps.push({ id, toolName: step.toolName, arguments: step.arguments });
  }
  return steps;
}
