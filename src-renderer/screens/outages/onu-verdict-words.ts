import type { TFunction } from 'i18next'
import type { Output } from '../../../src-shared/contract/index.ts'
import type { Verdict } from '../../../src-shared/domain/outage-verdicts.ts'

type Evidence = Output<'outages.onu'>['evidence'][number]

const told = [
  'gasps',
  'no-gasps',
  'gasp-never-seen-here',
  'light-fell-before',
  'light-steady-before',
  'flapped-before',
  'siblings-up',
  'commanded',
] as const

/** What speaks for a verdict on one ONU; empty: a kind that is of groups alone. */
export const sentenceOf = (t: TFunction<'outages'>, { kind, params }: Evidence): string => {
  const known = told.find((each) => each === kind)
  return known === undefined ? '' : t(`one.evidence.${known}`, params)
}

/** What to do about it. */
export const adviceOf = (t: TFunction<'outages'>, verdict: Verdict): string => {
  switch (verdict) {
    case 'customer-power':
    case 'single-drop':
      return t(`one.advice.${verdict}`)
    default:
      return t('one.advice.undetermined')
  }
}
