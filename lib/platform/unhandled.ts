/** Errors that nobody awaited: the SDK throws some outside every try (see the service's notes). */
import process from "node:process";
import { isDeno } from "./runtime.ts";

/** Calls `handler` for each rejection or error that nothing handles; the process goes on. */
export function onUnhandled(handler: (error: unknown) => void): void {
  if (!isDeno) {
    process.on("unhandledRejection", handler);
    process.on("uncaughtException", handler);
    return;
  }
  globalThis.addEventListener("unhandledrejection", (event) => {
    event.preventDefault();
    handler(event.reason);
  });
  globalThis.addEventListener("error", (event) => {
    event.preventDefault();
    handler(event.error ?? new Error(event.message));
  });
}
