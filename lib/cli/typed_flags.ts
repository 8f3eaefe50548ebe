/** Lets messages name a flag in the spelling that was typed, beside its long name. */

/** Long names of flags and the other spellings they were typed in. */
export type TypedFlags = Readonly<Record<string, string>>;

/** `--width cannot …` becomes `-w/--width cannot …` where `-w` was typed. */
export function nameAsTyped(message: string, typed: TypedFlags = {}): string {
  return message.replace(/(?<![\w-])--[a-z][a-z0-9-]*/g, (name) => {
    const spelling = typed[name];
    return spelling === undefined ? name : `${spelling}/${name}`;
  });
}
