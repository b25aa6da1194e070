import { IconHelpCircle } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { ReconciliationSummary } from '../../../../src-shared/contract/billing-reconciliation.ts'
import { paths } from '../../../app/paths.ts'
import { Since } from '../../../components/data-age.tsx'
import { RouteLink } from '../../../components/route-link.tsx'
import { useFormat } from '../../../components/use-format.ts'

/** What could not be compared, and how old is what was. Never taken for an ONU that is off. */
export const NotKnown = ({ summary }: { readonly summary: ReconciliationSummary }) => {
  const { t } = useTranslation('billing-reconciliation')
  const format = useFormat()
  const { notKnown } = summary
  const silent = summary.olts.filter(({ answers }) => !answers)
  const some = notKnown.services + notKnown.onus + notKnown.speeds > 0
  return (
    <div className="nrc-unknown">
      {some && (
        <p role="note">
          <IconHelpCircle size={15} stroke={1.7} aria-hidden="true" className="nc-icon" />
          <strong>{t('notKnown')}</strong>{' '}
          {silent.length > 0 && `${t('silent', { count: silent.length })} `}
          {t('notKnownText', {
            services: format.number(notKnown.services),
            onus: format.number(notKnown.onus),
            speeds: format.number(notKnown.speeds),
          })}
        </p>
      )}
      <details>
        <summary>{t('olts')}</summary>
        <ul className="nrc-olts">
          {summary.olts.map((olt) => (
            <li key={olt.oltId} data-silent={!olt.answers || undefined}>
              <RouteLink to={paths.olt(olt.oltId)}>{olt.oltName}</RouteLink>{' '}
              <span className="nc-soft">
                {olt.readAt === null ? (
                  t('oltNever')
                ) : (
                  <>
                    {t(olt.answers ? 'oltRead' : 'oltSilent')} <Since at={olt.readAt} />
                  </>
                )}
                {olt.notKnown > 0 && ` · ${t('oltNotKnown', { count: olt.notKnown })}`}
              </span>
            </li>
          ))}
        </ul>
      </details>
    </div>
  )
}
