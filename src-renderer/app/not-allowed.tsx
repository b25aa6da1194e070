import { Button } from '@mantine/core'
import { IconLink, IconLockAccess } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { EmptyState } from '../components/empty-state.tsx'
import { usePermissionWords, useRoleName } from '../components/permission-words.ts'
import { useEntrance, usePermissions } from '../state/workspace.ts'
import { copyPageAddress } from './global-shortcuts.ts'
import { navigate } from './location.ts'
import { firstPage } from './page-needs.ts'
import { paths } from './paths.ts'
import './not-allowed.css'

const givesRoles = 'access.account.manage'

/** In place of a page that the role may not open: which permission it is, and who can give it. */
/** A page about the whole workspace, for someone who reaches a part of it. */
export const BeyondReach = () => {
  const { t } = useTranslation('access')
  const permissions = usePermissions()
  const first = firstPage(permissions, paths.me())
  return (
    <div className="nc-page nc-page--full">
      <EmptyState
        icon={IconLockAccess}
        title={t('notAllowed.beyondTitle')}
        text={
          <>
            <span>{t('notAllowed.beyondText')}</span>
            <span>{t('notAllowed.beyondWho')}</span>
          </>
        }
        action={
          <Button onClick={() => navigate(first)}>
            {t(first === paths.me() ? 'notAllowed.own' : 'notAllowed.first')}
          </Button>
        }
      />
    </div>
  )
}

export const NotAllowed = ({ permission }: { readonly permission: string }) => {
  const { t } = useTranslation('access')
  const words = usePermissionWords()
  const roleName = useRoleName()
  const session = useEntrance((state) => state.session)
  if (session == null) return null
  const { name, roleId, roleName: own } = session.account
  const first = firstPage(session.permissions, paths.me())
  return (
    <div className="nc-page nc-page--full">
      <EmptyState
        icon={IconLockAccess}
        title={t('notAllowed.title')}
        text={
          <>
            <span>{t('notAllowed.text', { name, role: roleName({ roleId, roleName: own }) })}</span>
            <span className="nc-not-allowed__permission">
              <strong>{words.of(permission)}</strong>{' '}
              <span className="nc-mono nc-soft">{permission}</span>
            </span>
            <span>{t('notAllowed.who', { words: words.of(givesRoles) })}</span>
          </>
        }
        action={
          <>
            <Button
              variant="default"
              leftSection={<IconLink size={15} stroke={1.7} aria-hidden="true" />}
              onClick={copyPageAddress}
            >
              {t('notAllowed.copy')}
            </Button>
            <Button onClick={() => navigate(first)}>
              {t(first === paths.me() ? 'notAllowed.own' : 'notAllowed.first')}
            </Button>
          </>
        }
      />
    </div>
  )
}
