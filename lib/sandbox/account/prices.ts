/**
 * What work costs in the sandbox: plausible, deterministic, and the same in an estimate and on the
 * bill. One render second is the unit; vendor models are priced in dollars.
 */
import type { ModelEntry } from "../models/model_list.ts";

/** Tokens that pay. */
export type TokenType = "spark" | "sogni";

/** A price in every unit. */
export interface Price {
  readonly renderSeconds: number;
  readonly usd: number;
  readonly spark: number;
  readonly sogni: number;
}

/** What is priced. Sizes 0 mean the model's default. */
export interface PricedWork {
  readonly model: ModelEntry;
  readonly count: number;
  readonly steps?: number | undefined;
  readonly width?: number | undefined;
  readonly height?: number | undefined;
  readonly frames?: number | undefined;
  readonly fps?: number | undefined;
  /** Seconds of sound. */
  readonly duration?: number | undefined;
  readonly previews?: number | undefined;
  readonly contextImages?: number | undefined;
  readonly hasControlNet?: boolean | undefined;
  readonly quality?: string | undefined;
}

const USD_PER_RENDER_SECOND = 0.0006;
const USD_PER_SPARK = 0.005;
const USD_PER_SOGNI = 0.0125;
const MEGAPIXEL = 1024 * 1024;
const QUALITY_FACTOR: Readonly<Record<string, number>> = { low: 0.4, medium: 1, high: 4 };

/** Price of the whole project. */
export function priceWork(work: PricedWork): Price {
  const count = Math.max(1, work.count);
  const usd = count * (work.model.vendor ? vendorUsd(work) : 0);
  const renderSeconds = count * renderSecondsOf(work);
  const total = work.model.vendor ? usd : renderSeconds * USD_PER_RENDER_SECOND;
  return {
    renderSeconds: round(renderSeconds, 3),
    usd: round(total, 6),
    spark: round(total / USD_PER_SPARK, 4),
    sogni: round(total / USD_PER_SOGNI, 4),
  };
}

/** The amount in one token. */
export function amountIn(price: Price, token: TokenType): number {
  return token === "sogni" ? price.sogni : price.spark;
}

function renderSecondsOf(work: PricedWork): number {
  const { model } = work;
  const steps = work.steps || model.defaultSteps || 1;
  if (model.media === "audio") return (steps * (work.duration || 30)) / 40;
  const area = ((work.width || model.width) * (work.height || model.height)) / MEGAPIXEL;
  if (model.media === "video") {
    return steps * model.secondsPerStep * area * ((work.frames || 81) / 81);
  }
  const extras = (work.previews ?? 0) * 0.1 + (work.contextImages ?? 0) * 0.8 +
    (work.hasControlNet ? 1 : 0);
  return steps * model.secondsPerStep * area + extras;
}

function vendorUsd(work: PricedWork): number {
  const area = ((work.width || work.model.width) * (work.height || work.model.height)) / MEGAPIXEL;
  if (work.model.media === "image") {
    return 0.05 * area * (QUALITY_FACTOR[work.quality ?? "medium"] ?? 1);
  }
  return 0.08 * area * ((work.frames || 121) / (work.fps || 24));
}

function round(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
