import type { Clock } from '../engine/clock.ts'
import { restoreLastKnown, saveLastKnown, type LastKnownFile } from './last-known.ts'
import type { LiveState } from './live-state.ts'
import type { OltRecord, OltRecords } from './olt-records.ts'

/** When the last readings are kept: now and then, and at the end. */
export interface LastKnownKeeper {
  readonly restore: () => void
  readonly start: () => void
  readonly stop: () => Promise<void>
}

const saveEveryMs = 900_000

export const createLastKnownKeeper = (deps: {
  readonly clock: Clock
  readonly live: LiveState
  readonly records: OltRecords
  readonly log: { warn(event: string, details?: object): void }
  readonly file: LastKnownFile | null
  readonly onRestored: (record: OltRecord) => void
}): LastKnownKeeper => {
  const { clock, live, records, log, file } = deps
  let stopTimer = (): void => undefined
  let saving: Promise<void> = Promise.resolve()

  const saveNow = async (): Promise<void> => {
    if (file === null) return
    try {
      const olts = records
        .present()
        .filter(({ live: olt }) => olt.rows.length > 0)
        .map(({ live: olt, status }) => ({ olt, status }))
      if (olts.length > 0) file.save(await saveLastKnown(live, olts))
    } catch (error) {
      log.warn('the last readings could not be kept', { error })
    }
  }

  const save = (): Promise<void> => (saving = saving.then(saveNow))

  const again = (): void => {
    stopTimer = clock.after(saveEveryMs, () => {
      void save()
      again()
    })
  }

  return {
    restore: () => {
      const bytes = file?.load() ?? null
      if (bytes === null) return
      const restored = restoreLastKnown(
        live,
        bytes,
        (id) => {
          const record = records.get(id)
          return record === undefined || record.row.deletedAt !== null ? undefined : record.live
        },
        (olt, status) => {
          const record = records.get(olt.id)
          if (record === undefined) return
          record.status.ages = { ...status.ages }
          record.status.familyId = status.familyId
          record.status.familyLabel = status.familyLabel
          record.status.recognisedBy = status.recognisedBy
          if (!olt.reachable) {
            record.status.reachability = 'unreachable'
            record.status.since = Number.isNaN(olt.unknownSince) ? null : olt.unknownSince
          }
          deps.onRestored(record)
        },
      )
      if (restored === null) log.warn('the last readings are damaged and are left out')
    },
    start: () => {
      if (file !== null) again()
    },
    stop: async () => {
      stopTimer()
      await save()
    },
  }
}
