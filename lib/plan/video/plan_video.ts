/** Stand-in until video planning is here. */
import { AppError } from "../../errors/app_error.ts";
import type { SharedChoices } from "../shared.ts";
import type { Plan, PlanInput } from "../types.ts";

/** Plans a video. */
export function planVideo(_input: PlanInput, _shared: SharedChoices): Plan {
  throw new AppError("NOT_IMPLEMENTED", "--video cannot be planned yet.");
}
