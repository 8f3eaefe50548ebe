/**
 * The OpenAPI document for a GPT's Actions: the part of the hosted API that starts renders and gets
 * their results. Shapes are those that `lib/service/hosted` sends and reads.
 */
import { VERSION } from "../../../lib/platform/version.ts";
import { json } from "../markdown.ts";
import { PRODUCT } from "../product.ts";

/** Characters that the GPT editor takes for the description of an operation. */
export const DESCRIPTION_LIMIT = 300;

/** Where the editor can import it from. */
export const ACTIONS_URL = `${
  PRODUCT.raw.slice(0, PRODUCT.raw.lastIndexOf("/"))
}/chatgpt/openapi.json`;

/** Text of `openapi.json`. */
export function chatgptActions(): string {
  return json({
    openapi: "3.1.0",
    info: {
      title: PRODUCT.displayName,
      version: VERSION,
      description: "Starts renders on the Sogni service and gets their results.",
    },
    servers: [{ url: "https://api.sogni.ai" }],
    security: [{ apiKey: [] }],
    paths: {
      "/v1/creative-agent/workflows": {
        post: {
          operationId: "startWorkflow",
          // The editor's mark for what its user has to agree to: this one costs tokens.
          "x-openai-isConsequential": true,
          summary: "Start a render",
          description:
            "Starts one or more steps and answers at once with the workflow's id. Costs tokens of the Sogni account. Never call it again because a render is slow: ask getWorkflow.",
          requestBody: {
            required: true,
            content: {
              "application/json": {
                schema: { $ref: "#/components/schemas/WorkflowStart" },
                example: EXAMPLE,
              },
            },
          },
          responses: answer("The workflow, queued or running", "WorkflowAnswer"),
        },
        get: {
          operationId: "listWorkflows",
          summary: "List workflows",
          description: "The newest workflows of the account.",
          parameters: [{
            name: "limit",
            in: "query",
            schema: { type: "integer", minimum: 1, maximum: 100, default: 20 },
          }],
          responses: answer("Workflows, newest first", "WorkflowList"),
        },
      },
      "/v1/creative-agent/workflows/{id}": {
        get: {
          operationId: "getWorkflow",
          summary: "See how far a workflow is",
          description:
            "Status and, when it is completed, artifacts with links that expire. Pictures take seconds to minutes, videos minutes.",
          parameters: [ID],
          responses: answer("The workflow", "WorkflowAnswer"),
        },
      },
      "/v1/creative-agent/workflows/{id}/cancel": {
        post: {
          operationId: "cancelWorkflow",
          "x-openai-isConsequential": false,
          summary: "Cancel a workflow",
          description: "Ends a workflow that is not wanted any more.",
          parameters: [ID],
          responses: answer("The workflow, cancelled", "WorkflowAnswer"),
        },
      },
    },
    components: {
      securitySchemes: { apiKey: { type: "http", scheme: "bearer" } },
      schemas: SCHEMAS,
    },
  });
}

const ID = { name: "id", in: "path", required: true, schema: { type: "string" } };

/** A key picture, then a clip that begins with it. */
export const EXAMPLE = {
  input: {
    title: "Kettle",
    steps: [
      {
        id: "still",
        toolName: "generate_image",
        arguments: { prompt: "a copper kettle on a stove", width: 768, height: 768 },
      },
      {
        id: "clip",
        toolName: "generate_video",
        arguments: { prompt: "steam curls upward", duration: 5 },
        dependsOn: [{
          sourceStepId: "still",
          sourceArtifactIndex: 0,
          targetArgument: "referenceImageIndices",
          mediaType: "image",
          transform: "image_index",
          required: true,
        }],
      },
    ],
  },
  confirm_cost: true,
  token_type: "spark",
};

const TEXT = { type: "string" };
const ANYTHING = { type: "object", additionalProperties: true };

const SCHEMAS = {
  WorkflowStart: {
    type: "object",
    required: ["input"],
    properties: {
      input: {
        type: "object",
        required: ["steps"],
        properties: {
          title: TEXT,
          steps: { type: "array", minItems: 1, items: { $ref: "#/components/schemas/Step" } },
        },
      },
      max_estimated_capacity_units: {
        type: "number",
        minimum: 0,
        description: "Not started when it is estimated to cost more",
      },
      confirm_cost: { type: "boolean", description: "true once the user has agreed to the cost" },
      token_type: { type: "string", enum: ["spark", "sogni"], default: "spark" },
    },
  },
  Step: {
    type: "object",
    required: ["id", "toolName", "arguments"],
    properties: {
      id: { type: "string", description: "Unique among the steps" },
      toolName: {
        type: "string",
        enum: [
          "generate_image",
          "generate_video",
          "generate_music",
          "edit_image",
          "apply_style",
          "restore_photo",
          "animate_photo",
          "change_angle",
          "video_to_video",
          "sound_to_video",
          "stitch_video",
        ],
      },
      arguments: {
        type: "object",
        additionalProperties: true,
        description: "prompt; width and height of pictures; duration of clips and music in seconds",
        properties: { prompt: TEXT },
      },
      dependsOn: {
        type: "array",
        items: {
          type: "object",
          required: ["sourceStepId", "targetArgument", "transform"],
          properties: {
            sourceStepId: { type: "string", description: "An earlier step" },
            sourceArtifactIndex: { type: "integer", minimum: 0 },
            targetArgument: { type: "string", description: "referenceImageIndices for a picture" },
            mediaType: { type: "string", enum: ["image", "video", "audio"] },
            transform: {
              type: "string",
              enum: ["image_index", "video_index", "audio_index", "artifact_url"],
            },
            required: { type: "boolean" },
          },
        },
      },
    },
  },
  Workflow: {
    type: "object",
    additionalProperties: true,
    properties: {
      workflowId: TEXT,
      status: {
        type: "string",
        enum: [
          "queued",
          "running",
          "waiting_for_user",
          "completed",
          "partial_failure",
          "failed",
          "cancelled",
        ],
      },
      title: TEXT,
      artifacts: { type: "array", items: ANYTHING },
      error: ANYTHING,
    },
  },
  WorkflowAnswer: {
    type: "object",
    properties: {
      status: TEXT,
      data: {
        type: "object",
        properties: { workflow: { $ref: "#/components/schemas/Workflow" } },
      },
    },
  },
  WorkflowList: {
    type: "object",
    properties: {
      status: TEXT,
      data: {
        type: "object",
        properties: {
          workflows: { type: "array", items: { $ref: "#/components/schemas/Workflow" } },
        },
      },
    },
  },
};

function answer(description: string, schema: string): Record<string, unknown> {
  const content = { "application/json": { schema: { $ref: `#/components/schemas/${schema}` } } };
  return { "200": { description, content } };
}
