import { NocturneError } from '../../../src-shared/errors.ts'
import type { Clock } from '../../engine/clock.ts'
import type { PageLanguage } from './answer-page.ts'
import { openLoopbackListener } from './loopback-listener.ts'
import { goToProvider, newState, type PersonAtProvider, type ProviderSettings } from './provider.ts'

/**
 * A person goes to the company's provider in his own browser and comes back: one such way at a
 * window at a time, three minutes at most, and everything closed at its end whatever it was.
 */

/** Hands an address to the system's browser; resolves to whether it was taken. */
export type OpenInBrowser = (address: string) => Promise<boolean>

export interface CompanyFlow {
  /** Errors: those of `access.companySignIn`. */
  run(
    clientId: number,
    settings: ProviderSettings,
    how: {
      readonly language: PageLanguage
      readonly fresh: boolean
      readonly wantsProfile: boolean
    },
    signal: AbortSignal,
  ): Promise<PersonAtProvider>
  cancel(clientId: number): void
  stop(): void
}

const patienceMs = 3 * 60_000
/** A page that lost its mind opens no hundred tabs. */
const mostInAMinute = 6

export const createCompanyFlow = (deps: {
  readonly clock: Clock
  /** Null: there is no browser (terminal). */
  readonly openInBrowser: OpenInBrowser | null
  /** Plain http to this machine counts as a provider (simulated workspaces and tests). */
  readonly loopback: boolean
  readonly fetch?: typeof fetch
}): CompanyFlow => {
  const { clock, openInBrowser } = deps
  const running = new Map<number, AbortController>()
  let begun: number[] = []

  const refuseTooMany = (): void => {
    const now = clock.monotonic()
    begun = begun.filter((at) => now - at < 60_000)
    const first = begun[0]
    if (first !== undefined && begun.length >= mostInAMinute) {
      const seconds = Math.ceil((first + 60_000 - now) / 1000)
      throw new NocturneError('sign-in-throttled', { seconds })
    }
    begun.push(now)
  }

  const go: CompanyFlow['run'] = async (_clientId, settings, how, signal) => {
    if (openInBrowser === null) throw new NocturneError('company-browser')
    const late = new AbortController()
    const callOff = clock.after(patienceMs, () => late.abort())
    const either = AbortSignal.any([signal, late.signal])
    const state = newState()
    try {
      const listener = await openLoopbackListener({ state, language: how.language }, either)
      try {
        const there = await goToProvider(settings, {
          ...how,
          state,
          redirectUri: listener.redirectUri,
          now: clock.now,
          signal: either,
          loopback: deps.loopback,
          ...(deps.fetch === undefined ? {} : { fetch: deps.fetch }),
        })
        if (!(await openInBrowser(there.address.href))) throw new NocturneError('company-browser')
        return await there.redeem(await listener.answer)
      } finally {
        listener.stop()
      }
    } catch (error) {
      if (late.signal.aborted && !signal.aborted) throw new NocturneError('company-timeout')
      throw error
    } finally {
      callOff()
    }
  }

  return {
    async run(clientId, settings, how, signal) {
      refuseTooMany()
      // The newer one counts: who asks again has closed the page of before.
      running.get(clientId)?.abort()
      const mine = new AbortController()
      running.set(clientId, mine)
      try {
        const person = await go(clientId, settings, how, AbortSignal.any([signal, mine.signal]))
        // SECURITY: called off while the token was looked at: it stands for nothing.
        if (signal.aborted || mine.signal.aborted) throw new NocturneError('cancelled')
        return person
      } finally {
        if (running.get(clientId) === mine) running.delete(clientId)
      }
    },
    cancel: (clientId) => running.get(clientId)?.abort(),
    stop() {
      for (const control of running.values()) control.abort()
    },
  }
}
