import { SegmentedControl } from '@mantine/core'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { OltRow } from '../../../src-shared/contract/network-model.ts'
import { useShownMoment } from '../../client/moment.ts'
import { PresentOnly } from '../../components/as-of/present-only.tsx'
import { onusWith } from '../network-olts/onu-links.ts'
import { FallingLight } from './falling-light.tsx'
import { WorstLight } from './worst-light.tsx'

/** What loses light, and what has least of it. */
export const LightPanel = ({ olts }: { readonly olts: readonly OltRow[] }) => {
  const { t } = useTranslation('dashboard')
  const { t: network } = useTranslation('network')
  const [wanted, setWhich] = useState<'falling' | 'worst'>('falling')
  // What falls is told of now alone.
  const which = useShownMoment() === null ? wanted : 'worst'
  const opticsS = useMemo(() => new Map(olts.map((olt) => [olt.id, olt.intervals.opticsS])), [olts])
  const unread = olts.every((olt) => olt.ages.optics === null)
  return (
    <section className="nc-panel nd-list nd-light" aria-label={t('light.title')}>
      <header className="nc-panel__head">
        <h2>{t('light.title')}</h2>
        <Link
          className="nc-small"
          href={onusWith(
            { states: ['online'], signals: ['warning', 'critical'] },
            { column: 'marginDb', descending: false },
          )}
        >
          {network('dashboard.worst.all')}
        </Link>
        <PresentOnly>
          <SegmentedControl
            size="xs"
            aria-label={t('light.which')}
            value={which}
            onChange={(next) => setWhich(next === 'worst' ? 'worst' : 'falling')}
            data={[
              { value: 'falling', label: t('light.falling') },
              { value: 'worst', label: t('light.worst') },
            ]}
          />
        </PresentOnly>
      </header>
      {which === 'falling' ? (
        <FallingLight opticsS={opticsS} />
      ) : (
        <WorstLight unread={unread} opticsS={opticsS} />
      )}
    </section>
  )
}
