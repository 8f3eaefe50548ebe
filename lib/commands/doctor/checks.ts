/** All checks of `doctor`, in their order: those of the contract first, then ours. */
import type { Check } from "./check.ts";
import {
  credentialsCheck,
  credentialSourceCheck,
  credentialsPermissionsCheck,
} from "./credential_checks.ts";
import { configDirCheck, diskCheck, ffmpegCheck, mediaInboundCheck } from "./folder_checks.ts";
import { permissionsCheck, runtimeCheck } from "./runtime_checks.ts";
import { authCheck, clockCheck } from "./service_checks.ts";
import { stateFilesCheck } from "./state_files_check.ts";
import { versionCheck } from "./version_check.ts";

/** The table. */
export const CHECKS: readonly Check[] = [
  runtimeCheck,
  credentialsCheck,
  credentialsPermissionsCheck,
  configDirCheck,
  ffmpegCheck,
  mediaInboundCheck,
  authCheck,
  versionCheck,
  credentialSourceCheck,
  permissionsCheck,
  stateFilesCheck,
  clockCheck,
  diskCheck,
];
