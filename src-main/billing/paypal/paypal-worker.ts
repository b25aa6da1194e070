import type { Problem } from '../../../src-shared/contract/common.ts'
import { NocturneError, type ErrorCode } from '../../../src-shared/errors.ts'
import type { Reads } from '../plans/plan-tables.ts'
import type { BillingDependencies, Today } from '../ports.ts'
import { createPayPalApi, payPalAddresses, type PayPalApi } from './paypal-api.ts'
import type { PayPalBooks } from './paypal-books.ts'
import { PayPalError, type PayPalFailure } from './paypal-http.ts'
import { credentialsOf, payPalSettings, type PayPalSettings } from './paypal-settings.ts'
import { createPayPalSteps, type PayPalSteps } from './paypal-steps.ts'
import {
  liveOrders,
  liveRefunds,
  putSwept,
  sweptOn,
  sweptOrders,
  type StoredOrder,
} from './paypal-tables.ts'

/**
 * Asks PayPal about what waits: one thing at a time, links that are young more often, and after a
 * failure later and later. It keeps nothing that another process would need.
 */
export interface PayPalWorker {
  start(): void
  stop(): void
  /** Settings or a link are other ones: what runs is ended, and everything is looked at anew. */
  renew(): void
  /** Something new waits; or the machine has slept. */
  look(): void
  /** Goes through all that is due now. */
  run(): Promise<void>
  /** With the credentials that are kept. Errors: `paypal-credentials-missing` and those of PayPal. */
  check(signal: AbortSignal): Promise<PayPalSettings['mode']>
  /** Why PayPal could not be asked last time: of one link or refund, else of anything. */
  trouble(id?: string): Problem | null
}

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour
/** While a capture may have been under way when the link was ended here. */
export const afterMs = day
/** What was captured is looked at each day for so long, and once a week until disputes are over. */
const dailyMs = 30 * day
const weeklyMs = 180 * day

/** Of the way to PayPal, not of one thing: all wait. */
const general: ReadonlySet<PayPalFailure> = new Set(['unreachable', 'busy', 'credentials-refused'])

const codes: Partial<Readonly<Record<PayPalFailure, ErrorCode>>> = {
  unreachable: 'paypal-unreachable',
  busy: 'paypal-busy',
  'credentials-refused': 'paypal-credentials-refused',
  cancelled: 'cancelled',
}

/** As the console says it. */
export const payPalProblem = (error: unknown): NocturneError | null => {
  if (error instanceof NocturneError) return error
  if (!(error instanceof PayPalError)) return null
  return new NocturneError(codes[error.code] ?? 'paypal-unreadable', {
    issue: error.issue,
    debugId: error.debugId,
  })
}

export const createPayPalWorker = (
  deps: Pick<BillingDependencies, 'clock' | 'log' | 'chance' | 'vaultKey' | 'write'> & {
    readonly reads: Reads
    readonly books: PayPalBooks
    readonly today: Today
    readonly address?: string | undefined
    readonly changed: () => void
    /** Between two tries of a request. */
    readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>
  },
): PayPalWorker => {
  const { clock, reads, log } = deps
  /** When to look at what again, by monotonic time; nothing: at once. */
  const next = new Map<
    string,
    { readonly at: number; readonly failures: number; readonly trouble: Problem | null }
  >()
  let pause: {
    readonly until: number
    readonly failures: number
    readonly trouble: Problem | null
  } = { until: 0, failures: 0, trouble: null }
  let sweep: { readonly on: string; readonly ids: string[] } | null = null
  let stopTimer = (): void => undefined
  let going = 0
  let last: Promise<void> = Promise.resolve()
  let state: 'new' | 'started' | 'stopped' = 'new'
  let round = new AbortController()
  let made: { readonly version: number; readonly api: PayPalApi } | null = null

  const apiOf = ({ version, mode, sealed }: PayPalSettings): PayPalApi => {
    if (sealed === null) throw new NocturneError('paypal-credentials-missing')
    if (made?.version === version) return made.api
    const api = createPayPalApi({
      baseUrl: deps.address ?? payPalAddresses[mode],
      // SECURITY: http is for the stand-in of a test, which alone names an address.
      loopback: deps.address !== undefined,
      now: clock.monotonic,
      random: deps.chance,
      sleep: deps.sleep,
      credentials: () => credentialsOf(sealed, deps.vaultKey),
    })
    made = { version, api }
    return api
  }

  const afterFailure = (failures: number): number =>
    Math.min(10 * minute, 15_000 * 2 ** (failures - 1)) * (1 + deps.chance() / 2)

  const failed = (id: string, error: unknown): void => {
    if (error instanceof PayPalError && error.code === 'cancelled') return
    const problem = payPalProblem(error)
    if (problem === null) log.error('PayPal could not be asked', { error })
    const trouble = { code: problem?.code ?? 'internal', params: problem?.params ?? {} } as const
    const now = clock.monotonic()
    if (error instanceof PayPalError && general.has(error.code)) {
      const failures = pause.failures + 1
      pause = { until: now + afterFailure(failures), failures, trouble }
    } else {
      const failures = (next.get(id)?.failures ?? 0) + 1
      next.set(id, { at: now + afterFailure(failures), failures, trouble })
    }
    deps.changed()
  }

  const done = (id: string, inMs: number): void => {
    const hadTrouble = pause.trouble !== null || next.get(id)?.trouble != null
    pause = { until: 0, failures: 0, trouble: null }
    if (inMs === 0) next.delete(id)
    else next.set(id, { at: clock.monotonic() + inMs, failures: 0, trouble: null })
    if (hadTrouble) deps.changed()
  }

  /** How long after one look the next one comes. */
  const inMs = (order: StoredOrder): number => {
    const now = clock.now()
    if (order.state !== 'created' && order.state !== 'approved') {
      return now - (order.endedAt ?? now) < hour ? 10 * minute : hour
    }
    if (order.captureId !== null) return hour
    const age = now - order.madeAt
    const usual =
      age < 2 * minute ? 5000 : age < 10 * minute ? 10_000 : age < hour ? 30_000 : minute
    // To the end, and a little beyond it: the last look says that it is over.
    return order.state === 'created'
      ? Math.max(1000, Math.min(usual, order.expiresAt - now + 1000))
      : usual
  }

  type Item = {
    readonly id: string
    readonly run: (steps: PayPalSteps) => Promise<void>
    readonly inMs: () => number
  }

  const items = ({ accountKey }: PayPalSettings): Item[] => [
    ...liveRefunds(reads, accountKey).map((refund) => ({
      id: refund.id,
      run: (steps: PayPalSteps) => steps.refund(refund),
      inMs: () => (refund.providerRefundId === null ? minute : 10 * minute),
    })),
    ...liveOrders(reads, accountKey, clock.now() - afterMs).map((order) => ({
      id: order.id,
      run: (steps: PayPalSteps) => steps.order(order.id),
      inMs: () => inMs(order),
    })),
  ]

  const atOf = (id: string): number => next.get(id)?.at ?? 0

  /** The daily look, one by one behind what is waited for. */
  const sweepItem = ({ accountKey }: PayPalSettings): Item | null => {
    const today = deps.today()
    if (sweep?.on !== today) {
      if (sweptOn(reads) === today) return null
      const now = clock.now()
      const ids = sweptOrders(reads, accountKey, now - weeklyMs)
        .filter(({ endedAt }) => {
          const age = now - (endedAt ?? now)
          return age < dailyMs || Math.floor(age / day) % 7 === 0
        })
        .map(({ id }) => id)
      sweep = { on: today, ids }
    }
    const { on, ids } = sweep
    const [id] = ids
    if (id !== undefined) {
      return {
        id: `sweep:${id}`,
        run: async (steps) => {
          await steps.sweep(id)
          ids.shift()
        },
        inMs: () => 0,
      }
    }
    if (sweptOn(reads) !== on) {
      deps.write('billing.payPalSwept', { on }, (tx) => putSwept(tx, on))
    }
    return null
  }

  const goThrough = async (signal: AbortSignal): Promise<void> => {
    for (;;) {
      if (signal.aborted) return
      const settings = payPalSettings(reads)
      if (settings.enabled === 0) return
      const now = clock.monotonic()
      if (now < pause.until) return
      const [first] = items(settings)
        .filter(({ id }) => atOf(id) <= now)
        .toSorted((one, other) => atOf(one.id) - atOf(other.id))
      const item = first ?? sweepItem(settings)
      if (item === null || atOf(item.id) > now) return
      try {
        const { merchant, returnUrl } = settings
        const api = apiOf(settings)
        const { books } = deps
        const own = { reads, books, api, now: clock.now, merchant, returnUrl, signal }
        await item.run(createPayPalSteps(own))
        if (signal.aborted) return
        done(item.id, item.inMs())
      } catch (error) {
        failed(item.id, error)
        // One that cannot be understood holds up no other: its turn comes tomorrow.
        if (item.id.startsWith('sweep:') && pause.failures === 0) sweep?.ids.shift()
      }
    }
  }

  const waitOn = (): void => {
    stopTimer()
    if (state !== 'started') return
    const settings = payPalSettings(reads)
    if (settings.enabled === 0) return
    const now = clock.monotonic()
    const first = items(settings).reduce((least, { id }) => Math.min(least, atOf(id)), now + hour)
    stopTimer = clock.after(Math.max(pause.until - now, first - now, 250), byItself)
  }

  /** One at a time: who asks meanwhile waits for what runs, and has a round of his own. */
  const run = (): Promise<void> => {
    going += 1
    last = last
      .then(() => goThrough(round.signal))
      .catch((error: unknown) => log.error('the look at PayPal broke', { error }))
      .finally(() => {
        going -= 1
      })
    return last
  }

  const byItself = (): void => {
    stopTimer()
    if (state !== 'started' || going > 0) return
    void run().then(waitOn)
  }

  return {
    start: () => {
      state = 'started'
      byItself()
    },
    stop: () => {
      state = 'stopped'
      stopTimer()
      round.abort()
    },
    renew: () => {
      round.abort()
      round = new AbortController()
      if (state === 'stopped') round.abort()
      made = null
      next.clear()
      sweep = null
      pause = { until: 0, failures: 0, trouble: null }
      if (state === 'started') void run().then(waitOn)
    },
    look: () => {
      pause = { ...pause, until: 0 }
      // What runs sees it by itself.
      byItself()
    },
    run,
    check: async (signal) => {
      const settings = payPalSettings(reads)
      try {
        await apiOf(settings).check(signal)
        pause = { until: 0, failures: 0, trouble: null }
        byItself()
        return settings.mode
      } catch (error) {
        throw payPalProblem(error) ?? error
      }
    },
    trouble: (id) => {
      const own = id === undefined ? undefined : next.get(id)?.trouble
      return own ?? pause.trouble
    },
  }
}
