/** Choices that every kind of generation shares, made once before the branches part. */
import { AppError } from "../errors/app_error.ts";
import { checkLoras, lorasFromOptions } from "./loras.ts";
import type { LoraChoice } from "./loras.ts";
import { chooseOutputFormat } from "./output_format.ts";
import type { OutputFormat } from "./output_format.ts";
import { chooseSeed, seedFieldsFromOptions } from "./seed.ts";
import type { SeedChoice, SeedFields } from "./seed.ts";
import { chooseToken, requestedToken } from "./tokens.ts";
import type { TokenChoice } from "./tokens.ts";
import type { Medium, PlanInput, PlanNote } from "./types.ts";

/** What a branch of planning is given besides its input. */
export interface SharedChoices extends LoraChoice {
  readonly medium: Medium;
  /** Outputs, from 1 to the cap. */
  readonly count: number;
  /** From `--output-format` or the ending of `--output`; absent: the service's own. */
  readonly outputFormat?: OutputFormat;
  /** Sent as `disableNSFWFilter`. */
  readonly noFilter: boolean;
  readonly network: "fast" | "relaxed";
  /** Speaker of the reference voice: `--voice-persona`, else a `--persona` whose clip is used. */
  readonly voicePersonaName?: string;
  /** Everything that was said so far, in order; becomes `Plan.notes`. */
  readonly notes: PlanNote[];
  /** Adds a line for stderr. */
  addNote(level: PlanNote["level"], text: string): void;
  /** The balance for a model; says so when it is not the one that was asked for. */
  token(model: string, premium: boolean): TokenChoice;
  /**
   * The seed; says which one a strategy drew. `fields` are laid over what the options say, so only
   * prompt, model, workflow, size, token type and whatever planning changed have to be given.
   */
  seed(fields: SeedFields): SeedChoice;
}

/** What is decided before {@link createShared} is called. */
export interface SharedFacts {
  medium: Medium;
  loras?: LoraChoice;
  /** `.mp4` as ending of `--output` names the joined film, not a picture. */
  filmOutput?: boolean;
  voicePersonaName?: string;
}

/**
 * Makes the shared choices, in the order of the contract: format, LoRAs, count.
 *
 * @param input with the options that the branch shall see (personas already applied)
 */
export function createShared(input: PlanInput, facts: SharedFacts): SharedChoices {
  const { options, config } = input;
  const notes: PlanNote[] = [];
  const addNote = (level: PlanNote["level"], text: string) => void notes.push({ level, text });
  const outputFormat = chooseOutputFormat(options, facts.medium, facts.filmOutput ?? false);
  const loras = checkLoras(facts.loras ?? lorasFromOptions(options), facts.medium);
  const request = requestedToken(options, config);
  return {
    ...loras,
    medium: facts.medium,
    count: chooseCount(input),
    ...(outputFormat === undefined ? {} : { outputFormat }),
    noFilter: options.noFilter ?? false,
    network: config.defaultNetwork ?? "fast",
    ...(facts.voicePersonaName === undefined ? {} : { voicePersonaName: facts.voicePersonaName }),
    notes,
    addNote,
    token(model, premium) {
      const choice = chooseToken(request, model, premium);
      if (choice.note !== undefined) addNote("note", choice.note);
      return choice;
    },
    seed(fields) {
      const choice = chooseSeed(input, { ...seedFieldsFromOptions(options), ...fields });
      for (const warning of choice.warnings) addNote("important", warning);
      if (choice.note !== undefined) addNote("note", choice.note);
      return choice;
    },
  };
}

/** The number of outputs; a configured one is cut to the cap, an asked one above it is refused. */
export function chooseCount({ options, config, maxCount }: PlanInput): number {
  const asked = options.count;
  if (asked === undefined) {
    return Math.min(Math.max(1, Math.trunc(config.defaultCount ?? 1)), maxCount);
  }
  if (asked > maxCount) {
    throw new AppError(
      "COUNT_LIMIT_EXCEEDED",
      `--count ${asked} is above the safety cap of ${maxCount}.`,
      {
        details: { flag: "--count", value: asked, max: maxCount },
        hint: `Set SOGNI_MAX_COUNT=${asked} to allow it, or ask for at most ${maxCount}.`,
      },
    );
  }
  return Math.max(1, Math.trunc(asked));
}
