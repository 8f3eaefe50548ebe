/** Our own bound around every wait on the service. */

/**
 * Settles with `work`, or rejects with what `onLate` makes when `timeoutMs` pass first.
 * The work itself goes on; its late failure is swallowed.
 */
export async function withDeadline<T>(
  work: Promise<T>,
  timeoutMs: number,
  onLate: () => Error,
): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(onLate()), timeoutMs);
  });
  work.catch(() => {});
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
