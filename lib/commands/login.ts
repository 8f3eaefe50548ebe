/** `sogni-agent login`: stores the API key. It comes from the terminal or standard input only. */
import { AppError, invalidArgument } from "../errors/app_error.ts";
import { cleanKey, readPipedKey } from "../store/api_key.ts";
import { saveKey } from "../store/credentials.ts";
import { KEY_NAME } from "../store/credentials_text.ts";
import type { CommandContext, CommandRun } from "./context.ts";
import { interrupted } from "./execute.ts";
import { loadSettings } from "./generation/settings.ts";
import { stateAnswer } from "./state_answer.ts";

/** Reads a key and writes it into the credentials file. */
export const run: CommandRun = async (context) => {
  const { host, report, invocation } = context;
  if (invocation.words.length > 0 || invocation.prompt !== undefined) {
    throw invalidArgument(
      "login takes no arguments.",
      undefined,
      "A key in a command line can be seen by other users and stays in the shell's history. " +
        "Run sogni-agent login and type it, or send it to standard input.",
    );
  }
  const { paths } = await loadSettings(context);
  const apiKey = cleanKey(await readKey(context));
  if (apiKey === "") {
    throw new AppError("MISSING_API_KEY", "No API key was given.", {
      hint: "Get one at dashboard.sogni.ai (account menu), then run: sogni-agent login",
    });
  }
  await saveKey(host, paths, apiKey);
  if (host.facts.env[KEY_NAME]?.trim()) {
    report.important(`Warning: ${KEY_NAME} is set and is used before the stored key.`);
  }
  return await stateAnswer(context, paths, {
    type: "login",
    fields: { path: paths.credentials },
    text: `API key stored in ${paths.credentials}`,
    changed: true,
  });
};

async function readKey({ host, onInterrupt }: CommandContext): Promise<string> {
  if (!host.facts.terminal.stdinIsTerminal) return await readPipedKey(host);
  const signalled = new Promise<never>((_, reject) => {
    onInterrupt((name) => reject(interrupted(name)));
  });
  signalled.catch(() => {});
  const typed = host.prompt("Sogni API key (hidden): ", { hidden: true });
  return await Promise.race([typed, signalled]).catch((error: unknown) => {
    throw (error as { code?: unknown }).code === "EINTR" ? interrupted("SIGINT") : error;
  });
}
