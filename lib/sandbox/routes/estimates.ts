/** Price questions: the same prices that are charged. */
import { amountIn, type Price, priceWork, type TokenType } from "../account/prices.ts";
import type { SandboxContext } from "../context.ts";
import { bareJson, failure } from "../http/reply.ts";
import type { Reply, Route, RouteModule, SandboxRequest } from "../http/route.ts";

const IMAGE =
  "job/estimate/:token/:network/:model/:count/:steps/:previews/:control/:denoise/:width/:height";
const VIDEO = "job-video/estimate/:token/:model/:width/:height/:frames/:fps";
const AUDIO = "job-audio/estimate/:token/:model/:duration/:steps/:count";
const LLM = "job-llm/estimate/:token/:model/:input/:output";

/** Estimates for pictures (two versions), films (with and without steps), music and chat. */
export const estimateRoutes: RouteModule = (context): Route[] => [
  media(context, `/api/v2/${IMAGE}`),
  media(context, `/api/v3/${IMAGE}/:guidance/:sampler/:context`),
  media(context, `/api/v1/${VIDEO}`),
  media(context, `/api/v1/${VIDEO}/:steps/:count`),
  media(context, `/api/v1/${AUDIO}`),
  { method: "GET", path: `/api/v1/${LLM}`, open: true, handle: estimateChat },
];

function media(context: SandboxContext, path: string): Route {
  return { method: "GET", path, open: true, handle: (request) => estimate(context, request) };
}

function estimate(context: SandboxContext, request: SandboxRequest): Reply {
  const { params, query } = request;
  const model = context.models.find(params.model ?? "");
  if (!model) return failure(404, `Model ${params.model} not found`);
  const token = readToken(params.token);
  if (!token) return failure(400, `Unknown token type ${params.token}`);
  const number = (name: string) => {
    const value = Number(params[name]);
    return Number.isFinite(value) ? value : undefined;
  };
  const count = number("count") ?? 1;
  const work = {
    model,
    steps: number("steps"),
    width: number("width"),
    height: number("height"),
    frames: number("frames"),
    fps: number("fps"),
    duration: number("duration"),
    previews: number("previews"),
    contextImages: number("context"),
    hasControlNet: params.control === "1",
    quality: query.get("gptImageQuality") ?? undefined,
  };
  const project = priceWork({ ...work, count });
  const job = priceWork({ ...work, count: 1 });
  return bareJson({
    request: {
      model: model.id,
      name: model.name,
      imageCount: count,
      stepCount: work.steps ?? 0,
      previewCount: work.previews ?? 0,
      cnEnabled: work.hasControlNet,
      denoiseStrength: params.denoise ?? "0",
      time: new Date(context.clock.now()).toISOString(),
    },
    rate: {
      costPerBaseHQRenderInUSD: "0.0048",
      tokenMarkePriceUSD: token === "spark" ? "0.005" : "0.0125",
      costPerRenderSecUSD: "0.0006",
      costPerRenderSecToken: token === "spark" ? "0.12" : "0.048",
      network: params.network ?? query.get("network") ?? "fast",
      networkCostMultiplier: "1",
    },
    quote: {
      model: {
        weight: "1",
        secPerStep: String(model.secondsPerStep),
        secPerPreview: "0.1",
        secForCN: "1",
      },
      job: costs(job, token),
      project: costs(project, token),
    },
  });
}

function costs(price: Price, token: TokenType): Record<string, string> {
  return {
    costInRenderSec: String(price.renderSeconds),
    costInUSD: String(price.usd),
    costInToken: String(amountIn(price, token)),
    costInSpark: String(price.spark),
    costInSogni: String(price.sogni),
  };
}

function estimateChat({ params }: SandboxRequest): Reply {
  const inputTokens = Number(params.input);
  const outputTokens = Number(params.output);
  const usd = (inputTokens + 3 * outputTokens) * 1e-7;
  const [spark, sogni] = [usd / 0.005, usd / 0.0125];
  return bareJson({
    request: { model: params.model },
    quote: {
      costInUSD: usd,
      costInSogni: sogni,
      costInSpark: spark,
      costInToken: params.token === "sogni" ? sogni : spark,
      inputTokens,
      outputTokens,
    },
  });
}

function readToken(text: string | undefined): TokenType | undefined {
  return text === "spark" || text === "sogni" ? text : undefined;
}
