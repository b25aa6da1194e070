import { useTranslation } from 'react-i18next'
import { useLocation } from 'wouter'
import { paths } from '../../app/paths.ts'
import { useQuery } from '../../client/hooks.ts'
import { RouteLink } from '../../components/route-link.tsx'
import { useEntrance } from '../../state/workspace.ts'
import { NoticeLine } from './notice-line.tsx'
import './own.css'

/** For the frame: stands, without a sound, as long as nobody has said whether it was known. */
export const NoticeBanner = () => {
  const { t } = useTranslation('access-own')
  const [path] = useLocation()
  const ownId = useEntrance((state) => state.session?.account.id ?? '')
  const { value, refresh } = useQuery(
    'access.mine',
    {},
    { on: ['access.notice', 'access.sessionChanged'], everyMs: 500 },
  )
  const [first, ...more] = value?.notices ?? []
  // The page itself shows them all.
  if (first === undefined || path === paths.me()) return null
  return (
    <section className="nco-banner" aria-label={t('notice.label')}>
      <NoticeLine notice={first} ownId={ownId} onAnswered={refresh} />
      <RouteLink to={paths.me()}>
        {more.length === 0 ? t('notice.look') : t('notice.more', { count: more.length })}
      </RouteLink>
    </section>
  )
}
