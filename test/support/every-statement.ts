/** Thrown in place of a statement: the machine has stopped there. */
class Stopped extends Error {}

/** What a machine may lose power over. */
const most = 200

/**
 * An act whose machine stops before its first statement that writes, then before its second, and so on
 * until it is through. After each stop all stands as it stood: an act is done whole or not at all. What it
 * comes to then is what one clean act comes to, which the caller looks at. Returns how often it was stopped.
 */
export const stoppedAtEveryStatement = async (
  act: (onStatement: () => void) => Promise<unknown>,
  stands: () => unknown,
  same: (now: unknown, before: unknown, stop: number) => void,
): Promise<number> => {
  const before = stands()
  for (let stopAt = 0; stopAt < most; stopAt += 1) {
    let statement = 0
    const done = await act(() => {
      if (statement++ === stopAt) throw new Stopped()
    }).then(
      () => true,
      (error: unknown) => {
        if (!(error instanceof Stopped)) throw error
        return false
      },
    )
    if (done) return stopAt
    same(stands(), before, stopAt)
  }
  throw new Error('it does not end')
}
