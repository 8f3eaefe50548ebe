/**
 * A path with a leading `~`, `~/` or `~\` replaced by the home folder; other users' homes
 * (`~name`) are left alone, and so is everything when the home folder is not known.
 */
export function expandHome(path: string, home: string): string {
  if (home === "" || !/^~(?=$|[\\/])/.test(path)) return path;
  return home + path.slice(1);
}
