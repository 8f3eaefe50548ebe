/** `--persona-add`, `--persona-list`, `--persona-resolve`, `--persona-remove`. */
import { invalidArgument } from "../errors/app_error.ts";
import type { StatePaths } from "../store/paths.ts";
import type { Persona } from "../store/persona_record.ts";
import { addPersona, listPersonas, removePersona, resolvePersona } from "../store/personas.ts";
import { singleLine } from "../text/control.ts";
import type { CommandContext, CommandRun } from "./context.ts";
import { loadSettings } from "./generation/settings.ts";
import { checkPhoto, checkVoiceClip } from "./persona_media.ts";
import { type StateAnswer, stateAnswer } from "./state_answer.ts";

/** Runs the first of the persona actions that was given. */
export const run: CommandRun = async (context) => {
  const { paths } = await loadSettings(context);
  return await stateAnswer(context, paths, await answer(context, paths));
};

async function answer(context: CommandContext, paths: StatePaths): Promise<StateAnswer> {
  const { host, invocation: { options } } = context;
  if (options.personaAdd !== undefined) return await add(context, paths, options.personaAdd);
  if (options.personaResolve !== undefined) {
    const wanted = options.personaResolve;
    const persona = await resolvePersona(host, paths, wanted) ?? null;
    return {
      type: "persona-resolve",
      fields: { found: persona !== null, persona },
      text: persona
        ? detailLines(persona)
        : `No persona has the name, id or tag "${singleLine(wanted)}".`,
    };
  }
  if (options.personaRemove !== undefined) {
    const name = options.personaRemove;
    const removed = await removePersona(host, paths, name);
    return {
      type: "persona-remove",
      fields: { removed, name },
      text: removed
        ? `Persona removed: ${singleLine(name)}`
        : `No persona is named "${singleLine(name)}".`,
      changed: removed,
    };
  }
  const personas = await listPersonas(host, paths);
  return {
    type: "persona-list",
    fields: { personas },
    text: personas.length === 0 ? "No personas are saved." : personas.map(listLine),
  };
}

async function add(
  { host, report, invocation: { options } }: CommandContext,
  paths: StatePaths,
  name: string,
): Promise<StateAnswer> {
  if (name.trim() === "") {
    throw invalidArgument(
      "--persona-add needs a name.",
      { flag: "--persona-add", value: name },
      'Name the person, e.g. sogni-agent --persona-add "Mara" --ref photo.jpg',
    );
  }
  if (options.ref === undefined) {
    throw invalidArgument(
      "--persona-add needs a photo.",
      { flag: "--ref" },
      `Name a local photo, e.g. sogni-agent --persona-add "${name}" --ref photo.jpg`,
    );
  }
  const warn = (text: string) => report.warn(text);
  const photo = await checkPhoto(host, options.ref, warn);
  const persona = await addPersona(host, paths, {
    name,
    photo,
    relationship: options.relationship,
    // The flag belongs to camera angles too; here it describes the person.
    description: options.angleDescription,
    tags: options.tags ? options.tags.split(",").map((tag) => tag.trim()) : [],
    voice: options.voice,
    voiceClip: options.voiceClip === undefined
      ? undefined
      : await checkVoiceClip(host, options.voiceClip, warn),
  });
  return {
    type: "persona-add",
    fields: { persona },
    text: `Persona added: ${singleLine(persona.name)} (${singleLine(persona.relationship)})`,
    changed: true,
  };
}

function listLine({ name, relationship, description, voiceClipPath }: Persona): string {
  const voice = voiceClipPath ? " [voice]" : "";
  return singleLine(`${name} (${relationship}): ${description || "no description"}${voice}`);
}

function detailLines(persona: Persona): string[] {
  const fields: [label: string, value: string | null][] = [
    ["Name", persona.name],
    ["Relationship", persona.relationship],
    ["Description", persona.description],
    ["Tags", persona.tags.filter((tag) => tag !== "").join(", ")],
    ["Voice", persona.voice],
    ["Photo", persona.photoPath],
    ["Voice clip", persona.voiceClipPath],
  ];
  return fields.flatMap(([label, value]) => value ? [singleLine(`${label}: ${value}`)] : []);
}
