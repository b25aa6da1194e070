import { Button, Modal } from '@mantine/core'
import { IconAlertTriangle, IconShieldCheck, IconShieldOff } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Output } from '../../../src-shared/contract/index.ts'
import { confirm } from '../../components/confirm.tsx'
import { showToast } from '../../components/toast.tsx'
import { useFormat } from '../../components/use-format.ts'
import { act } from '../access-accounts/access-acts.ts'
import { SetUpFactor } from '../access/set-up-factor.tsx'

export interface FactorPanelProps {
  readonly mine: Output<'access.mine'>
  readonly onChanged: () => void
}

const few = 3

export const FactorPanel = ({ mine, onChanged }: FactorPanelProps) => {
  const { t } = useTranslation('access-own')
  const { t: common } = useTranslation()
  const format = useFormat()
  const [settingUp, setSettingUp] = useState(false)
  const { secondFactorSince: since, secondFactorRequired: required, recoveryCodesLeft } = mine
  const Icon = since === null ? IconShieldOff : IconShieldCheck

  const remove = async (): Promise<void> => {
    const sure = await confirm({
      title: t('factor.removeTitle'),
      text: t('factor.removeText'),
      confirmLabel: t('factor.remove'),
      danger: true,
    })
    if (!sure) return
    await act('access.removeSecondFactor', {}, () => ({ title: t('factor.removed') }))
    onChanged()
  }
  const renew = async (): Promise<void> => {
    const sure = await confirm({
      title: t('factor.renewTitle'),
      text: t('factor.renewText'),
      confirmLabel: t('factor.renew'),
    })
    if (!sure) return
    await act('access.renewRecoveryCodes', {}, () => ({ title: t('factor.renewed') }))
    onChanged()
  }

  return (
    <section className="nc-panel" aria-label={t('factor.title')}>
      <header className="nc-panel__head">
        <h2>{t('factor.title')}</h2>
        {required && <span className="nc-small nc-soft">{t('factor.required')}</span>}
      </header>
      <div className="nc-panel__body nco-body">
        <div className="nco-state" data-on={since === null ? undefined : ''}>
          <Icon size={17} stroke={1.7} aria-hidden="true" className="nc-icon" />
          {since === null
            ? t('factor.off')
            : t('factor.on', { time: format.instant(since, 'day') })}
        </div>
        {mine.secondFactorReset !== null && (
          <p className="nco-stood">
            <IconAlertTriangle size={15} stroke={1.8} aria-hidden="true" className="nc-icon" />
            <span>
              {t('factor.reset', {
                name: mine.secondFactorReset.byName ?? t('factor.resetSomebody'),
                time: format.instant(mine.secondFactorReset.at),
              })}
            </span>
          </p>
        )}
        {since === null ? (
          <>
            <p className="nc-small nc-soft">{t('factor.offText')}</p>
            <Button onClick={() => setSettingUp(true)}>{t('factor.setUp')}</Button>
          </>
        ) : (
          <>
            <p className="nc-small">
              <strong>{t('factor.codes', { count: recoveryCodesLeft })}</strong>{' '}
              <span className="nc-soft">
                {t('factor.codesText')} {recoveryCodesLeft <= few && t('factor.codesFew')}
              </span>
            </p>
            <div className="nco-buttons">
              <Button
                variant={recoveryCodesLeft <= few ? 'filled' : 'default'}
                onClick={() => void renew()}
              >
                {t('factor.renew')}
              </Button>
              <Button
                variant="default"
                title={t('factor.replaceText')}
                onClick={() => setSettingUp(true)}
              >
                {t('factor.replace')}
              </Button>
              {!required && (
                <Button variant="default" onClick={() => void remove()}>
                  {t('factor.remove')}
                </Button>
              )}
            </div>
          </>
        )}
      </div>
      {settingUp && (
        <Modal
          opened
          onClose={() => setSettingUp(false)}
          title={t('factor.setUpTitle')}
          closeButtonProps={{ 'aria-label': common('button.close') }}
          centered
          size="lg"
        >
          {since !== null && <p className="nc-soft">{t('factor.replaceText')}</p>}
          <SetUpFactor
            onDone={async () => {
              setSettingUp(false)
              showToast({
                kind: 'done',
                title: t('factor.turnedOn'),
                text: t('factor.turnedOnText'),
              })
              onChanged()
            }}
          />
        </Modal>
      )}
    </section>
  )
}
