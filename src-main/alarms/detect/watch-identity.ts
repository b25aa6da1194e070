import type { OltFacts } from '../../engine/network-facts.ts'
import { collectOnus } from './collect-onus.ts'
import { isWhole, partialOf, type WatchContext, type Watcher } from './watcher.ts'

interface Replaced {
  readonly before: string
  readonly now: string
  readonly at: number
}

/** A serial number that stands for so long is the one that belongs there (a rule of our own). */
const acceptedAfterMs = 86_400_000

/**
 * Serial numbers: another one at an address that was not taken out and set up anew, and the same one
 * in two places.
 */
export const watchIdentity = (context: WatchContext): Watcher => {
  const { facts, teller } = context
  const { onus } = facts
  const serials: (string | null)[] = []
  /** By row, of ONUs whose serial number became another one. */
  const replaced = new Map<string, Map<number, Replaced>>()

  const look = ({ id, rows }: OltFacts, at: number, learnOnly: boolean): void => {
    for (let place = 0; place < rows.length; place++) {
      const row = rows[place]!
      const now = onus.serial(row)
      const before = serials[row] ?? null
      if (now === null || now === before) continue
      serials[row] = now
      if (before === null || learnOnly) continue
      const known = replaced.get(id) ?? new Map<number, Replaced>()
      // Back to the one that stood there: nothing is left to be told.
      if (known.get(row)?.before === now) known.delete(row)
      else known.set(row, { before: known.get(row)?.before ?? before, now, at })
      replaced.set(id, known)
    }
  }

  return {
    seed: (olt) => look(olt, 0, true),
    cycle: (olt, cycle) => {
      if (cycle.group !== 'identity') return
      look(olt, cycle.at, false)
      const known = replaced.get(olt.id)
      for (const [row, { at }] of known ?? []) {
        if (cycle.at - at >= acceptedAfterMs) known?.delete(row)
      }
      const found =
        known === undefined || known.size === 0
          ? []
          : collectOnus(context, olt, {
              type: 'onu-serial-changed',
              holds: (row) => known.has(row),
              params: (row) => {
                const one = known.get(row)
                return { oldSerial: one?.before ?? null, newSerial: one?.now ?? null }
              },
            })
      teller.tell(
        'onu-serial-changed',
        olt.id,
        found,
        cycle.at,
        isWhole(cycle) ? null : { isUnread: () => true },
      )
    },
    status: (olt, cycle) => {
      const found = collectOnus(context, olt, {
        type: 'onu-serial-duplicate',
        holds: (row) => onus.duplicateSerial(row),
        params: (row) => ({ serial: onus.serial(row) }),
      })
      teller.tell('onu-serial-duplicate', olt.id, found, cycle.at, partialOf(facts, cycle))
    },
    gone: (olt, rows) => {
      const known = replaced.get(olt.id)
      for (const row of rows) {
        serials[row] = null
        known?.delete(row)
      }
    },
    end: (oltId) => replaced.delete(oltId),
  }
}
