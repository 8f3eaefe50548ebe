/** Faults written into a prompt by hand, such as `a cat [[fault:error code=4078]]`. */
import { checkRule } from "./parse.ts";
import type { FaultRule } from "./script.ts";

const MARKER = /\[\[fault:([A-Za-z]+)((?:\s+[A-Za-z]+=(?:"[^"]*"|[^\s\]]+))*)\s*\]\]/g;
const PARAMETER = /([A-Za-z]+)=(?:"([^"]*)"|([^\s\]]+))/g;

/** A prompt without its markers, and the rules they stood for. */
export interface MarkedPrompt {
  readonly prompt: string;
  readonly rules: readonly FaultRule[];
}

/** Markers that make no valid rule stay in the prompt, where they are seen on the picture. */
export function readMarkers(text: string): MarkedPrompt {
  const rules: FaultRule[] = [];
  const prompt = text.replace(MARKER, (marker, name: string, parameters: string) => {
    const rule: Record<string, unknown> = { fault: name };
    for (const [, key, quoted, plain] of parameters.matchAll(PARAMETER)) {
      if (key !== undefined) rule[key] = quoted ?? scalar(plain ?? "");
    }
    try {
      rules.push(checkRule(rule, "marker"));
      return "";
    } catch {
      return marker;
    }
  });
  return { prompt: rules.length > 0 ? prompt.replace(/\s+/g, " ").trim() : prompt, rules };
}

function scalar(text: string): string | number | boolean {
  if (text === "true" || text === "false") return text === "true";
  return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text;
}
