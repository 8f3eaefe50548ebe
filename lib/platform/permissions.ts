/** Gives up permissions that a command does not need, for good. Deno only; elsewhere nothing. */

/** Kinds of permission that can be given up. */
export type PermissionKind = "net" | "read" | "write" | "run" | "env" | "sys" | "ffi" | "import";

interface DenoPermissions {
  permissions: { revokeSync(descriptor: { name: PermissionKind }): unknown };
}

/** Revokes whole kinds; a later use in this thread fails. */
export function giveUp(kinds: readonly PermissionKind[]): void {
  const deno = (globalThis as unknown as { Deno?: DenoPermissions }).Deno;
  if (!deno) return;
  for (const name of kinds) deno.permissions.revokeSync({ name });
}
