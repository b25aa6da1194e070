import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { Cycle } from '../../src-main/history/cycle.ts'
import { openHistory, type History } from '../../src-main/history/history.ts'
import type { Retention } from '../../src-main/history/retention.ts'
import { packOnuAddress } from '../../src-shared/domain/onu-address.ts'
import { keyOf, temporaryFolder } from './store-workspace.ts'

/** A history in a temporary folder, with a clock that the test moves. */
export const historyKey: Buffer = keyOf('history key of the tests')

/** A Monday. */
export const monday = Date.UTC(2026, 10, 16)
export const minutes = 60_000
export const hours = 60 * minutes
export const days = 24 * hours

export interface TestHistory {
  readonly history: History
  readonly folder: string
  /** Wall ms; the history asks it what time it is. */
  readonly clock: { now: number }
  readonly reopen: () => TestHistory
}

export const openTestHistory = (
  options: {
    readonly folder?: string
    readonly key?: Uint8Array
    readonly retention?: Retention
    readonly clock?: { now: number }
  } = {},
): TestHistory => {
  const folder = options.folder ?? join(temporaryFolder(), 'history')
  const clock = options.clock ?? { now: monday }
  const { retention } = options
  const history = openHistory({
    folder,
    key: options.key ?? historyKey,
    clock: { now: () => clock.now, monotonic: () => 0 },
    ...(retention === undefined ? {} : { retention }),
  })
  let open = true
  const stop = (): void => {
    if (open) history.stop()
    open = false
  }
  onTestFinished(stop)
  return {
    history: { ...history, stop },
    folder,
    clock,
    reopen: () => {
      stop()
      return openTestHistory({ ...options, folder, clock })
    },
  }
}

/** So many ONUs, 64 to a PON. */
export const addressesOf = (onus: number): Int32Array =>
  Int32Array.from({ length: onus }, (_, index) =>
    packOnuAddress({ shelf: 0, slot: 1, port: index >> 6, onuId: (index & 63) + 1 }),
  )

export const onuCycle = (
  at: number,
  columns: Cycle['columns'],
  more: Partial<Cycle> = {},
): Cycle => ({
  oltId: 'olt-1',
  kind: 'onu',
  at,
  monotonic: at - monday,
  addresses: addressesOf(Object.values(columns)[0]?.length ?? 0),
  columns,
  ...more,
})

export const onuRef = (index: number, serial?: string) => ({
  kind: 'onu' as const,
  oltId: 'olt-1',
  address: addressesOf(index + 1)[index]!,
  ...(serial === undefined ? {} : { serial }),
})
