/** The health of the state files: readable, whole, private, and nothing left behind. */
import { basename, dirname, join } from "node:path";
import { isTemporaryName } from "../../platform/temporary.ts";
import { readStateText } from "../../store/state_file.ts";
import { type Check, type Examination, explain, pass, warn } from "./check.ts";

/** A temporary file younger than this may belong to a running process. */
const LEFT_BEHIND_MS = 10 * 60 * 1000;

/** What is wrong with the state files. */
interface Survey {
  problems: string[];
  /** Files that others can read. */
  open: string[];
  /** The folder itself. */
  openFolder: boolean;
  /** Temporary files of processes that were killed. */
  leftBehind: string[];
}

/** Files, their modes, and what killed processes left. */
export const stateFilesCheck: Check = {
  id: "state-files",
  async run(examination) {
    const { settingsError, paths } = examination;
    const { problems, open, openFolder, leftBehind } = await survey(examination);
    const all = [
      ...(settingsError ? [explain(settingsError)] : []),
      ...problems,
      ...(openFolder ? [`other users can read ${paths.base}; --fix closes it`] : []),
      ...open.map((path) => `other users can read ${path}; --fix closes it`),
      ...(leftBehind.length > 0
        ? [`${leftBehind.length} temporary files of killed processes; --fix removes them`]
        : []),
    ];
    return all.length === 0 ? pass(`in order in ${paths.base}`) : warn(all.join("; "));
  },
  async repair(examination) {
    const { files } = examination.context.host;
    const { open, openFolder, leftBehind } = await survey(examination);
    const done: string[] = [];
    if (openFolder) {
      await files.chmod(examination.paths.base, 0o700);
      done.push(`set ${examination.paths.base} to mode 0700`);
    }
    for (const path of open) {
      await files.chmod(path, 0o600);
      done.push(`set ${path} to mode 0600`);
    }
    for (const path of leftBehind) {
      await files.remove(path);
      done.push(`removed ${path}`);
    }
    return done;
  },
};

async function survey(examination: Examination): Promise<Survey> {
  const { context, paths } = examination;
  const { files, facts } = context.host;
  const privacy = facts.system !== "windows";
  const base = await files.stat(paths.base).catch(() => undefined);
  const found: Survey = {
    problems: [],
    open: [],
    openFolder: privacy && base !== undefined && (base.mode & 0o077) !== 0,
    leftBehind: [],
  };
  const stateFiles = await listStateFiles(examination);
  for (const path of stateFiles) {
    const info = await files.stat(path, { followLinks: false }).catch(() => undefined);
    if (info?.kind !== "file") continue;
    if (isTemporaryName(basename(path))) {
      if (Date.now() - info.modifiedAt > LEFT_BEHIND_MS) found.leftBehind.push(path);
      continue;
    }
    if (privacy && (info.mode & 0o077) !== 0) found.open.push(path);
    const problem = path.endsWith(".json") ? await damage(examination, path) : undefined;
    if (problem) found.problems.push(problem);
  }
  return found;
}

/** What is in our folder, and what overrides name elsewhere; the credentials have a check. */
async function listStateFiles({ context, paths }: Examination): Promise<string[]> {
  const { files } = context.host;
  const inFolder = async (folder: string) =>
    (await files.list(folder).catch(() => [])).map((name) => join(folder, name));
  const named = [paths.lastRender, paths.memories, paths.personality];
  const all = [
    ...await inFolder(paths.base),
    ...named.filter((path) => dirname(path) !== paths.base),
    ...(await inFolder(paths.personas)).filter((path) => basename(path) === "index.json"),
  ];
  return all.filter((path) => path !== paths.credentials);
}

async function damage({ context }: Examination, path: string): Promise<string | undefined> {
  try {
    const text = await readStateText(context.host, path);
    if (text !== undefined && text.trim() !== "") JSON.parse(text.replace(/^\ufeff/, ""));
    return undefined;
  } catch (error) {
    return error instanceof SyntaxError
      ? `${path} is damaged; repair it or move it away`
      : explain(error);
  }
}
