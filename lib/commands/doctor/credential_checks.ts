/** Checks of the API key and of the file it is kept in. */
import { dirname } from "node:path";
import { AppError } from "../../errors/app_error.ts";
import { loadCredentials } from "../../store/credentials.ts";
import { describeAccess } from "../../store/credentials_mode.ts";
import { KEY_NAME, parseCredentials } from "../../store/credentials_text.ts";
import { readStateText } from "../../store/state_file.ts";
import { type Check, type Examination, explain, fail, pass, skip, warn } from "./check.ts";

/** Whether a key can be loaded. */
export const credentialsCheck: Check = {
  id: "credentials",
  async run({ context, paths, settingsError }) {
    if (concernsCredentials(settingsError)) return fail(explain(settingsError));
    try {
      const { source, path } = await loadCredentials(context.host, paths);
      return pass(
        source === "file" ? `API key from ${path}` : `API key from environment ${KEY_NAME}`,
      );
    } catch (error) {
      const missing = error instanceof AppError && error.code === "MISSING_CREDENTIALS";
      return missing && context.invocation.options.sandbox
        ? skip("there is no API key; the sandbox needs none")
        : fail(explain(error));
    }
  },
};

/** Who else can read the credentials file. */
export const credentialsPermissionsCheck: Check = {
  id: "credentials-permissions",
  async applies({ context: { host }, paths }) {
    // Windows has no permission bits.
    if (host.facts.system === "windows") return false;
    return await host.files.stat(paths.credentials) !== undefined;
  },
  async run(examination) {
    const { paths } = examination;
    const access = await readAccess(examination);
    if (!access.file) return skip(`${paths.credentials} does not exist`);
    const problem = describeAccess(paths.credentials, access.file, access.folder, access.owner);
    return problem ? warn(problem) : pass(`only you can read ${paths.credentials}`);
  },
  async repair(examination) {
    const { paths, context } = examination;
    const { file, folder } = await readAccess(examination);
    const done: string[] = [];
    if (file && (file.mode & 0o077) !== 0) {
      await context.host.files.chmod(paths.credentials, 0o600);
      done.push(`set ${paths.credentials} to mode 0600`);
    }
    const dir = dirname(paths.credentials);
    // Only our own folder: one that an override names may be shared on purpose.
    if (folder && dir === paths.base && (folder.mode & 0o077) !== 0) {
      await context.host.files.chmod(dir, 0o700);
      done.push(`set ${dir} to mode 0700`);
    }
    return done;
  },
};

/** Which of the places of the key is used, and which is passed over. */
export const credentialSourceCheck: Check = {
  id: "credential-source",
  async run({ context, paths, findings }) {
    if (findings.get("credentials")?.status !== "pass") return skip("there is no usable key");
    const inEnvironment = (context.host.facts.env[KEY_NAME] ?? "").trim() !== "";
    if (!inEnvironment) return pass(`the file ${paths.credentials}; ${KEY_NAME} is not set`);
    const text = await readStateText(context.host, paths.credentials).catch(() => undefined);
    return parseCredentials(text ?? "").apiKey === undefined
      ? pass(`${KEY_NAME}; there is no key in ${paths.credentials}`)
      : pass(`${KEY_NAME}; the key in ${paths.credentials} is not used while it is set`);
  },
};

function concernsCredentials(error: Error | undefined): boolean {
  const source = error instanceof AppError ? error.details?.source : undefined;
  return source === "SOGNI_CREDENTIALS_PATH" || source === "credentialsPath";
}

async function readAccess({ context, paths }: Examination) {
  const { files, facts } = context.host;
  const stat = (path: string) => files.stat(path).catch(() => undefined);
  return {
    file: await stat(paths.credentials),
    folder: await stat(dirname(paths.credentials)),
    owner: (await stat(facts.home))?.uid,
  };
}
