/** Gives up permissions that a command does not need, for good. Deno only; elsewhere nothing. */

import { hasWall } from "./has_wall.ts";

/** Kinds of permission that can be given up. */
export type PermissionKind = "net" | "read" | "write" | "run" | "env" | "sys" | "ffi" | "import";

const KINDS: readonly PermissionKind[] = [
  "read",
  "write",
  "net",
  "env",
  "run",
  "sys",
  "ffi",
  "import",
];

interface DenoPermissions {
  permissions: {
    revokeSync(descriptor: { name: PermissionKind }): unknown;
    querySync(descriptor: { name: PermissionKind }): { state: string; partial: boolean };
  };
}

/** Kinds held as a whole at this moment; `undefined` where the runtime has no permissions. */
export function heldPermissions(): PermissionKind[] | undefined {
  const deno = (globalThis as unknown as { Deno?: DenoPermissions }).Deno;
  return deno && KINDS.filter((name) => deno.permissions.querySync({ name }).state === "granted");
}

/** Revokes whole kinds; a later use in this thread fails. */
export function giveUp(kinds: readonly PermissionKind[]): void {
  const deno = (globalThis as unknown as { Deno?: DenoPermissions }).Deno;
  if (!deno || !hasWall) return;
  for (const name of kinds) deno.permissions.revokeSync({ name });
}
