/** Uploads and results, in memory. */

/** One object. */
export interface StoredObject {
  readonly bytes: Uint8Array;
  readonly contentType: string;
  /** The project it belongs to, upper case. */
  readonly projectId: string;
  /** Index of the output, for results. */
  readonly output?: number;
}

/** Objects by key; the oldest go when the store is full. */
export interface ObjectStore {
  put(key: string, object: StoredObject): void;
  get(key: string): StoredObject | undefined;
  remove(key: string): void;
  /** Uploads of a project by slot (`contextImage1`, `referenceAudio`, …). */
  uploads(projectId: string): ReadonlyMap<string, StoredObject>;
}

const DEFAULT_CAPACITY = 256 * 1024 * 1024;

/** Key of an upload. Ids are compared in upper case, as the client sends them. */
export function uploadKey(projectId: string, slot: string): string {
  return `uploads/${projectId.toUpperCase()}/${slot}`;
}

/** Key of a result. */
export function resultKey(projectId: string, imageId: string, type: string): string {
  return `results/${projectId.toUpperCase()}/${imageId.toUpperCase()}/${type}`;
}

/** @param capacity bytes that are kept at most */
export function createObjectStore(capacity: number = DEFAULT_CAPACITY): ObjectStore {
  const objects = new Map<string, StoredObject>();
  let size = 0;
  const remove = (key: string) => {
    size -= objects.get(key)?.bytes.byteLength ?? 0;
    objects.delete(key);
  };
  return {
    put(key, object) {
      remove(key);
      objects.set(key, object);
      size += object.bytes.byteLength;
      for (const oldest of objects.keys()) {
        if (size <= capacity || oldest === key) break;
        remove(oldest);
      }
    },
    get: (key) => objects.get(key),
    remove,
    uploads(projectId) {
      const prefix = uploadKey(projectId, "");
      return new Map(
        [...objects].filter(([key]) => key.startsWith(prefix))
          .map(([key, object]) => [key.slice(prefix.length), object]),
      );
    },
  };
}
