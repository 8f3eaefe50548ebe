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

/**
 * What the `details` of a refused enum value hold: the flag and the value; these and the allowed
 * values; the option's name in place of the flag; or the value alone under the option's name.
 */
export type EnumDetails = "flag" | "flag-allowed" | "field-allowed" | "key";

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
  /** Other accepted spellings of enum values (lower-case, words joined by `-`) and their meaning. */
  readonly synonyms?: Readonly<Record<string, string>>;
  /** Default `flag`. */
  readonly enumDetails?: EnumDetails;
  readonly arity?: number;
  /** The values of a tuple or list are paths. */
  readonly paths?: boolean;
  readonly min?: number;
  readonly max?: number;
  /** The range is told in the message only, not in the error's details. */
  readonly rangeUntold?: boolean;
  /** The value is the name of something and may not be blank. */
  readonly named?: boolean;
  /** Each use adds one value. */
  readonly repeatable?: boolean;
  /** The value is a comma-separated list of such values. */
  readonly commaList?: boolean;
  /** The value may be left out; the option is then `true`. */
  readonly optionalValue?: boolean;
  /** Known only as the first argument; an unknown option elsewhere. */
  readonly firstOnly?: boolean;
  /** Of the flags that name the same group the last one on the line wins. */
  readonly lastOf?: string;
  /** What holds without the flag; for help only. */
  readonly default?: string | number;
  /** Name of the value in help, e.g. `seconds`. */
  readonly placeholder?: string;
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
