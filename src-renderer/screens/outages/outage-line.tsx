import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { OutageRow } from '../../../src-shared/contract/outages.ts'
import { paths } from '../../app/paths.ts'
import { useFormat } from '../../components/use-format.ts'
import { causeText, gaspText, portsOf } from './outage-words.ts'

/** What and where, in one line that leads to the outage. */
export const OutageLine = ({ outage }: { readonly outage: OutageRow }) => {
  const { t } = useTranslation('outages')
  const format = useFormat()
  const ports = portsOf(t, outage)
  const cause = causeText(t, outage)
  return (
    <span className="nu-line">
      <Link href={paths.outage(outage.id)} className="nu-line__cause">
        {cause}
      </Link>
      <span className="nc-faint nc-small nc-cut">
        {cause.includes(ports) ? '' : `${ports} · `}
        {gaspText(t, format, outage)}
      </span>
    </span>
  )
}

/** Who sees to it; nobody, and whether at least somebody has seen it. */
export const OutageOwner = ({ outage }: { readonly outage: OutageRow }) => {
  const { t } = useTranslation('outages')
  const format = useFormat()
  const { owner, acknowledged } = outage
  if (owner !== null) return <span className="nc-cut">{owner.name}</span>
  if (acknowledged !== null) {
    const { name } = acknowledged.by
    return (
      <span
        className="nc-soft nc-cut"
        title={t('acknowledgedBy', { name, time: format.instant(acknowledged.at) })}
      >
        {name}
      </span>
    )
  }
  return <span className="nu-nobody">{t('unowned')}</span>
}
