/** Words in a prompt that decide between models, workflows and warnings. */

const QUOTES = [
  /(?<!\d)"([^"\n]*)"/g,
  /[“„]([^“”„\n]+)[”“]/g,
  /«([^«»\n]+)»/g,
  /‹([^‹›\n]+)›/g,
  /‘([^‘’\n]*(?:’\p{L}[^‘’\n]*)*)’(?!\p{L})/gu,
  /「([^「」\n]+)」/g,
  /『([^『』\n]+)』/g,
  /《([^《》\n]+)》/g,
];

const SPEECH =
  /\b(?:say(?:s|ing)?|said|ask(?:s|ed|ing)?|whisper(?:s|ed|ing)?|shout(?:s|ed|ing)?|yell(?:s|ed|ing)?|mutter(?:s|ed|ing)?|murmur(?:s|ed|ing)?|repl(?:y|ies|ied|ying)|answers|announc(?:es|ed|ing)|exclaim(?:s|ed|ing)?|speak(?:s|ing)?|spoke|talk(?:s|ed|ing)?|tells|narrat(?:e|es|ed|ing|ion|or)|interview(?:s|ed|ing|er)?|dialog(?:ue|ues)?|monologue|conversation|speech|voice-?over)\b/iu;
const AUDIO =
  /\b(?:audio|music(?:al|ian|ians)?|song|songs|sing(?:s|ing|er|ers)?|sound(?:s|track|tracks|scape)?|sfx|voice(?:s|d)?|vocals?|foley|melody|choir|lyrics)\b/iu;
const STORY =
  /\b(?:story|stories|storyline|storytelling|scene|scenes|script|scripted|screenplay|commercial|commercials|chapter|chapters|narrative|episode)\b/iu;
const SILENT =
  /\b(?:silent(?:ly)?|no\s+(?:dialog(?:ue)?|speech|speaking|talking|voice-?over|voice\s+over|audio|sound)|without\s+(?:dialog(?:ue)?|speech|voice-?over|audio|sound)|mute[d]?)\b/iu;
const LIP_SYNC =
  /\b(?:lip[\s-]?sync\w*|talking[\s-]head|mouth\s+mov(?:es|ing|ements?)|(?:moving|move)\s+(?:the\s+|her\s+|his\s+|their\s+)?mouth|face\s+(?:speaks|speaking|talks|talking)|sing(?:s|ing)?[\s-]along)\b/iu;
const MORPH = /\b(?:morph(?:s|ed|ing)?|transition(?:s|ed|ing)?)\b/iu;

/** Passages between straight, curly, angle or CJK quotation marks, in order, without the marks. */
export function quotedPassages(prompt: string): string[] {
  const found = QUOTES.flatMap((pattern) =>
    [...prompt.matchAll(pattern)].map((match) => ({ at: match.index, text: match[1] ?? "" }))
  );
  return found
    .filter(({ text }) => /[\p{L}\p{N}]/u.test(text))
    .sort((a, b) => a.at - b.at)
    .map(({ text }) => text.trim());
}

/** Number of words that have to be spoken; of scripts without blanks, two signs count as one. */
export function countSpokenWords(passages: readonly string[]): number {
  const text = passages.join(" ");
  const signs = text.match(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/gu)?.length ?? 0;
  const rest = text.replace(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/gu, " ");
  const words = rest.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
  return words + Math.ceil(signs / 2);
}

/** The prompt speaks of speaking. */
export function mentionsSpeech(prompt: string): boolean {
  return SPEECH.test(prompt);
}

/** The prompt asks for no speech or no sound. */
export function asksForSilence(prompt: string): boolean {
  return SILENT.test(prompt);
}

/** The prompt asks for a face that moves with the sound. */
export function mentionsLipSync(prompt: string): boolean {
  return LIP_SYNC.test(prompt);
}

/** The prompt asks to blend from one picture into another. */
export function mentionsMorph(prompt: string): boolean {
  return MORPH.test(prompt);
}

/** The prompt wants what only a model with sound can do: speech, sound or a story told. */
export function wantsSound(prompt: string): boolean {
  if (asksForSilence(prompt)) return false;
  return quotedPassages(prompt).length > 0 || SPEECH.test(prompt) || AUDIO.test(prompt) ||
    STORY.test(prompt);
}
