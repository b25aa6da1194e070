import { useTranslation } from 'react-i18next'
import type {
  DunningAction,
  DunningCaseRow,
} from '../../../../src-shared/contract/billing-dunning-model.ts'
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

/** The stages that come with the console: nobody gave them a name. */
const shipped: Readonly<Record<string, DunningAction>> = {
  remind: 'remind',
  warn: 'warn',
  suspend: 'suspend',
  final: 'final-notice',
  'write-off': 'write-off-proposal',
}
/** What the policy's dialog calls a new stage. */
const isMadeUp = (key: string): boolean => /^stage-[0-9a-z]{8,}$/u.test(key)

/** Of a stage, as the policy names it; one without a name is called by what it does. */
export const useStageWord = (
  stages: readonly { readonly key: string; readonly action: DunningAction }[] = [],
): ((key: string) => string) => {
  const { t } = useTranslation('billing-dunning')
  return (key) => {
    if (key === '') return t('stageNone')
    if (key === 'hand') return t('stageHand')
    const isUnnamed = isMadeUp(key) || Object.hasOwn(shipped, key)
    if (!isUnnamed) return key
    const action = stages.find((stage) => stage.key === key)?.action ?? shipped[key]
    return action === undefined ? key : t(`action.${action}`)
  }
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
