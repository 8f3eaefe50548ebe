/** The shape of a row in the flag table, and the option types derived from it. */

/** Kinds of value a flag takes. */
export type FlagKind =
  /** no value; sets `true`, or `value` when the row has one */
  | "flag"
  | "int"
  | "number"
  | "string"
  /** a path; a leading `~` is expanded */
  | "path"
  | "url"
  /** JSON text or `@file` */
  | "json"
  | "enum"
  /** exactly `arity` values */
  | "tuple"
  /** all values up to the next argument that begins with `-` */
  | "list";

/** One flag. */
export interface FlagRow {
  /** Property of {@link Options}; a `--x`/`--no-x` pair shares one key. */
  readonly key: string;
  /** The long spelling. */
  readonly name: string;
  readonly aliases?: readonly string[];
  readonly kind: FlagKind;
  /** What a bare flag sets; default true. */
  readonly value?: boolean;
  /** Allowed values of an enum, in the spelling that `Options` holds. */
  readonly values?: readonly string[];
  /** Other accepted spellings of enum values (lower-case) and what they mean. */
  readonly synonyms?: Readonly<Record<string, string>>;
  readonly arity?: number;
  readonly min?: number;
  readonly max?: number;
  /** Each use adds one value. */
  readonly repeatable?: boolean;
  /** The value is a comma-separated list of such values. */
  readonly commaList?: boolean;
  /** The value may be left out; the option is then `true`. */
  readonly optionalValue?: boolean;
  /** Not shown in help. */
  readonly hidden?: boolean;
  /** One sentence for help, in our own words. */
  readonly help: string;
}

type Scalar<R extends FlagRow> = R["kind"] extends "flag" ? boolean
  : R["kind"] extends "int" | "number" ? number
  : R["kind"] extends "enum" ? (R extends { values: readonly (infer V)[] } ? V : string)
  : R["kind"] extends "tuple" | "list" ? readonly string[]
  : string;

type Value<R extends FlagRow> = R extends { repeatable: true } ? readonly Scalar<R>[]
  : R extends { optionalValue: true } ? Scalar<R> | true
  : Scalar<R>;

/** The options that a table of rows yields: each key present only when its flag was given. */
export type OptionsOf<Rows extends readonly FlagRow[]> = {
  readonly [R in Rows[number] as R["key"]]?: Value<R>;
};
