const windowMs = 60_000
const restartsPerWindow = 3

/**
 * Whether a page that died may be loaded once more: three times a minute, so that a page that
 * dies of its own content does not do so for ever. `now` in milliseconds.
 */
export const restartLimit = (now: () => number): (() => boolean) => {
  let restarts: number[] = []
  return () => {
    const at = now()
    restarts = restarts.filter((earlier) => at - earlier < windowMs)
    if (restarts.length >= restartsPerWindow) return false
    restarts.push(at)
    return true
  }
}
