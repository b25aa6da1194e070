import { Textarea, TextInput } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Finding } from '../../../../src-shared/contract/billing-reconciliation.ts'
import { useQuery } from '../../../client/hooks.ts'
import { FormDialog } from '../../../components/form-dialog.tsx'
import { StateBadge } from '../../../components/state-badge.tsx'
import { ServiceDialog } from '../../subscribers/service-dialog.tsx'
import { act } from '../billing-acts.ts'
import { StartDialog } from '../subscriptions/start-dialog.tsx'
import { nameOf, placedOf, placeText, wishes, type WishMend } from './finding-model.ts'

/** What will be wished of which lines, seen before it is; taking service away is confirmed outside. */
export const WishDialog = ({
  mend,
  findings,
  onClose,
}: {
  readonly mend: WishMend
  readonly findings: readonly Finding[]
  readonly onClose: () => void
}) => {
  const { t } = useTranslation('billing-reconciliation')
  const [reason, setReason] = useState(
    t('wish.reasonOf', { what: t(`kind.${findings[0]?.kind ?? 'suspended-online'}`) }),
  )
  const services = placedOf(findings)
  const left = findings.length - services.length
  const wish = async (): Promise<boolean> =>
    (await act(
      'provisioning.setDesired',
      {
        services: [...services],
        state: wishes[mend],
        reason: reason.trim(),
        forBilling: mend !== 'resume',
      },
      ({ changed }) => ({ title: t('wish.done', { count: changed }) }),
    )) !== undefined
  return (
    <FormDialog
      title={t(`wish.${mend}Title`)}
      button={t(`wish.button.${mend}`)}
      ready={services.length > 0 && reason.trim() !== ''}
      size="lg"
      onClose={onClose}
      onSubmit={wish}
    >
      <p className="nrc-text">{t(`wish.${mend}Text`)}</p>
      {mend === 'suspend' && <p className="nc-soft nrc-text">{t('wish.neverSuspend')}</p>}
      <ul className="nrc-lines">
        {findings.slice(0, 50).map((finding) => (
          <li key={finding.key}>
            <strong>{nameOf(finding)}</strong>{' '}
            {finding.onu !== null && (
              <>
                <span className="nc-mono">{finding.onu.serial}</span>{' '}
                <span className="nc-soft">{placeText(finding.onu)}</span>{' '}
                <StateBadge state={finding.onu.state} causeClass="unknown" iconOnly />
              </>
            )}{' '}
            <span className="nbl-chip">
              {t('wish.then')} {t(`wished.${wishes[mend]}`)}
            </span>
          </li>
        ))}
        {findings.length > 50 && <li className="nc-soft">+ {findings.length - 50}</li>}
      </ul>
      {left > 0 && (
        <p className="nbl-warn" role="note">
          <IconAlertTriangle size={14} aria-hidden="true" />
          {t('wish.left', { count: left })}
        </p>
      )}
      <TextInput
        label={t('wish.reason')}
        value={reason}
        maxLength={500}
        required
        onChange={(event) => setReason(event.currentTarget.value)}
      />
    </FormDialog>
  )
}

export const IgnoreDialog = ({
  lookId,
  findings,
  today,
  onClose,
  onDone,
}: {
  readonly lookId: string
  readonly findings: readonly Finding[]
  readonly today: string
  readonly onClose: () => void
  readonly onDone: () => void
}) => {
  const { t } = useTranslation('billing-reconciliation')
  const [reason, setReason] = useState('')
  const [until, setUntil] = useState('')
  const ignore = async (): Promise<boolean> => {
    const done = await act(
      'billing.ignoreFindings',
      {
        lookId,
        keys: findings.map(({ key }) => key),
        reason: reason.replaceAll(/\s+/gu, ' ').trim(),
        untilOn: until === '' ? null : until,
      },
      ({ ignored }) => ({ title: t('ignore.done', { count: ignored }) }),
    )
    if (done !== undefined) onDone()
    return done !== undefined
  }
  return (
    <FormDialog
      title={t('ignore.title', { count: findings.length })}
      button={t('ignore.button')}
      ready={reason.trim() !== ''}
      onClose={onClose}
      onSubmit={ignore}
    >
      <p className="nrc-text">{t('ignore.text')}</p>
      <Textarea
        label={t('ignore.reason')}
        value={reason}
        maxLength={300}
        required
        autosize
        minRows={2}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <TextInput
        type="date"
        label={t('ignore.until')}
        description={t('ignore.untilHint')}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        value={until}
        min={today}
        onChange={(event) => setUntil(event.currentTarget.value)}
      />
    </FormDialog>
  )
}

/** The service of the finding with its ONU still to be named, as on the file of its subscriber. */
export const AttachDialog = ({
  finding,
  onClose,
}: {
  readonly finding: Finding
  readonly onClose: () => void
}) => {
  const { value } = useQuery('subscribers.record', { id: finding.subscriber?.id ?? '' })
  const service = value?.services.find(({ id }) => id === finding.service?.id)
  if (value === undefined || service === undefined) return null
  return <ServiceDialog record={value} service={service} onClose={onClose} />
}

/** A plan begins on the service that runs without one. */
export const SellDialog = ({
  finding,
  today,
  onClose,
}: {
  readonly finding: Finding
  readonly today: string
  readonly onClose: () => void
}) =>
  finding.subscriber === null || finding.service === null ? null : (
    <StartDialog
      subscriberId={finding.subscriber.id}
      services={[finding.service]}
      today={today}
      onClose={onClose}
    />
  )
