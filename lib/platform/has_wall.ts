/** Whether this runtime can hold a command behind a wall of permissions. */
import { isDeno } from "./runtime.ts";

/** The bench builds a program where this is false, to tell what the walls cost. */
export const hasWall: boolean = isDeno;
