import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formatOnu, formatPon } from '../../../src-shared/domain/onu-address.ts'
import { paths } from '../../app/paths.ts'
import { RouteLink } from '../../components/route-link.tsx'
import { onusOfPon } from '../network-olts/onu-links.ts'
import type { TrapNews } from './trap-list.ts'

type Look = TrapNews['looks'][number]

const shownAtOnce = 3

/** Where was looked, each a way to it. */
export const TrapLooks = ({ news }: { readonly news: TrapNews }) => {
  const { t } = useTranslation('traps')
  const [all, setAll] = useState(false)
  const { looks, oltId } = news
  if (looks.length === 0) return <span className="nc-faint">{t('look.none')}</span>
  const shown = all ? looks : looks.slice(0, shownAtOnce)
  const more = looks.length - shownAtOnce
  return (
    <span className="ntr-looks">
      {shown.map((look) => (
        <LookLink key={lookKey(look)} oltId={oltId} look={look} />
      ))}
      {more <= 0 ? null : (
        <Button variant="subtle" size="compact-xs" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? t('look.fewer') : t('look.more', { number: more })}
        </Button>
      )}
    </span>
  )
}

const lookKey = (look: Look): string =>
  look.kind === 'onu'
    ? `onu ${formatOnu(look.address)}`
    : look.kind === 'pon'
      ? `pon ${formatPon(look.pon)}`
      : look.kind

const LookLink = ({ oltId, look }: { readonly oltId: string; readonly look: Look }) => {
  const { t } = useTranslation('traps')
  switch (look.kind) {
    case 'olt':
      return <RouteLink to={paths.olt(oltId)}>{t('look.olt')}</RouteLink>
    case 'unconfigured':
      return <RouteLink to={paths.unconfigured()}>{t('look.unconfigured')}</RouteLink>
    case 'pon':
      return (
        <RouteLink to={onusOfPon(oltId, look.pon)}>
          {t('look.pon', { pon: formatPon(look.pon) })}
        </RouteLink>
      )
    case 'onu':
      return (
        <RouteLink to={paths.onu(oltId, look.address)}>
          {t('look.onu', { onu: formatOnu(look.address) })}
        </RouteLink>
      )
  }
}
