/**
 * A file system of its own for one run: really full, or really read-only. It is mounted in a mount
 * namespace that ends with the run, so nothing has to be unmounted.
 */
import { spawnSync } from "node:child_process";
import * as fs from "node:fs/promises";
import * as path from "node:path";
import process from "node:process";

/** What the folder is put on. */
export interface SmallDisk {
  /** Replaced by the file system; what lies in it is copied there. */
  folder: string;
  /** Where everything in it is copied to after the run. */
  kept: string;
  /** Free KiB; what is above is filled. */
  freeKiB: number;
  readOnly?: boolean;
}

const SIZE_KIB = 4096;

// A page is the smallest thing that a tmpfs gives, so that full means no page is left.
const SCRIPT = `
folder=$1 kept=$2 free=$3 mode=$4
shift 4
mkdir -p "$folder" "$kept.before"
cp -a "$folder/." "$kept.before/"
mount -t tmpfs -o size=${SIZE_KIB}k,mode=0700 none "$folder" || exit 97
cp -a "$kept.before/." "$folder/"
dd if=/dev/zero of="$folder/.ballast" bs=1k count=99999 2>/dev/null
truncate -s -"$free"k "$folder/.ballast"
if [ "$mode" = ro ]; then mount -o remount,ro "$folder" || exit 97; fi
"$@"
code=$?
cp -a "$folder" "$kept"
exit $code
`;

/** The program that starts the agent on such a disk, for `AgentOptions.wrapper`. */
export function onSmallDisk({ folder, kept, freeKiB, readOnly }: SmallDisk): string[] {
  const mode = readOnly ? "ro" : "rw";
  return [...namespace(), "sh", "-c", SCRIPT, "disk", folder, kept, String(freeKiB), mode];
}

/**
 * Whether file systems can be mounted here. Where they cannot, the tests say so on stderr, since a
 * test that is left out without a word looks like one that holds.
 */
export function canMount(): boolean {
  if (namespace().length > 0) return true;
  process.stderr.write(
    "NOT TESTED: full and read-only file systems need unshare(1) and the right to mount.\n",
  );
  return false;
}

/** Every file below a folder with its text, without the ballast. */
export async function contents(folder: string): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const name of (await fs.readdir(folder, { recursive: true })).sort()) {
    const file = path.join(folder, name);
    if (name === ".ballast" || !(await fs.lstat(file)).isFile()) continue;
    found[name] = await fs.readFile(file, "latin1");
  }
  return found;
}

let found: string[] | undefined;

/** As root, else as root of a user namespace; empty where neither is allowed. */
function namespace(): string[] {
  found ??=
    [["unshare", "-m"], ["unshare", "-rm"]].find(([program = "", ...args]) =>
      spawnSync(program, [...args, "sh", "-c", "mount -t tmpfs none /mnt"], { stdio: "ignore" })
        .status === 0
    ) ?? [];
  return found;
}
