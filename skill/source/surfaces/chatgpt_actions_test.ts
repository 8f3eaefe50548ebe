import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { checkWorkflowInput } from "../../../lib/plan/hosted/workflow_input.ts";
import { chatgptInstructions } from "./chatgpt.ts";
import { ACTIONS_URL, chatgptActions, DESCRIPTION_LIMIT, EXAMPLE } from "./chatgpt_actions.ts";

type Operation = { operationId: string; description: string; "x-openai-isConsequential"?: boolean };

const text = chatgptActions();
const document = JSON.parse(text);
const operations = Object.values(document.paths).flatMap((path) =>
  Object.entries(path as Record<string, Operation>)
);

Deno.test("every reference leads to a schema, and every schema is used", () => {
  const used = [...text.matchAll(/"#\/components\/schemas\/(\w+)"/g)].map(([, name]) => name);
  assertEquals([...new Set(used)].sort(), Object.keys(document.components.schemas).sort());
});

Deno.test("operations have names of their own and descriptions that the editor takes", () => {
  const names = operations.map(([, { operationId }]) => operationId);
  assertEquals(new Set(names).size, names.length);
  for (const [, { operationId, description }] of operations) {
    assert(description.length <= DESCRIPTION_LIMIT, operationId);
  }
});

Deno.test("what costs something is marked, so that the user is asked", () => {
  for (const [method, operation] of operations) {
    if (method !== "post") continue;
    const costs = operation.operationId === "startWorkflow";
    assertEquals(operation["x-openai-isConsequential"], costs, operation.operationId);
  }
});

Deno.test("the key goes into the editor's own field", () => {
  assertEquals(document.security, [{ apiKey: [] }]);
  assertEquals(document.components.securitySchemes.apiKey, { type: "http", scheme: "bearer" });
  assert(!/api-key/i.test(text));
});

Deno.test("the example is a workflow that the program would send", () => {
  assertEquals(checkWorkflowInput(EXAMPLE.input), EXAMPLE.input);
  const { enum: tools } = document.components.schemas.Step.properties.toolName;
  for (const { toolName } of EXAMPLE.input.steps) assert(tools.includes(toolName));
  const known = Object.keys(document.components.schemas.WorkflowStart.properties);
  for (const key of Object.keys(EXAMPLE)) assert(known.includes(key), key);
});

Deno.test("the instructions name operations that there are, the address the file that is made", () => {
  const instructions = chatgptInstructions();
  for (const name of ["startWorkflow", "getWorkflow"]) assertStringIncludes(instructions, name);
  assertStringIncludes(ACTIONS_URL, "/main/skill/dist/chatgpt/openapi.json");
});
