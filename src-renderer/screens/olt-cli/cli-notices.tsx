import { Button, Checkbox } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { OltRow } from '../../../src-shared/contract/network-model.ts'
import type { OltCliAccess } from '../../../src-shared/contract/olt-cli.ts'
import { PresentOnly } from '../../components/as-of/present-only.tsx'
import { CopyButton } from '../../components/copy-button.tsx'
import { useFormat } from '../../components/use-format.ts'
import { resumeLogins, trustHostKey } from './cli-acts.ts'
import { warningIcons } from './cli-icons.ts'
import { warningsOf, type CliWarning } from './cli-warnings.ts'
import { useMay } from './use-may.ts'
import './olt-cli.css'

export interface CliNoticesProps {
  readonly olt: OltRow
  readonly access: OltCliAccess
  readonly onChange: () => void
}

/** At the top of the OLT's page, as long as it holds. */
export const CliNotices = (props: CliNoticesProps) =>
  warningsOf(props.access).map((warning) => (
    <CliNotice key={warning} warning={warning} {...props} />
  ))

const CliNotice = ({
  warning,
  olt,
  access,
  onChange,
}: CliNoticesProps & { readonly warning: CliWarning }) => {
  const { t } = useTranslation('olt-cli')
  const manages = useMay('olt-cli.access.manage')
  const NoticeIcon = warningIcons[warning]
  return (
    <section
      className="noc-notice"
      data-warning={warning}
      role={warning === 'keyChanged' ? 'alert' : 'note'}
      aria-label={t(`warning.${warning}.title`)}
    >
      <NoticeIcon size={18} stroke={1.8} aria-hidden="true" className="nc-icon" />
      <div className="noc-notice__text">
        <p>
          <strong>{t(`warning.${warning}.title`)}</strong>{' '}
          {t(`warning.${warning}.text`, { count: access.failedLogins })}
        </p>
        {warning === 'keyChanged' ? (
          <KeysCompared olt={olt} access={access} onChange={onChange} />
        ) : null}
      </div>
      {warning === 'loginsPaused' && manages ? (
        <PresentOnly>
          <Button variant="default" onClick={() => void resumeLogins(olt, onChange)}>
            {t('act.tryAgain')}
          </Button>
        </PresentOnly>
      ) : null}
    </section>
  )
}

const KeysCompared = ({ olt, access, onChange }: CliNoticesProps) => {
  const { t } = useTranslation('olt-cli')
  const format = useFormat()
  const manages = useMay('olt-cli.access.manage')
  const [compared, setCompared] = useState(false)
  const { hostKey, offeredHostKey } = access
  if (offeredHostKey === null) return null
  const line = (label: string, key: NonNullable<typeof hostKey>, note: string) => (
    <>
      <dt>{label}</dt>
      <dd>
        <span className="nc-mono">
          {key.algorithm} {key.fingerprint}
        </span>{' '}
        <CopyButton text={key.fingerprint} label={label} />{' '}
        <span className="nc-soft nc-small">{note}</span>
      </dd>
    </>
  )
  return (
    <>
      <dl className="nc-facts noc-keys">
        {hostKey === null
          ? null
          : line(t('key.pinned'), hostKey, t('key.since', { time: format.instant(hostKey.at) }))}
        {line(
          t('key.offered'),
          offeredHostKey,
          t('key.seen', { time: format.instant(offeredHostKey.at) }),
        )}
      </dl>
      {manages ? (
        <PresentOnly>
          <div className="noc-keys__act">
            <Checkbox
              label={t('key.compared')}
              checked={compared}
              onChange={(event) => setCompared(event.currentTarget.checked)}
            />
            <Button
              color="red"
              disabled={!compared}
              onClick={() => void trustHostKey(olt, offeredHostKey.fingerprint, onChange)}
            >
              {t('key.trust')}
            </Button>
          </div>
        </PresentOnly>
      ) : null}
    </>
  )
}
