/** A storyboard sheet that is to become a film (Seedance). */

const ABOUT_STORYBOARD =
  /\b(?:uploaded|attached|provided|reference|this|my|the)\s+story-?\s?board\b|\bstory-?\s?board\s+(?:image|sheet|picture|above|reference)\b|\b(?:turn|make|animate|convert|transform|bring)\b[^.!?\n]{0,40}\bstory-?\s?board\b/iu;
const SEVERAL_CLIPS =
  /\b(?:\d+|two|three|four|five|six|several|multiple|separate|individual)\s+(?:\w+\s+)?(?:clips|videos|films)\b|\b(?:clip|video)\s+(?:for\s+)?(?:each|per|every)\b|\beach\s+(?:panel|frame|shot|scene)\s+as\s+(?:a|its)\b/iu;
const OWN_SCRIPT =
  /\b(?:shot|scene|panel|frame|beat)\s*#?\d+\s*[:.\-–—]|\d{1,2}:\d{2}\s*(?:-|–|—|to)\s*\d{1,2}:\d{2}|^\s*\[(?:visual|speech|sounds)\]/imu;
/** A text this long is a script of its own. */
const SCRIPT_LENGTH = 400;

/** The longest clip the model of the rule can make. */
export const STORYBOARD_MAX_SECONDS = 15;

/** What replaces the prompt: the sheet is the script. */
export const STORYBOARD_PROMPT =
  "Film the storyboard in @Image1 as one continuous video. Take its panels in reading order, left " +
  "to right and top to bottom, as successive shots, and follow the framing, action, characters, " +
  "places and light that each panel shows. Read written notes and captions in the panels as " +
  "direction. Fill the whole frame with the shot that is playing: no panel borders, numbers, " +
  "captions, arrows or page layout appear on screen. Keep characters, clothing and places the same " +
  "from shot to shot, with smooth cuts and natural movement, and let sound and dialogue follow what " +
  "the panels say.";

/** The prompt asks to film a storyboard that comes as an image, in one piece and without a script. */
export function isStoryboardRequest(prompt: string): boolean {
  return ABOUT_STORYBOARD.test(prompt) && !SEVERAL_CLIPS.test(prompt) &&
    !OWN_SCRIPT.test(prompt) && prompt.length <= SCRIPT_LENGTH;
}
