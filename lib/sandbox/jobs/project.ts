/** A project and its outputs while they live. */
import { randomUUID } from "node:crypto";
import { amountIn, type Price } from "../account/prices.ts";
import type { Occasion } from "../faults/fault_book.ts";
import type { ModelEntry } from "../models/model_list.ts";
import type { JobRequest } from "./job_request.ts";
import { outputSeed } from "./seeds.ts";

/** State of one output, in the words of the service. */
export type OutputStatus =
  | "created"
  | "initiatingModel"
  | "jobStarted"
  | "jobProgress"
  | "jobCompleted"
  | "jobError";

/** State of a project, in the words of the service. */
export type ProjectStatus =
  | "pending"
  | "queued"
  | "progress"
  | "completed"
  | "errored"
  | "cancelled";

/** One output of a project. */
export interface Output {
  readonly index: number;
  /** Upper-case id of the current attempt. */
  imageId: string;
  workerName: string;
  status: OutputStatus;
  /** Why it ended; `jobCompleted`, `artistCanceled`, `genfailure` or an error's word or code. */
  reason: string | undefined;
  readonly seed: number;
  performedSteps: number;
  startedAt: number | undefined;
  endedAt: number | undefined;
  /** The content filter held the media back. */
  withheld: boolean;
  /** The content filter fired but was switched off. */
  detected: boolean;
  sources: readonly string[];
}

/** One project. */
export interface Project {
  readonly id: string;
  /** Place among the sandbox's projects, from 1. */
  readonly number: number;
  readonly appId: string;
  readonly request: JobRequest;
  readonly model: ModelEntry;
  readonly price: Price;
  readonly outputs: readonly Output[];
  readonly createdAt: number;
  updatedAt: number;
  endedAt: number | undefined;
  status: ProjectStatus;
  reason: string | undefined;
  /** Finished while its app had no socket, and not yet handed out. */
  unclaimed: boolean;
  /** Ends the work when the project is cancelled or has failed. */
  readonly abort: AbortController;
}

/** What a new project is made of. */
export interface ProjectSeed {
  readonly number: number;
  readonly appId: string;
  readonly request: JobRequest;
  readonly model: ModelEntry;
  readonly price: Price;
  readonly now: number;
}

/** A project that was just admitted. */
export function createProject(seed: ProjectSeed): Project {
  const { request } = seed;
  return {
    id: request.id,
    number: seed.number,
    appId: seed.appId,
    request,
    model: seed.model,
    price: seed.price,
    outputs: Array.from({ length: request.count }, (_, index) => createOutput(request, index)),
    createdAt: seed.now,
    updatedAt: seed.now,
    endedAt: undefined,
    status: "pending",
    reason: undefined,
    unclaimed: false,
    abort: new AbortController(),
  };
}

/** A fresh id for an attempt at an output. */
export function newImageId(): string {
  return randomUUID().toUpperCase();
}

/** Whether nothing more will happen to the project. */
export function isFinished(project: Project): boolean {
  return ["completed", "errored", "cancelled"].includes(project.status);
}

/** Where faults look for the project. */
export function occasionOf(project: Pick<Project, "number" | "request">): Occasion {
  const { prompt, inlineFaults } = project.request;
  return { prompt, job: project.number, inline: inlineFaults };
}

/** Tokens that the project's finished outputs cost. */
export function spentOn(project: Project): number {
  const done = project.outputs.filter(({ status }) => status === "jobCompleted").length;
  return reservedFor(project) * done / project.outputs.length;
}

/** Tokens put aside when the project was admitted. */
export function reservedFor(project: Pick<Project, "price" | "request">): number {
  return amountIn(project.price, project.request.tokenType);
}

function createOutput(request: JobRequest, index: number): Output {
  return {
    index,
    imageId: newImageId(),
    workerName: `sandbox-${index % 4 + 1}`,
    status: "created",
    reason: undefined,
    seed: outputSeed(request.seed, request.id, index),
    performedSteps: 0,
    startedAt: undefined,
    endedAt: undefined,
    withheld: false,
    detected: false,
    sources: [],
  };
}
