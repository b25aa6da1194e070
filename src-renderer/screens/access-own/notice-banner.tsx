import { IconAlertTriangle } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'wouter'
import { paths } from '../../app/paths.ts'
import { useQuery } from '../../client/hooks.ts'
import { RouteLink } from '../../components/route-link.tsx'
import { useFormat } from '../../components/use-format.ts'
import { useEntrance, useSimulated } from '../../state/workspace.ts'
import { NoticeLine } from './notice-line.tsx'
import './own.css'

/** For the frame: stands, without a sound, as long as nobody has said whether it was known. */
export const NoticeBanner = () => {
  const { t } = useTranslation('access-own')
  const [path] = useLocation()
  const format = useFormat()
  const { value, refresh } = useQuery(
    'access.mine',
    {},
    { on: ['access.notice', 'access.sessionChanged', 'access.changed'], everyMs: 500 },
  )
  const account = useEntrance((state) => state.session?.account)
  const simulated = useSimulated()
  // The page itself shows them all.
  if (value === undefined || account === undefined || path === paths.me()) return null
  const [first, ...more] = value.notices
  const reset = value.secondFactorReset
  const noKit = account.isOwner && !simulated && value.recoveryKitSince === null
  if (first === undefined && reset === null && !noKit) return null
  return (
    <section className="nco-banner" aria-label={t('notice.label')}>
      {first !== undefined && (
        <div className="nco-banner__line">
          <NoticeLine notice={first} ownId={account.id} onAnswered={refresh} />
          <RouteLink to={paths.me()}>
            {more.length === 0 ? t('notice.look') : t('notice.more', { count: more.length })}
          </RouteLink>
        </div>
      )}
      {reset !== null && (
        <PlainLine
          text={t('factor.reset', {
            name: reset.byName ?? t('factor.resetSomebody'),
            time: format.instant(reset.at),
          })}
          link={t('notice.look')}
        />
      )}
      {noKit && <PlainLine text={t('kit.bannerNone')} link={t('kit.bannerLook')} />}
    </section>
  )
}

const PlainLine = ({ text, link }: { readonly text: string; readonly link: string }) => (
  <div className="nco-banner__line">
    <span className="nco-notice">
      <IconAlertTriangle size={16} stroke={1.8} aria-hidden="true" className="nc-icon" />
      <span>{text}</span>
    </span>
    <RouteLink to={paths.me()}>{link}</RouteLink>
  </div>
)
