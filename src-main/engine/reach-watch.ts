import type { Reach } from './reach.ts'

/**
 * Tells when a client reaches something else than before: what it has open was opened for more.
 */
export const createReachWatch = (onOther: (clientId: number) => void) => {
  const before = new Map<number, string>()
  return (clientId: number, reach: Reach | null): void => {
    if (reach === null) {
      before.delete(clientId)
      return
    }
    const now = reach.olts === null ? 'all' : `${reach.kind} ${[...reach.olts].toSorted().join()}`
    const was = before.get(clientId)
    before.set(clientId, now)
    if (was !== undefined && was !== now) onOther(clientId)
  }
}
