import type { Input, Output } from '../../../src-shared/contract/index.ts'

/** What the history takes. `&history=full|refused|new` in the page's address. */
export interface FakeHistoryStatus {
  readonly 'history.status': () => Output<'history.status'>
  readonly 'history.configure': (input: Input<'history.configure'>) => Output<'history.configure'>
}

const day = 86_400_000

export const createFakeHistoryStatus = (onus: number, now: () => number): FakeHistoryStatus => {
  const mode =
    typeof location === 'undefined'
      ? 'well'
      : (new URLSearchParams(location.search).get('history') ?? 'well')
  const young = mode === 'new' || onus === 0
  const ageDays = young ? 0 : 212
  let retention: Input<'history.configure'> = { readingsDays: 400, hoursDays: 3660 }
  return {
    'history.status': () => ({
      problem:
        mode === 'refused'
          ? { code: 'history-unavailable', params: {}, at: now() - 7 * 60_000 }
          : null,
      bytes: young ? onus * 310 : onus * ageDays * 2620 + 180_000,
      files: young ? 3 : ageDays + 32,
      series: onus + 40,
      oldestAt: onus === 0 ? null : now() - ageDays * day - 40 * 60_000,
      readingsBytesPerDay: young ? null : onus * 2300,
      cycles: young ? 4 : 41_920,
      waiting: mode === 'refused' ? 87 : 0,
      refusedCycles: mode === 'refused' ? 12 : 0,
      retention,
      freeBytes: mode === 'full' ? 900_000_000 : 214_000_000_000,
    }),
    'history.configure': (wanted) => {
      retention = wanted
      return {}
    },
  }
}
