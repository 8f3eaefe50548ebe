/** What has to be looked up before a command line can be planned. */
import type { Options } from "../cli/flags/table.ts";

/** The look-ups that {@link planNeeds} asks for. */
export interface PlanNeeds {
  /** The last-render record. */
  lastRender: boolean;
  /** Names, ids or tags of the personas to resolve, in order. */
  personas: readonly string[];
  voicePersona?: string;
  /** Local files whose type and size matter. */
  references: string[];
}

/** The look-ups for a command line. */
export function planNeeds(options: Options): PlanNeeds {
  return {
    lastRender: (options.lastSeed ?? false) || (options.lastImage ?? false),
    personas: options.persona ?? [],
    ...(options.voicePersona === undefined ? {} : { voicePersona: options.voicePersona }),
    references: referencesToInspect(options),
  };
}

/**
 * Local files whose facts planning uses, each once, as typed. Only video looks into its references:
 * sizes decide over the size of the clip, types over how a reference travels.
 *
 * @param found references that look-ups brought: photos of personas, the last render
 */
export function referencesToInspect(
  options: Options,
  found: readonly (string | undefined)[] = [],
): string[] {
  if (!options.video) return [];
  const all = [
    options.ref,
    options.refEnd,
    ...options.context ?? [],
    ...options.refVideo ?? [],
    options.mask,
    ...found,
  ];
  const local = all.filter((path): path is string => path !== undefined && !isUrl(path));
  return [...new Set(local)];
}

/** Whether a reference is an HTTP(S) URL and not a path. */
export function isUrl(reference: string): boolean {
  return /^https?:\/\//i.test(reference);
}
