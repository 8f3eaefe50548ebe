/** Every example command of every surface, as argument lists: what is shown is what a test runs. */
import type { Example } from "./examples/example.ts";
import { FILM_EXAMPLES } from "./examples/films.ts";
import { PEOPLE_EXAMPLES } from "./examples/people.ts";
import { PICTURE_EXAMPLES } from "./examples/pictures.ts";
import { SERVICE_EXAMPLES } from "./examples/services.ts";

export type { Example, ExampleTopic } from "./examples/example.ts";

/** The examples, in the order in which they are shown. */
export const EXAMPLES: readonly Example[] = [
  ...PICTURE_EXAMPLES,
  ...FILM_EXAMPLES,
  ...PEOPLE_EXAMPLES,
  ...SERVICE_EXAMPLES,
];

/** The example of this id, e.g. `animate`. */
export function exampleOf(id: string): Example {
  const found = EXAMPLES.find((example) => example.id === id);
  if (!found) throw new Error(`there is no example "${id}"`);
  return found;
}
