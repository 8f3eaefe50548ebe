/** Cancels a project at its owner's request and confirms it. */
import type { SandboxContext } from "../context.ts";
import type { Hub } from "../socket/hub.ts";
import { closeProject } from "./life.ts";
import { isFinished, occasionOf } from "./project.ts";

/** @param projectId as sent by the client */
export function cancelProject(
  context: SandboxContext,
  hub: Hub,
  appId: string,
  projectId: string,
): void {
  const project = context.projects.find(projectId);
  const confirm = (didCancel: boolean, message?: string) =>
    void hub.send(appId, "artistCancelConfirmation", {
      jobID: projectId.toUpperCase(),
      didCancel,
      ...(message === undefined ? {} : { error_message: message }),
    });
  if (!project || isFinished(project)) {
    return confirm(false, "The project is unknown or has already finished.");
  }
  const refused = context.faults.strike("refuseCancel", occasionOf(project));
  if (refused?.silent) return;
  if (refused) return confirm(false, refused.message ?? "The project cannot be canceled now.");
  closeProject(context, hub, project, "cancelled", "artistCanceled");
  confirm(true);
  hub.send(appId, "balanceUpdate", context.ledger.sheet());
}
