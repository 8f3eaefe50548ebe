/** The contract's map from arguments to requests, as data for tests. */

const MODEL = "qwen3.6-35b-a3b-gguf-iq4xs";
const PNG = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10]);
/** What the planning model answers. */
export const STORYLINE = [
  "PROJECT TITLE: Bread",
  "TOTAL DURATION: 12 seconds",
  ...Array.from(
    { length: 6 },
    (_, i) => `SCENE ${i + 1} - S${i}\nTIME: ${i * 2}-${i * 2 + 2}s\nVISUAL: v${i}`,
  ),
].join("\n");
const WORKFLOW_INPUT = {
  title: "T",
  steps: [{ toolName: "generate_image", arguments: { prompt: "p" } }],
};

/** One command line and what it sends. */
export interface Row {
  name: string;
  argv: readonly string[];
  /** `METHOD /path`, with the query where the contract names one. */
  requests: readonly string[];
  /** Compared with the body of the last POST of the list. */
  body?: unknown;
  files?: Record<string, string | Uint8Array>;
  env?: Record<string, string>;
}

/** What a body must be, with the long texts replaced by their sizes' signs. */
const chatBody = (extra: Record<string, unknown> = {}, user: unknown = "P") => ({
  model: MODEL,
  messages: ["system", user],
  temperature: 0.4,
  max_tokens: 1600,
  token_type: "spark",
  app_source: "sogni-creative-agent-skill",
  sogni_tools: "creative-agent",
  sogni_tool_execution: true,
  ...extra,
});

const keyframe = (extra: Record<string, unknown> = {}, clip: Record<string, unknown> = {}) => ({
  title: "Generated keyframe to video",
  steps: [
    {
      id: "keyframe",
      toolName: "generate_image",
      arguments: {
        prompt: "P",
        width: 512,
        height: 512,
        model: "z_image_turbo_bf16",
        numberOfVariations: 1,
        seed: 7,
        ...extra,
      },
    },
    {
      id: "clip",
      toolName: "generate_video",
      arguments: {
        prompt: "P",
        width: 512,
        height: 512,
        duration: 5,
        numberOfVariations: 1,
        ...clip,
      },
      dependsOn: [{
        sourceStepId: "keyframe",
        sourceArtifactIndex: 0,
        targetArgument: "referenceImageIndices",
        mediaType: "image",
        transform: "image_index",
        required: true,
      }],
    },
  ],
});
const start = (input: unknown, extra: Record<string, unknown> = {}) => ({
  input,
  token_type: "spark",
  app_source: "sogni-creative-agent-skill",
  ...extra,
});

const CHAT = "POST /v1/chat/completions";
const START = "POST /v1/creative-agent/workflows";
const WORKFLOW = "/v1/creative-agent/workflows/w%2F1";

/** The contract's map, a row for each example. */
export const ROWS: readonly Row[] = [
  { name: "chat", argv: ["--api-chat", "P"], requests: [CHAT], body: chatBody() },
  {
    name: "chat with every option",
    argv: [
      ...[
        "--api-chat",
        "P",
        "--llm-model",
        "m",
        "--task-profile",
        "Reasoning",
        "--max-tokens",
        "9",
      ],
      ...["--no-thinking", "--api-tools", "none", "--no-api-tool-execution", "--no-filter"],
      ...["--token-type", "sogni", "--system", "Be brief."],
    ],
    requests: [CHAT],
    body: chatBody({
      model: "m",
      messages: ["Be brief.", "P"],
      max_tokens: 9,
      token_type: "sogni",
      sogni_tools: false,
      sogni_tool_execution: false,
      task_profile: "reasoning",
      chat_template_kwargs: { enable_thinking: false },
      safeContentFilter: false,
    }),
  },
  {
    name: "chat by the SDK",
    argv: ["--api-chat", "P", "--no-filter"],
    env: { SOGNI_SKILL_USE_SDK_TRANSPORT: "yes" },
    requests: [CHAT],
    body: chatBody({ safe_content_filter: false }),
  },
  {
    name: "chat with a picture and a sound",
    argv: ["--api-chat", "--ref", "{home}/a.png", "--ref-audio", "{home}/b.mp3", "P"],
    files: { "a.png": PNG, "b.mp3": "sound" },
    requests: [
      "GET /v1/image/uploadUrl",
      "GET /v1/media/uploadUrl",
      "PUT /put",
      "PUT /put",
      "GET /v1/image/downloadUrl",
      "GET /v1/media/downloadUrl",
      CHAT,
    ],
    body: chatBody({ media_references: ["--ref image a.png", "--ref-audio audio b.mp3"] }, [
      {
        type: "text",
        text: "P\n\nAPI media references:\n- media_ref_2 audio (--ref-audio): b.mp3",
      },
      { type: "image_url", image_url: { url: "data:image/png;base64,iVBORw0KGgo=" } },
    ]),
  },
  {
    name: "chat with media alone",
    argv: ["--api-chat", "--ref-video", "{home}/b.mp4"],
    files: { "b.mp4": "film" },
    requests: ["GET /v1/media/uploadUrl", "PUT /put", "GET /v1/media/downloadUrl", CHAT],
    body: chatBody(
      { media_references: ["--ref-video video b.mp4"] },
      "Describe the attached media.\n\nAPI media references:\n- media_ref_1 video (--ref-video): b.mp4",
    ),
  },
  {
    name: "durable chat",
    argv: ["--durable-chat", "P", "--task-profile", "coding", "--thinking", "--no-filter"],
    requests: ["POST /v1/chat/runs", "GET /v1/chat/runs/run%2F1/events/stream"],
    body: {
      messages: ["system", "P"],
      model: MODEL,
      sampling: { temperature: 0.4, max_tokens: 1600, taskProfile: "coding", think: true },
      token_type: "spark",
      app_source: "sogni-creative-agent-skill",
      runtime_config: { safeContentFilter: false },
    },
  },
  {
    name: "durable chat with a picture",
    argv: ["--durable-chat", "--ref", "{home}/a.png", "P"],
    files: { "a.png": PNG },
    requests: [
      "GET /v1/image/uploadUrl",
      "PUT /put",
      "GET /v1/image/downloadUrl",
      "POST /v1/chat/runs",
      "GET /v1/chat/runs/run%2F1/events/stream",
    ],
    body: {
      messages: ["system", [
        { type: "text", text: "P" },
        { type: "image_url", image_url: { url: "STORED" } },
      ]],
      model: MODEL,
      sampling: { temperature: 0.4, max_tokens: 1600 },
      media_references: ["--ref image a.png"],
      token_type: "spark",
      app_source: "sogni-creative-agent-skill",
    },
  },
  {
    name: "workflow",
    argv: ["--api-workflow", "P", "--seed", "7"],
    requests: [START],
    body: start(keyframe()),
  },
  {
    name: "workflow with every option",
    argv: [
      ...[
        "--creative-workflow",
        "P",
        "--seed",
        "7",
        "--video-prompt",
        "closer",
        "--negative-prompt",
        "blur",
      ],
      ...["-w", "640", "-h", "384", "-n", "2", "--duration", "7", "--video-model", "seedance2"],
      ...["--no-generate-audio", "--expand-prompt", "--workflow-max-cost", "2.5", "--confirm-cost"],
    ],
    requests: [START],
    body: start(
      keyframe(
        { negativePrompt: "blur", width: 640, height: 384, numberOfVariations: 2 },
        {
          prompt: "closer",
          negativePrompt: "blur",
          width: 640,
          height: 384,
          videoModel: "seedance2",
          duration: 7,
          numberOfVariations: 2,
          generateAudio: false,
          expandPrompt: true,
        },
      ),
      { max_estimated_capacity_units: 2.5, confirm_cost: true },
    ),
  },
  {
    name: "workflow with an unbound reference",
    argv: ["--api-workflow", "P", "--seed", "7", "--ref", "https://93.184.216.34/a.webp"],
    requests: [START],
    body: start(keyframe(), { media_references: ["--ref image https://93.184.216.34/a.webp"] }),
  },
  {
    name: "workflow from JSON",
    argv: ["--api-workflow", "--workflow-input", JSON.stringify(WORKFLOW_INPUT)],
    requests: [START],
    body: start(WORKFLOW_INPUT),
  },
  {
    name: "workflow from a file, watched",
    argv: ["--api-workflow", "--workflow-input", "@{home}/w.json", "--watch"],
    files: { "w.json": JSON.stringify(WORKFLOW_INPUT) },
    requests: [START, `GET ${WORKFLOW}/events/stream`],
    body: start(WORKFLOW_INPUT),
  },
  {
    name: "storyboard film",
    argv: [
      "--api-workflow",
      "storyboard-video",
      "P",
      "--storyboard-frames",
      "6",
      "--duration",
      "12",
    ],
    requests: [CHAT, START],
  },
  {
    name: "storyboard film from a storyline",
    argv: [
      ...["--api-workflow", "gpt_image_seedance", "--workflow-input"],
      JSON.stringify({ storyline: STORYLINE, title: "T" }),
    ],
    requests: [START],
  },
  {
    name: "list",
    argv: ["--list-workflows"],
    requests: ["GET /v1/creative-agent/workflows?limit=20"],
  },
  { name: "get", argv: ["--get-workflow", "w/1"], requests: [`GET ${WORKFLOW}`] },
  { name: "events", argv: ["--workflow-events", "w/1"], requests: [`GET ${WORKFLOW}/events`] },
  {
    name: "stream",
    argv: ["--stream-workflow", "w/1"],
    requests: [`GET ${WORKFLOW}/events/stream`],
  },
  { name: "watch", argv: ["--watch-workflow", "w/1"], requests: [`GET ${WORKFLOW}/events/stream`] },
  { name: "cancel", argv: ["--cancel-workflow", "w/1"], requests: [`POST ${WORKFLOW}/cancel`] },
  { name: "resume", argv: ["--resume-workflow", "w/1"], requests: [`POST ${WORKFLOW}/resume`] },
  { name: "replays", argv: ["--list-replays"], requests: ["GET /v1/replay/records?limit=50"] },
  {
    name: "some replays",
    argv: ["--list-replay-records", "5"],
    requests: ["GET /v1/replay/records?limit=5"],
  },
  { name: "one replay", argv: ["--get-replay", "r/1"], requests: ["GET /v1/replay/records/r%2F1"] },
  {
    name: "ingest",
    argv: ["--ingest-replay", '{"run_id":"r","apiKey":"abc"}'],
    requests: ["POST /v1/replay/records"],
    body: { run_id: "r", apiKey: "[REDACTED]" },
  },
  {
    name: "ingest as it is",
    argv: ["--ingest-replay", '{"run_id":"r","apiKey":"abc"}', "--skip-redact"],
    requests: ["POST /v1/replay/records"],
    body: { run_id: "r", apiKey: "abc" },
  },
  { name: "models", argv: ["--list-api-models"], requests: ["GET /v1/models"] },
  { name: "one model", argv: ["--api-model", "a/b"], requests: ["GET /v1/models/a%2Fb"] },
];
