import type { CallInput, Input } from '../../../../src-shared/contract/index.ts'

/** What the list of the bank's movements shows, as its address has it: pure. */

const tabs = ['waiting', 'taken', 'ignored', 'all'] as const
const directions = ['in', 'out'] as const
const strengths = ['certain', 'likely', 'weak'] as const
export const bankSorts = ['day', 'amount', 'payer'] as const

export type BankTab = (typeof tabs)[number]
export type BankSort = (typeof bankSorts)[number]
export const allTabs: readonly BankTab[] = tabs
export const allStrengths: readonly (typeof strengths)[number][] = strengths

export interface BankView {
  readonly tab: BankTab
  readonly direction: (typeof directions)[number] | null
  readonly strength: (typeof strengths)[number] | null
  readonly accountId: string | null
  readonly importId: string | null
  readonly search: string
  readonly sort: BankSort
  readonly descending: boolean
  /** The movement that is open at the right. */
  readonly lineId: string | null
}

const oneOf = <Value extends string>(from: readonly Value[], text: string | null): Value | null =>
  from.find((one) => one === text) ?? null
const idIn = (text: string | null): string | null =>
  /^[0-9a-f-]{36}$/u.test(text ?? '') ? text : null

export const readBankView = (query: string): BankView => {
  const read = new URLSearchParams(query)
  return {
    tab: oneOf(tabs, read.get('show')) ?? 'waiting',
    direction: oneOf(directions, read.get('way')),
    strength: oneOf(strengths, read.get('sure')),
    accountId: idIn(read.get('account')),
    importId: idIn(read.get('import')),
    search: (read.get('q') ?? '').slice(0, 120),
    sort: oneOf(bankSorts, read.get('sort')) ?? 'day',
    descending: read.get('up') !== '1',
    lineId: idIn(read.get('line')),
  }
}

export const writeBankView = (view: BankView): string => {
  const written = new URLSearchParams()
  const put = (key: string, value: string | null): void => {
    if (value !== null && value !== '') written.set(key, value)
  }
  put('show', view.tab === 'waiting' ? null : view.tab)
  put('way', view.direction)
  put('sure', view.strength)
  put('account', view.accountId)
  put('import', view.importId)
  put('q', view.search)
  put('sort', view.sort === 'day' ? null : view.sort)
  put('up', view.descending ? null : '1')
  put('line', view.lineId)
  return written.toString()
}

const statesOf = {
  waiting: ['unmatched', 'proposed'],
  taken: ['taken'],
  ignored: ['ignored'],
  all: [],
} as const satisfies Record<
  BankTab,
  readonly Input<'billing.bankLines'>['filter']['states'][number][]
>

export const bankFilterOf = (view: BankView): CallInput<'billing.bankLines'>['filter'] => ({
  states: [...statesOf[view.tab]],
  direction: view.direction,
  strength: view.tab === 'waiting' ? view.strength : null,
  accountId: view.accountId,
  importId: view.importId,
  search: view.search,
})
