/** Names of temporary files as processes leave them that are gone. */
import { machineMark } from "../machine_mark.ts";

/** No system gives so high a number to a process. */
const DEAD = "7ffffff";

/** The name under which a process that is gone was writing `name`. */
export function leftName(name: string, pid: string = DEAD): string {
  return `.${name}.${pid}-${machineMark()}-0123456789ab.tmp`;
}
