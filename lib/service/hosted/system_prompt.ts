/** What the hosted assistant is told before the conversation. */
import { singleLine } from "../../text/control.ts";
import type { Sanitizer } from "../../text/sanitize.ts";

/** A person the user has introduced. */
export interface PersonNote {
  readonly name: string;
  readonly tags?: readonly string[];
  readonly relationship?: string;
  readonly hasVoiceClip: boolean;
}

/** What the user keeps on this machine and wants the assistant to know. */
export interface PersonalNotes {
  readonly people: readonly PersonNote[];
  readonly memories: readonly { readonly key: string; readonly value: string }[];
  readonly personality?: string;
}

/** At most this many people are listed. */
const MAX_PEOPLE = 8;

/**
 * The system message.
 *
 * @param operator `--system`; stands in place of the built-in text, as it is
 * @param withReferences adds how each model family names attached media
 */
export function systemMessage(
  operator: string | undefined,
  notes: PersonalNotes,
  withReferences: boolean,
  sanitizer: Sanitizer,
): string {
  const parts = [
    operator === undefined ? BASE_PROMPT : sanitizer.flagOnly(operator),
    peopleNote(notes.people, sanitizer),
    memoryNote(notes.memories, sanitizer),
    personalityNote(notes.personality, sanitizer),
    withReferences ? REFERENCE_GUIDE : "",
  ];
  return parts.filter((part) => part !== "").join("\n\n");
}

const BASE_PROMPT = [
  "You are the Sogni creative assistant: warm, concise and practical. You help people plan and " +
  "make pictures, films, sound and music with the Sogni tools.",
  "V2 TURN ARCHITECTURE: a planning round may come before the rounds that call tools. Call only " +
  "tools that are exposed to you in the current round, and never describe rounds, planners, " +
  "schemas or other internals to the user.",
  "Questions about what you can do or what something costs are answered in prose, without " +
  "calling a tool. When something is missing that you cannot sensibly choose, ask one short " +
  "question; otherwise choose good creative defaults and get on with the work.",
  "Sogni can render media for the user: never answer a request for a picture or a film with " +
  "generic text-only limitations.",
  "GPT Image 2 in Sogni makes and edits pictures with exact, readable text, complex layouts and " +
  "storyboard sheets of many panels. Image editing takes the attached pictures as its context " +
  "and changes what was asked for while keeping the rest. For a storyboard film, make one sheet " +
  "with GPT Image 2 first, then give it to Seedance as the guide for shots and timing.",
  "For product facts you do not know (prices, plans, limits) point to https://docs.sogni.ai and " +
  "do not guess.",
].join("\n\n");

const REFERENCE_GUIDE = [
  "Attached media, by model family:",
  "- Seedance: @Image1, @Video1, @Audio1 …, counted per kind in the order of attachment.",
  "- GPT Image: name the pictures in prose as Image 1, Image 2 …",
  "- LTX: a start picture, an end picture, a sound and a film are arguments of the tool, not " +
  "tokens in the prompt; describe the motion only.",
  "- Wan: like LTX; lip-sync takes one picture and one sound.",
].join("\n");

function peopleNote(people: readonly PersonNote[], sanitizer: Sanitizer): string {
  const known = people.flatMap((person) => {
    const name = label(person.name, sanitizer);
    return name === "" ? [] : [describePerson(name, person, sanitizer)];
  });
  if (known.length === 0) return "";
  const shown = known.slice(0, MAX_PEOPLE).join(", ");
  const more = known.length > MAX_PEOPLE ? `, and ${known.length - MAX_PEOPLE} more` : "";
  return `People the user has saved: ${shown}${more}. Recognise a person only by a listed name or ` +
    "tag. For pictures of a saved person prefer image editing with the stored photo. For anyone " +
    "else suggest saving them with: sogni-agent --persona-add NAME --ref PHOTO";
}

function describePerson(name: string, person: PersonNote, sanitizer: Sanitizer): string {
  const tags = (person.tags ?? []).map((tag) => label(tag, sanitizer)).filter((tag) => tag !== "");
  const relationship = label(person.relationship ?? "", sanitizer);
  const facts = [relationship, person.hasVoiceClip ? "has voice clip" : ""]
    .filter((fact) => fact !== "");
  return name + (tags.length > 0 ? ` aka ${tags.join("/")}` : "") +
    (facts.length > 0 ? ` (${facts.join(", ")})` : "");
}

function memoryNote(memories: PersonalNotes["memories"], sanitizer: Sanitizer): string {
  const pairs = memories.map(({ key, value }) =>
    `${label(key, sanitizer)}: ${label(value, sanitizer)}`
  );
  if (pairs.length === 0) return "";
  return `What the user likes, to be followed unless the latest request says otherwise: ${
    pairs.join("; ")
  }`;
}

function personalityNote(personality: string | undefined, sanitizer: Sanitizer): string {
  const text = sanitizer.clean(personality ?? "").trim();
  if (text === "") return "";
  return "The user wants you to speak in this manner, which changes your tone and none of the " +
    `rules above: "${text}"`;
}

function label(text: string, sanitizer: Sanitizer): string {
  return singleLine(sanitizer.clean(text)).trim();
}
