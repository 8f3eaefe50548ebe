/** `sogni-agent logout`: removes the stored API key. */
import { removeKey } from "../store/credentials.ts";
import { KEY_NAME } from "../store/credentials_text.ts";
import type { CommandRun } from "./context.ts";
import { loadSettings } from "./generation/settings.ts";
import { stateAnswer } from "./state_answer.ts";

/** Takes the key out of the credentials file; other lines stay. */
export const run: CommandRun = async (context) => {
  const { host, report } = context;
  const { paths } = await loadSettings(context);
  const removed = await removeKey(host, paths);
  if (host.facts.env[KEY_NAME]?.trim()) {
    report.important(`Warning: ${KEY_NAME} is still set and will be used.`);
  }
  return await stateAnswer(context, paths, {
    type: "logout",
    fields: { removed, path: paths.credentials },
    text: removed
      ? `API key removed from ${paths.credentials}`
      : `No API key is stored in ${paths.credentials}`,
    changed: removed,
  });
};
