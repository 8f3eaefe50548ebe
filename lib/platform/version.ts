/** The version, read from the one place where it is written by hand. */
import config from "../../deno.json" with { type: "json" };

/** Version of this program, e.g. `3.10.0`. */
export const VERSION: string = config.version;
