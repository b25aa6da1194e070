import { onuChange } from '../../../src-shared/contract/provisioning-model.ts'
import { pace } from '../../../src-shared/contract/provisioning-plans.ts'
import { onuSerial } from '../../../src-shared/contract/provisioning-model.ts'
import { isNocturneError } from '../../../src-shared/errors.ts'
import type { DraftPlan, PlanMaker, Plans } from '../plans/plan-maker.ts'
import type { ProvisioningDependencies, UnconfiguredFound } from '../ports.ts'
import type { PlanEvents } from '../run/plan-events.ts'
import type { PresetReads } from './preset-tables.ts'
import { removeSavedSerial } from './preset-tables.ts'
import { presetFor, savedFor } from './rules.ts'
import type { WaitingList } from './waiting-list.ts'

/**
 * Authorises by itself what a preset marked for it fits, or what was announced so. Each is a plan like
 * any other, with the origin `preset`. One at a time per OLT; an ONU that failed is told and left alone
 * until it comes back another time.
 */
export interface AutoAuthorise {
  readonly status: () => {
    readonly on: boolean
    readonly running: number
    readonly doneToday: number
    readonly failedToday: number
  }
  readonly start: () => void
  readonly stop: () => void
  /** It was switched, or something came up: looks at once. */
  readonly look: () => void
}

const everyMs = 5_000
const anyPace = pace.parse({})

export const createAutoAuthorise = (
  deps: Pick<ProvisioningDependencies, 'clock' | 'configs' | 'write' | 'log'> & {
    readonly presets: PresetReads
    readonly waiting: WaitingList
    readonly plans: Plans
    readonly events: PlanEvents
    /** Runs a plan of the engine's own to its end. True: all was done. */
    readonly carryOut: (draft: DraftPlan) => Promise<boolean>
  },
): AutoAuthorise => {
  const { clock, configs } = deps
  const busy = new Set<string>()
  /** Tried at this appearance: OLT and serial, with since when it is seen. */
  const tried = new Map<string, number | null>()
  const counts = { day: -1, done: 0, failed: 0 }
  let stopTimer: (() => void) | null = null
  let stopping = new AbortController()

  const count = (kind: 'done' | 'failed'): void => {
    const day = new Date(clock.now()).getDate()
    if (counts.day !== day) Object.assign(counts, { day, done: 0, failed: 0 })
    counts[kind]++
  }

  const authorise = async (onu: UnconfiguredFound): Promise<void> => {
    const { oltId, pon } = onu
    const serial = onuSerial.safeParse(onu.serial)
    if (pon === null || !serial.success) return
    const saved = savedFor(deps.presets.saved(), onu)
    const preset = presetFor(deps.presets.presets(), onu)
    const chosen = saved?.auto === true ? saved : preset?.auto === true ? preset : null
    if (chosen === null) return
    tried.set(`${oltId} ${serial.data}`, onu.firstSeenAt)
    const maker: PlanMaker = {
      accountId: null,
      by: null,
      origin: 'preset',
      reason: 'name' in chosen ? chosen.name : chosen.note,
    }
    let done = false
    try {
      const draft = await deps.plans.make(
        {
          change: onuChange.parse({
            kind: 'authorise',
            settings: chosen.settings,
            speedId: chosen.speedId,
          }),
          targets: [{ oltId, pon, serial: serial.data }],
          pace: anyPace,
          passwords: {},
          maker,
        },
        stopping.signal,
      )
      done = await deps.carryOut(draft)
    } catch (error) {
      if (!isNocturneError(error)) throw error
      deps.log.warn('an ONU could not be authorised by itself', { oltId, code: error.code })
      deps.write(
        'provisioning.autoFailed',
        { oltId, serial: serial.data, code: error.code },
        () => undefined,
      )
    }
    count(done ? 'done' : 'failed')
    if (done && saved !== null) {
      deps.write('provisioning.savedUsed', { savedId: saved.id }, (tx) =>
        removeSavedSerial(tx, serial.data),
      )
      deps.events.changed('saved')
    }
    deps.events.changed('auto')
    deps.events.changed('waiting')
  }

  const lookNow = (): void => {
    if (!deps.presets.autoIsOn()) return
    for (const onu of deps.waiting.all()) {
      const { oltId, serial } = onu
      if (serial === null || busy.has(oltId) || configs.obstacle(oltId) !== null) continue
      const key = `${oltId} ${serial}`
      // SECURITY: an ONU that is refused is not offered to the OLT for ever.
      if (tried.has(key) && tried.get(key) === onu.firstSeenAt) continue
      busy.add(oltId)
      void authorise(onu)
        .catch((error: unknown) => deps.log.error('authorising by preset failed', { error }))
        .finally(() => busy.delete(oltId))
    }
  }

  const tick = (): void => {
    stopTimer = clock.after(everyMs, tick)
    lookNow()
  }

  return {
    status: () => {
      const today = counts.day === new Date(clock.now()).getDate()
      return {
        on: deps.presets.autoIsOn(),
        running: busy.size,
        doneToday: today ? counts.done : 0,
        failedToday: today ? counts.failed : 0,
      }
    },
    start: () => {
      if (stopTimer !== null) return
      stopping = new AbortController()
      stopTimer = clock.after(everyMs, tick)
    },
    stop: () => {
      stopping.abort()
      stopTimer?.()
      stopTimer = null
    },
    look: lookNow,
  }
}
