/** Command lines that help shows; a test parses each of them. */
export const HELP_EXAMPLES: readonly (readonly [line: string, about: string])[] = [
  ['-o boat.png "a paper boat in the rain"', "an image, saved to a file"],
  ['-n 3 "a {red|blue|green} bicycle"', "three images, one of each colour"],
  ['-c mug.jpg "the same mug on a beach"', "edit a picture"],
  ['--video --ref cat.jpg "slow pan"', "a video from a first frame"],
  ['--music --duration 30 "hopeful synth theme"', "music"],
  ['--sandbox -o try.png "a lighthouse"', "try it without an account"],
];
