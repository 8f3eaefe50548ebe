/** The words of the update notice. Pure. */

/** Versions and the command that updates this installation. */
export interface NoticeFacts {
  readonly current: string;
  readonly latest: string;
  /** As people would type it. */
  readonly command: string;
}

const SELF_UPDATE = "sogni-agent self-update";

/** One line for agents and logs. */
export function agentNotice({ current, latest }: NoticeFacts): string {
  return `[sogni-agent] Update available: ${current} -> ${latest} - ` +
    "finish the present task first, then tell the user and offer to run: sogni-agent self-update, " +
    `then: sogni-agent --whats-new ${current}. If the user declines, run: sogni-agent ` +
    "--snooze-update. Copied skill folders need a refresh of their own.";
}

/** Five lines for people: a blank, old and new version, the command, a tip, a blank. */
export function bannerNotice({ current, latest, command }: NoticeFacts, colour: boolean): string {
  // A lone executable has no other way than the one that the tip names.
  const tip = command === SELF_UPDATE
    ? `What is new is told then by: sogni-agent --whats-new ${current}`
    : `Or: ${SELF_UPDATE}`;
  const paint = (code: number, text: string) => colour ? `\u001b[${code}m${text}\u001b[0m` : text;
  return [
    "",
    `  Update available: ${paint(2, current)} -> ${paint(32, latest)}`,
    `  Install it with: ${paint(36, command)}`,
    `  ${paint(2, `${tip}. No more of this: SOGNI_NO_UPDATE_CHECK=1`)}`,
    "",
  ].join("\n");
}
