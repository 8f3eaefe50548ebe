/** Output schemas: the JSON objects of the commands, as far as a model acts upon them. */
import * as z from "zod";
import { lazy } from "./lazy_schema.ts";

const head = () => ({
  success: z.boolean().describe("False never occurs here: failures are error results"),
  type: z.string().optional().describe("Kind of answer"),
});

/** Any command's answer. */
export const ANSWER: () => z.ZodObject = lazy(() => z.looseObject(head()));

/** Of everything that is rendered; a job in place of the result when the wait was over first. */
export const RENDER: () => z.ZodObject = lazy(() =>
  z.looseObject({
    ...head(),
    status: z.enum(["done", "running"]).describe("running: get the result with manage_jobs"),
    job: z.string().optional().describe("Id for manage_jobs, while it is running"),
    prompt: z.string().nullish(),
    model: z.string().nullish(),
    width: z.number().nullish(),
    height: z.number().nullish(),
    duration: z.number().nullish(),
    seeds: z.array(z.number().nullable()).optional(),
    localPath: z.string().nullish().describe("First saved file"),
    localPaths: z.array(z.string().nullable()).optional().describe("Saved files, in order"),
    urls: z.array(z.string().nullable()).optional().describe("Links that expire"),
    tokenType: z.string().optional(),
    withheld: z.number().optional().describe("Results that the content filter kept back"),
    failures: z.array(z.looseObject({})).optional().describe("Results that failed"),
    sandbox: z.boolean().optional().describe("Practice: nothing was paid"),
  })
);

/** Of work on local films. */
export const FILM: () => z.ZodObject = lazy(() =>
  z.looseObject({
    ...head(),
    outputPath: z.string().describe("The file that was written"),
  })
);

/** Of the media list. */
export const MEDIA: () => z.ZodObject = lazy(() =>
  z.looseObject({
    ...head(),
    files: z.array(z.looseObject({ path: z.string() })),
  })
);

/** Of the balance. */
export const BALANCE: () => z.ZodObject = lazy(() =>
  z.looseObject({
    ...head(),
    spark: z.number().nullable().describe("null: not known"),
    sogni: z.number().nullable(),
  })
);

/** Of jobs: the finished render, the state of a job, or a list. */
export const JOBS: () => z.ZodObject = lazy(() =>
  z.looseObject({
    ...head(),
    status: z.string().optional(),
    job: z.string().optional(),
    running: z.array(z.looseObject({})).optional().describe("Renders of this conversation"),
  })
);

/** Of a saved attachment. */
export const IMPORTED: () => z.ZodObject = lazy(() =>
  z.object({
    path: z.string(),
    bytes: z.number(),
    note: z.string(),
  })
);
