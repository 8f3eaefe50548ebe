/** Speaks of a newer version at the end of the process, on stderr. Everything here is at once. */
import { isatty } from "node:tty";
import { changeSmallFile } from "../../platform/change_small_file.ts";
import { readSelf } from "../../platform/self.ts";
import { readSmallFile, resolvedPath } from "../../platform/small_file.ts";
import { writeStream } from "../../platform/streams.ts";
import type { SystemName } from "../../platform/host.ts";
import { installKind } from "../../setup/install_kind.ts";
import { updateCommand } from "../../setup/update_command.ts";
import { parseUpdateRecord } from "../../store/update_record_text.ts";
import { agentNotice, bannerNotice, type NoticeFacts } from "./notice_text.ts";
import { versionToAnnounce, wasAnnounced } from "./schedule.ts";

/** What the notice depends on. */
export interface NoticeRequest {
  /** Path of the update record. */
  record: string;
  running: string;
  system: SystemName;
  /** Asked of the system when absent. */
  stderrIsTerminal?: boolean;
  env: Readonly<Record<string, string | undefined>>;
  now?: () => number;
  write?: (text: string) => void;
}

/** People are told each time, agents once a day. Never throws. */
export function showUpdateNotice(request: NoticeRequest): void {
  const now = (request.now ?? Date.now)();
  const write = request.write ?? ((text: string) => writeStream("stderr", text));
  const record = parseUpdateRecord(readSmallFile(request.record));
  const latest = versionToAnnounce(record, request.running, now);
  if (latest === undefined) return;
  const facts = { current: request.running, latest, command: commandFor(request) };
  if (request.stderrIsTerminal ?? isatty(2)) {
    const colour = !request.env.NO_COLOR && request.env.TERM !== "dumb";
    write(`${bannerNotice(facts, colour)}\n`);
  } else if (!wasAnnounced(record, now) && claim(request.record, now)) {
    write(`${agentNotice(facts)}\n`);
  }
}

/** Records the time; false when another process has just told it, or is about to. */
function claim(path: string, now: number): boolean {
  let claimed = false;
  try {
    changeSmallFile(path, (text) => {
      claimed = !wasAnnounced(parseUpdateRecord(text), now);
      return claimed
        ? JSON.stringify({ ...JSON.parse(text ?? "{}"), lastNotifiedAt: now }, null, 2)
        : undefined;
    });
    return claimed;
  } catch {
    // A home that cannot be written is no reason for silence.
    return true;
  }
}

function commandFor({ system, env }: NoticeRequest): NoticeFacts["command"] {
  const { form, script } = readSelf();
  const paths = [script, resolvedPath(script)];
  const installed = installKind({ form, paths, userAgent: env.npm_config_user_agent });
  return updateCommand(installed, system)?.text ?? "sogni-agent self-update";
}
