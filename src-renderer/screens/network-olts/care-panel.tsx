import { Button } from '@mantine/core'
import {
  IconAlertTriangle,
  IconCircleCheck,
  IconClipboard,
  IconHourglassHigh,
  IconPlayerPause,
  IconPlugConnectedX,
  IconSnail,
  type Icon,
} from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { OltRow } from '../../../src-shared/contract/network-model.ts'
import type { QueryState } from '../../client/hooks.ts'
import { Awaiting } from '../../components/awaiting.tsx'
import { copyText } from '../../components/copy-button.tsx'
import { showToast } from '../../components/toast.tsx'
import { AnswerFacts, HowFacts, PlanFacts, QuestionFacts } from './care-facts.tsx'
import { careVerdict, type CareVerdict, type OltCare } from './care-model.ts'
import { careReport } from './care-report.ts'
import { CareRounds } from './care-rounds.tsx'
import './care.css'

export interface CarePanelProps {
  readonly olt: OltRow
  readonly state: QueryState<OltCare>
  /** Something of the OLT itself was changed here. */
  readonly onChange: () => void
}

/** The governor at work: how this OLT is read, and how it bears it. */
export const CarePanel = ({ olt, state, onChange }: CarePanelProps) => {
  const { t } = useTranslation('care')
  const { value: care, failure, refresh } = state
  const changed = (): void => {
    onChange()
    refresh()
  }
  return (
    <section className="nc-panel no-care" aria-label={t('panel.title')}>
      <header className="nc-panel__head">
        <h2>{t('panel.title')}</h2>
        {care === undefined ? null : (
          <>
            <Verdict care={care} />
            <CopyForSupport olt={olt} care={care} />
          </>
        )}
      </header>
      {care === undefined ? (
        <Awaiting failure={failure} onRetry={refresh} rows={5} brief />
      ) : (
        <Figures care={care} olt={olt} onChange={changed} />
      )}
    </section>
  )
}

interface FiguresProps {
  readonly care: OltCare
  readonly olt: OltRow
  readonly onChange: () => void
}

const Figures = ({ care, olt, onChange }: FiguresProps) => {
  const { t } = useTranslation('care')
  const { requests } = care
  return (
    <div className="no-care__body">
      {requests === null ? (
        <div className="no-care__group no-care__group--wide">
          <h3>{t('panel.emptyTitle')}</h3>
          <p className="nc-soft">{t('panel.emptyText')}</p>
        </div>
      ) : (
        <>
          <div className="no-care__group">
            <h3>{t('panel.groupQuestions')}</h3>
            <QuestionFacts requests={requests} />
          </div>
          <div className="no-care__group">
            <h3>{t('panel.groupAnswers')}</h3>
            <AnswerFacts care={care} requests={requests} />
          </div>
        </>
      )}
      <div className="no-care__group">
        <h3>{t('panel.groupPlan')}</h3>
        <PlanFacts care={care} />
      </div>
      <div className="no-care__group">
        <h3>{t('panel.groupCare')}</h3>
        <HowFacts care={care} olt={olt} onChange={onChange} />
      </div>
      {requests === null ? null : (
        <div className="no-care__group no-care__group--wide">
          <CareRounds care={care} />
        </div>
      )}
    </div>
  )
}

const verdictIcons: Readonly<Record<CareVerdict, Icon>> = {
  calm: IconCircleCheck,
  slow: IconSnail,
  full: IconHourglassHigh,
  losing: IconAlertTriangle,
  silent: IconPlugConnectedX,
  quiet: IconPlayerPause,
}

const Verdict = ({ care }: { readonly care: OltCare }) => {
  const { t } = useTranslation('care')
  const verdict = careVerdict(care)
  if (verdict === undefined) return null
  const VerdictIcon = verdictIcons[verdict]
  return (
    <span className="no-care__verdict" data-verdict={verdict} title={t(`verdictHint.${verdict}`)}>
      <VerdictIcon size={15} stroke={1.8} aria-hidden="true" className="nc-icon" />
      {t(`verdict.${verdict}`)}
    </span>
  )
}

const CopyForSupport = ({ olt, care }: { readonly olt: OltRow; readonly care: OltCare }) => {
  const { t } = useTranslation('care')
  const { t: common } = useTranslation()
  const copy = (): void => {
    copyText(careReport(olt, care, Date.now())).then(
      () => showToast({ kind: 'done', title: t('panel.copied') }),
      () => showToast({ kind: 'failure', title: common('button.copyFailed') }),
    )
  }
  return (
    <Button
      variant="default"
      size="compact-xs"
      leftSection={<IconClipboard size={13} aria-hidden="true" />}
      onClick={copy}
    >
      {t('panel.copy')}
    </Button>
  )
}
