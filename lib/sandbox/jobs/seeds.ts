/** Seeds of a project's outputs: the first is the one asked for, the others follow from it. */

/**
 * @param requested undefined when the service is to choose: then the project's id decides
 * @param index of the output, from 0
 * @returns 0 to 4294967295
 */
export function outputSeed(
  requested: number | undefined,
  projectId: string,
  index: number,
): number {
  const first = requested ?? hash(projectId);
  return index === 0 ? first : hash(`${first}/${index}`);
}

/** FNV-1a with a final stir, so that neighbours differ in every bit. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  }
  value = Math.imul(value ^ (value >>> 15), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return (value ^ (value >>> 16)) >>> 0;
}
