/** Disks of their own for tests, small or read-only; only where the system lets us mount. */
import { spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";

/** Disks that were mounted. */
export class SmallDisks {
  readonly #folders: string[] = [];

  /** Mounts a disk of `kibibytes` at a new folder; false where that is not allowed. */
  mount(folder: string, kibibytes: number): boolean {
    mkdirSync(folder, { recursive: true });
    const done = run("mount", "-t", "tmpfs", "-o", `size=${kibibytes}k`, "tmpfs", folder);
    if (done) this.#folders.push(folder);
    return done;
  }

  /** Lets nothing more be written; false when a file is just being written. */
  freeze(folder: string): boolean {
    return run("mount", "-o", "remount,ro", folder);
  }

  /** Makes all disks large and writable. */
  mend(): void {
    for (const folder of this.#folders) run("mount", "-o", "remount,rw,size=64m", folder);
  }

  unmount(): void {
    for (const folder of this.#folders) run("umount", "-l", folder);
  }
}

function run(program: string, ...args: string[]): boolean {
  return spawnSync(program, args, { stdio: "ignore" }).status === 0;
}
