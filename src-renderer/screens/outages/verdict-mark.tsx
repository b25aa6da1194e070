import {
  IconBolt,
  IconBoltOff,
  IconCircuitSwitchOpen,
  IconCpu,
  IconHelpCircle,
  IconHome,
  IconRefresh,
  IconRouteOff,
  IconSitemap,
  IconVersions,
  type Icon,
} from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { OutageRow } from '../../../src-shared/contract/outages.ts'
import {
  confidences,
  type Confidence,
  type Verdict,
} from '../../../src-shared/domain/outage-verdicts.ts'
import { standingVerdict } from './outage-words.ts'

const icons: Readonly<Record<Verdict, Icon>> = {
  feeder: IconRouteOff,
  'pon-port': IconCircuitSwitchOpen,
  card: IconCpu,
  distribution: IconSitemap,
  'area-power': IconBoltOff,
  'single-drop': IconHome,
  'customer-power': IconBolt,
  'olt-restart': IconRefresh,
  mixed: IconVersions,
  undetermined: IconHelpCircle,
}

export const VerdictIcon = ({ verdict, size = 15 }: { verdict: Verdict; size?: number }) => {
  const Icon = icons[verdict]
  return <Icon size={size} stroke={1.7} aria-hidden="true" className="nc-icon" />
}

/** How sure it is: a word, and as many marks. */
export const ConfidenceMark = ({ confidence }: { readonly confidence: Confidence }) => {
  const { t } = useTranslation('outages')
  const marks = confidences.length - confidences.indexOf(confidence)
  return (
    <span
      className="nu-sure"
      data-confidence={confidence}
      title={t(`confidenceHint.${confidence}`)}
    >
      <span aria-hidden="true" className="nu-sure__marks">
        {confidences.map((each, index) => (
          <span key={each} data-on={index < marks ? '' : undefined} />
        ))}
      </span>
      {t(`confidence.${confidence}`)}
    </span>
  )
}

/** The verdict that stands, and how sure the console is of it, or who corrected it. */
export const VerdictMark = ({ outage }: { readonly outage: OutageRow }) => {
  const { t } = useTranslation('outages')
  const verdict = standingVerdict(outage)
  const { corrected } = outage
  return (
    <span className="nu-verdict">
      <VerdictIcon verdict={verdict} />
      <span title={t(`verdictHint.${verdict}`)}>{t(`verdict.${verdict}`)}</span>
      {corrected === null ? (
        <ConfidenceMark confidence={outage.confidence} />
      ) : (
        <span
          className="nu-sure nc-soft"
          title={t('correctedBy', { name: corrected.by.name, note: corrected.note })}
        >
          {t('corrected')}
        </span>
      )}
    </span>
  )
}
