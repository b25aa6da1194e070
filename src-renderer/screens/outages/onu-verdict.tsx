import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { OnuAddress } from '../../../src-shared/domain/onu-address.ts'
import { paths } from '../../app/paths.ts'
import { useQuery } from '../../client/hooks.ts'
import { RouteLink } from '../../components/route-link.tsx'
import { adviceOf, sentenceOf } from './onu-verdict-words.ts'
import { ConfidenceMark, VerdictIcon } from './verdict-mark.tsx'
import './outages.css'

/** Why this ONU is down, in two or three lines; nothing while it is up or nobody knows. */
export const OnuVerdict = ({
  oltId,
  address,
}: {
  readonly oltId: string
  readonly address: OnuAddress
}): ReactNode => {
  const { t } = useTranslation('outages')
  const { value } = useQuery(
    'outages.onu',
    { oltId, address },
    { on: ['outages.changed', 'network.changed'], everyMs: 5_000 },
  )
  if (value === undefined || value.verdict === null || value.confidence === null) return null
  const { verdict, confidence, evidence, outageId } = value
  return (
    <section className="nc-onu__notice" data-area="notice" aria-label={t('one.title')}>
      <VerdictIcon verdict={verdict} size={18} />
      <div>
        <h2 className="nu-verdict">
          {t(`verdict.${verdict}`)} <ConfidenceMark confidence={confidence} />
        </h2>
        {outageId === null ? (
          <>
            <p>{adviceOf(t, verdict)}</p>
            <ul>
              {evidence.map((item) => (
                <li key={item.kind}>{sentenceOf(t, item)}</li>
              ))}
            </ul>
          </>
        ) : (
          <p>
            <RouteLink to={paths.outage(outageId)}>{t('one.partOf')}</RouteLink>
          </p>
        )}
      </div>
    </section>
  )
}
