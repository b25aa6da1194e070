import type { Problem } from '../../../src-shared/contract/common.ts'
import { addWarning } from '../plans/plan-writes.ts'
import type { ProvisioningDependencies } from '../ports.ts'

/**
 * What an OLT is set to, read and kept before the first line of a change and after the last: a change of
 * ours is then known as ours, and one of somebody else as somebody else's. Plans that follow each other
 * share the readings around all of them. A change never hangs on it: that it was not read is a warning.
 */
export interface ConfigReadings {
  /**
   * Ends when it is kept or cannot be had, after `patienceMs`, or when `signal` aborts. Once per OLT
   * and plan is enough.
   */
  readonly before: (
    planId: string,
    oltId: string,
    patienceMs: number,
    signal: AbortSignal,
  ) => Promise<void>
  /** The plan sends nothing more to the OLT. `changed`: the OLT took something from it. */
  readonly after: (planId: string, oltId: string, changed: boolean) => void
  readonly stop: () => void
}

/** From the reading before the first of some plans to the one after the last of them. */
interface Span {
  readonly before: Promise<void>
  readonly plans: Set<string>
  /** The plan that changed something last; null: none did. */
  changedBy: string | null
  cancelEnd: () => void
}

/** A plan that comes within this time of another one on the same OLT belongs to the same span. */
const quietMs = 30_000

export const createConfigReadings = (
  deps: Pick<
    ProvisioningDependencies,
    'clock' | 'write' | 'log' | 'facts' | 'keepConfiguration'
  > & {
    readonly moved: (planId: string, target: number | null) => void
  },
): ConfigReadings => {
  const { keepConfiguration: keep } = deps
  if (keep === undefined) {
    return { before: () => Promise.resolve(), after: () => undefined, stop: () => undefined }
  }
  const stopping = new AbortController()
  const spans = new Map<string, Span>()

  const warn = (planId: string, oltId: string, when: string, { code }: Problem): void => {
    const olt = deps.facts.olt(oltId)?.name ?? ''
    deps.write('provisioning.configNotRead', { planId, oltId, when, code }, (tx) =>
      addWarning(tx, planId, { code: 'plan-config-not-read', params: { olt, cause: code } }),
    )
    deps.moved(planId, null)
  }

  const read = async (planId: string, oltId: string, when: keyof typeof keep): Promise<void> => {
    try {
      const problem = await keep[when](oltId, stopping.signal)
      // A family whose configuration nobody reads is no news.
      const isNews = problem !== null && problem.code !== 'cli-family-cannot'
      if (isNews && !stopping.signal.aborted) warn(planId, oltId, when, problem)
    } catch (error) {
      deps.log.error('a configuration could not be read around a change', { planId, oltId, error })
    }
  }

  return {
    before: async (planId, oltId, patienceMs, signal) => {
      let span = spans.get(oltId)
      if (span === undefined) {
        span = {
          before: read(planId, oltId, 'before'),
          plans: new Set(),
          changedBy: null,
          cancelEnd: () => undefined,
        }
        spans.set(oltId, span)
      }
      span.cancelEnd()
      span.plans.add(planId)
      const patience = new AbortController()
      const callOff = deps.clock.after(patienceMs, () => patience.abort())
      await endOf(span.before, AbortSignal.any([signal, patience.signal]))
      callOff()
    },
    after: (planId, oltId, changed) => {
      const span = spans.get(oltId)
      if (span === undefined || !span.plans.delete(planId)) return
      if (changed) span.changedBy = planId
      if (span.plans.size > 0) return
      span.cancelEnd = deps.clock.after(quietMs, () => {
        spans.delete(oltId)
        if (span.changedBy !== null) void read(span.changedBy, oltId, 'after')
      })
    },
    stop: () => {
      stopping.abort()
      for (const span of spans.values()) span.cancelEnd()
      spans.clear()
    },
  }
}

/** Resolves with `work`, or at once when `signal` aborts. */
const endOf = async (work: Promise<void>, signal: AbortSignal): Promise<void> => {
  if (signal.aborted) return
  const aborted = Promise.withResolvers<void>()
  const abort = (): void => aborted.resolve()
  signal.addEventListener('abort', abort, { once: true })
  await Promise.race([work, aborted.promise])
  signal.removeEventListener('abort', abort)
}
