/** Reads a fault script from JSON and says what is wrong with it. */
import { invalidArgument } from "../../errors/app_error.ts";
import { isObject } from "../http/reply.ts";
import {
  FAULT_PARAMETERS,
  type FaultName,
  type FaultRule,
  type FaultScript,
  type ParameterKind,
  TARGET_PARAMETERS,
} from "./script.ts";

/**
 * @param text JSON: an array of rules, one rule, or `{"rules": [...]}`
 * @throws AppError `INVALID_ARGUMENT` naming the rule, the parameter and what is allowed
 */
export function parseFaultScript(text: string): FaultScript {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw invalidArgument(
      "the sandbox fault script is not JSON.",
      {},
      'Give an array of rules such as [{"fault":"stall","job":1}].',
    );
  }
  return checkFaultScript(value);
}

/** As {@link parseFaultScript}, for a value that is already decoded. */
export function checkFaultScript(value: unknown): FaultScript {
  const rules = isObject(value) && Array.isArray(value.rules)
    ? value.rules
    : Array.isArray(value)
    ? value
    : [value];
  return rules.map((rule, index) => checkRule(rule, `rule ${index + 1}`));
}

/**
 * Checks one rule.
 * @param place how the rule is named in errors
 */
export function checkRule(value: unknown, place: string): FaultRule {
  if (!isObject(value)) throw refuse(`${place} is not an object`);
  const name = value.fault;
  if (!isFaultName(name)) {
    throw refuse(
      `${place} names the unknown fault ${JSON.stringify(name ?? null)} (known: ${
        Object.keys(FAULT_PARAMETERS).join(", ")
      })`,
    );
  }
  const kinds: Record<string, ParameterKind> = { ...TARGET_PARAMETERS, ...FAULT_PARAMETERS[name] };
  for (const [key, parameter] of Object.entries(value)) {
    if (key === "fault") continue;
    const kind = Object.hasOwn(kinds, key) ? kinds[key] : undefined;
    if (kind === undefined) {
      throw refuse(
        `${place} (${name}) has the unknown parameter "${key}" (known: ${
          Object.keys(kinds).join(", ")
        })`,
      );
    }
    if (!isOfKind(parameter, kind)) {
      throw refuse(
        `${place} (${name}): "${key}" must be ${describe(kind)} (got ${JSON.stringify(parameter)})`,
      );
    }
  }
  // Every key and value was checked against the tables, which mirror the type.
  return value as unknown as FaultRule;
}

function isFaultName(name: unknown): name is FaultName {
  return typeof name === "string" && Object.hasOwn(FAULT_PARAMETERS, name);
}

function isOfKind(value: unknown, kind: ParameterKind): boolean {
  if (typeof kind !== "string") return typeof value === "string" && kind.includes(value);
  switch (kind) {
    case "number":
      return typeof value === "number" && Number.isFinite(value);
    case "text":
      return typeof value === "string";
    case "boolean":
      return typeof value === "boolean";
    case "number or word":
      return typeof value === "string" || (typeof value === "number" && Number.isFinite(value));
    case "texts":
      return Array.isArray(value) && value.every((entry) => typeof entry === "string");
    case "object":
      return isObject(value);
  }
}

function describe(kind: ParameterKind): string {
  if (typeof kind !== "string") return `one of ${kind.join(", ")}`;
  return kind === "texts" ? "a list of texts" : kind === "object" ? "an object" : `a ${kind}`;
}

function refuse(message: string) {
  return invalidArgument(
    `the sandbox fault script cannot be used: ${message}.`,
    { variable: "SOGNI_SANDBOX_FAULTS" },
  );
}
