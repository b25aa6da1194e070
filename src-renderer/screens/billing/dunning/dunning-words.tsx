import { useTranslation } from 'react-i18next'
import type { DunningCaseRow } from '../../../../src-shared/contract/billing-dunning-model.ts'
import { Day } from '../../../components/day.tsx'
import { errorText } from '../../../components/error-text.ts'

const words = ['hours', 'moved', 'warned-too-late', 'never-suspend', 'below-minimum'] as const

/** Why it is held or later: a word of the rules, or what a person typed. */
export const useBecause = (): ((because: string) => string) => {
  const { t } = useTranslation('billing-dunning')
  return (because) => {
    const known = words.find((word) => word === because)
    return known === undefined ? because : t(`because.${known}`)
  }
}

/** Of a stage, as the policy names it. */
export const useStageWord = (): ((key: string) => string) => {
  const { t } = useTranslation('billing-dunning')
  return (key) => (key === '' ? t('stageNone') : key === 'hand' ? t('stageHand') : key)
}

const tones = { due: 'warn', later: 'warn', held: 'off', frozen: 'off' } as const

export const CaseState = ({ of }: { readonly of: DunningCaseRow }) => {
  const { t } = useTranslation('billing-dunning')
  const because = useBecause()
  const { t: tError } = useTranslation('error')
  const tone = of.state in tones ? tones[of.state as keyof typeof tones] : undefined
  return (
    <>
      <span className="nbl-chip" data-tone={tone}>
        {t(`state.${of.state}`)}
      </span>{' '}
      {of.because !== '' && <span className="nc-soft">{because(of.because)} </span>}
      {of.cut !== 'none' && (
        <span className="nbl-chip" data-tone="warn">
          {t('cut')}
        </span>
      )}
      {of.problem !== null && (
        <span className="ndu-problem">{errorText(tError, of.problem).what}</span>
      )}
    </>
  )
}

export const NextStep = ({ of }: { readonly of: DunningCaseRow }) => {
  const { t } = useTranslation('billing-dunning')
  return (
    <>
      {of.nextAction !== null && t(`action.${of.nextAction}`)}{' '}
      {of.nextOn !== null && <Day on={of.nextOn} />}
    </>
  )
}
