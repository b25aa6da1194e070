import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Account } from '../../../src-shared/contract/access-accounts.ts'
import { paths } from '../../app/paths.ts'
import { callQuery } from '../../client/client.ts'
import { failureOf } from '../../client/hooks.ts'
import { confirm } from '../../components/confirm.tsx'
import { usePermissionWords } from '../../components/permission-words.ts'
import { RouteLink } from '../../components/route-link.tsx'
import { showFailure } from '../../components/toast.tsx'
import { useFormat } from '../../components/use-format.ts'
import { act } from './access-acts.ts'
import { abilitiesOn } from './account-model.ts'
import { useMe } from './use-people.ts'
import './people.css'

export interface AccountActsProps {
  readonly account: Account
  readonly onChange: () => void
  readonly onReach: () => void
}

/** What can be done to an account; beside each act stands what it does. */
export const AccountActs = ({ account, onChange, onReach }: AccountActsProps) => {
  const { t } = useTranslation('access-people')
  const format = useFormat()
  const words = usePermissionWords()
  const me = useMe()
  const may = abilitiesOn(account, me)
  const { id: accountId, name, version: baseVersion } = account
  const manages = me.permissions.includes('access.account.manage')

  const disable = async (at: number): Promise<void> => {
    await act('access.disableAccount', { accountId, baseVersion: at }, () => ({
      title: t('act.disabled', { name }),
      undo: () => void again(enable),
    }))
  }
  const enable = async (at: number): Promise<void> => {
    await act('access.enableAccount', { accountId, baseVersion: at }, () => ({
      title: t('act.enabled', { name }),
      undo: () => void again(disable),
    }))
  }
  /** An undo is of the account as it stands then. */
  const again = async (what: (version: number) => Promise<void>): Promise<void> => {
    try {
      const { accounts } = await callQuery('access.accounts', {})
      await what(accounts.find(({ id }) => id === accountId)?.version ?? baseVersion)
    } catch (error) {
      showFailure(failureOf(error))
    }
  }
  const endSessions = async (): Promise<void> => {
    const sure = await confirm({
      title: t('act.endSessionsTitle', { name }),
      text: t('act.endSessionsText', { count: account.sessions }),
      confirmLabel: t('act.endSessions'),
    })
    if (!sure) return
    await act('access.endSessions', { accountId }, ({ ended }) => ({
      title: t('act.ended', { count: ended }),
    }))
  }
  const resetPassword = async (): Promise<void> => {
    const sure = await confirm({
      title: t('act.resetPasswordTitle', { name }),
      text: t('act.resetPasswordText'),
      confirmLabel: t('act.resetPassword'),
    })
    if (!sure) return
    await act('access.resetPassword', { accountId }, ({ until }) => ({
      title: t('act.resetPasswordDone', { time: format.instant(until) }),
    }))
  }
  const resetFactor = async (): Promise<void> => {
    const sure = await confirm({
      title: t('act.resetFactorTitle', { name }),
      text: t('act.resetFactorText'),
      confirmLabel: t('act.resetFactor'),
      danger: true,
    })
    if (!sure) return
    await act('access.resetSecondFactor', { accountId }, () => ({
      title: t('act.resetFactorDone', { name }),
    }))
  }
  const transfer = async (): Promise<void> => {
    const sure = await confirm({
      title: t('act.transferTitle', { name }),
      text: t('act.transferText'),
      confirmLabel: t('act.transfer'),
      danger: true,
      typed: name,
    })
    if (!sure) return
    await act('access.transferOwnership', { accountId }, () => ({
      title: t('act.transferDone', { name }),
    }))
  }

  if (!manages) {
    return (
      <p className="nc-soft nc-small">
        {t('act.readOnly', { permission: words.of('access.account.manage') })}
      </p>
    )
  }
  return (
    <section className="ncp-acts" aria-label={t('act.title')}>
      <h3>{t('act.title')}</h3>
      <Act label={t('act.change')} text={t('act.changeText')} onAct={onChange} />
      {may.isOwn && (
        <p className="nc-soft nc-small">
          {t('act.own')} <RouteLink to={paths.me()}>{t('act.ownPage')}</RouteLink>
        </p>
      )}
      {may.others && (
        <>
          <Act
            label={t('reach.act')}
            text={t(may.isOwner ? 'reach.owner' : 'reach.actText')}
            disabled={may.isOwner}
            onAct={onReach}
          />
          {account.disabledAt !== null ? (
            <Act
              label={t('act.enable')}
              text={t('act.enableText')}
              onAct={() => void enable(baseVersion)}
            />
          ) : (
            <Act
              label={t('act.disable')}
              text={t(may.disable ? 'act.disableText' : 'act.owner')}
              disabled={!may.disable}
              onAct={() => void disable(baseVersion)}
            />
          )}
          <Act
            label={t('act.endSessions')}
            text={
              account.sessions === 0
                ? t('act.endSessionsNone')
                : t('act.endSessionsText', { count: account.sessions })
            }
            disabled={account.sessions === 0}
            onAct={() => void endSessions()}
          />
          <Act
            label={t('act.resetPassword')}
            text={t('act.resetPasswordText')}
            disabled={account.disabledAt !== null}
            onAct={() => void resetPassword()}
          />
          <Act
            label={t('act.resetFactor')}
            text={t(
              account.secondFactorSince === null ? 'act.resetFactorNone' : 'act.resetFactorText',
            )}
            disabled={account.secondFactorSince === null}
            onAct={() => void resetFactor()}
          />
        </>
      )}
      {may.transfer && (
        <Act
          label={t('act.transfer')}
          text={t('act.transferText')}
          danger
          onAct={() => void transfer()}
        />
      )}
    </section>
  )
}

interface ActProps {
  readonly label: string
  readonly text: string
  readonly disabled?: boolean
  readonly danger?: boolean
  readonly onAct: () => void
}

const Act = ({ label, text, disabled = false, danger = false, onAct }: ActProps) => (
  <div className="ncp-act">
    <span className="nc-small nc-soft">{text}</span>
    <Button
      variant="default"
      disabled={disabled}
      {...(danger ? { color: 'red', variant: 'light' } : {})}
      onClick={onAct}
    >
      {label}
    </Button>
  </div>
)
