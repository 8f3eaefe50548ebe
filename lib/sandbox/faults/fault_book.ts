/** The faults of one sandbox: which rule strikes where, and how often it still may. */
import type { FaultName, FaultRule, FaultScript, Phase } from "./script.ts";

/** Where something happens that a fault could spoil. */
export interface Occasion {
  readonly prompt?: string;
  readonly job?: number;
  readonly output?: number;
  readonly phase?: Phase;
  readonly path?: string;
  readonly method?: string;
  /** Rules from the project's own prompt, tried first. */
  readonly inline?: readonly FaultRule[];
}

/** A rule of one kind. */
export type RuleOf<Name extends FaultName> = Extract<FaultRule, { fault: Name }>;

/** Answers whether a fault strikes. */
export interface FaultBook {
  /** The rule that strikes now, if one does; that strike is counted. */
  strike<Name extends FaultName>(name: Name, occasion: Occasion): RuleOf<Name> | undefined;
  /** Adds rules while the sandbox runs; they are tried after the older ones. */
  add(...rules: FaultRule[]): void;
  /** Forgets every rule. */
  clear(): void;
}

/** Faults that end what they strike, or would otherwise recur for ever, strike once by default. */
const ONCE: ReadonlySet<FaultName> = new Set([
  "dropSocket",
  "dropStream",
  "restart",
  "loseRequest",
  "retry",
]);

/** The phase in which a rule strikes that names none. */
const DEFAULT_PHASE: Partial<Record<FaultName, Phase>> = {
  error: "started",
  stall: "started",
  dropSocket: "progress",
};

/** @param script the rules to begin with */
export function createFaultBook(script: FaultScript = []): FaultBook {
  const rules: FaultRule[] = [...script];
  const struck = new WeakMap<FaultRule, number>();
  return {
    strike<Name extends FaultName>(name: Name, occasion: Occasion) {
      for (const rule of [...occasion.inline ?? [], ...rules]) {
        if (!isOfName(rule, name) || !matches(rule, occasion)) continue;
        const count = struck.get(rule) ?? 0;
        if (count >= (rule.times ?? (ONCE.has(name) ? 1 : Infinity))) continue;
        struck.set(rule, count + 1);
        return rule;
      }
      return undefined;
    },
    add: (...more) => void rules.push(...more),
    clear: () => void rules.splice(0),
  };
}

function isOfName<Name extends FaultName>(rule: FaultRule, name: Name): rule is RuleOf<Name> {
  return rule.fault === name;
}

function matches(rule: FaultRule, at: Occasion): boolean {
  const phase = "phase" in rule && rule.phase ? rule.phase : DEFAULT_PHASE[rule.fault];
  if (phase !== undefined && phase !== at.phase) return false;
  if (rule.job !== undefined && rule.job !== at.job) return false;
  if (rule.output !== undefined && rule.output !== at.output) return false;
  if (rule.path !== undefined && !at.path?.includes(rule.path)) return false;
  if (rule.method !== undefined && rule.method.toUpperCase() !== at.method) return false;
  return rule.prompt === undefined ||
    (at.prompt ?? "").toLowerCase().includes(rule.prompt.toLowerCase());
}
