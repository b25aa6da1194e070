import { Button } from '@mantine/core'
import { IconCopy, IconTerminal2, type Icon } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { copyText } from '../../components/copy-button.tsx'
import { showToast } from '../../components/toast.tsx'
import { useFormat } from '../../components/use-format.ts'
import { plainText } from './plain-text.ts'
import { snmptrapLine, trapText, type UnknownTrap } from './trap-line.ts'

export interface TrapVarbindsProps {
  readonly trap: UnknownTrap
  readonly port: number
}

/** SECURITY: every word here was written by whoever sent the trap; it is shown as text alone. */
export const TrapVarbinds = ({ trap, port }: TrapVarbindsProps) => {
  const { t } = useTranslation('traps')
  const format = useFormat()
  return (
    <div className="ntr-varbinds">
      <div className="ntr-varbinds__head">
        <span className="nc-soft nc-small">
          {t('row.lastOnes')} · {format.instant(trap.lastAt)}
          {trap.agentAddress === null ? null : (
            <>
              {' · '}
              {t('row.agent')}: <span className="nc-mono">{plainText(trap.agentAddress)}</span>
            </>
          )}
        </span>
        <CopyAs icon={IconCopy} label={t('row.copyText')} text={trapText(trap)} />
        <CopyAs icon={IconTerminal2} label={t('row.copyLine')} text={snmptrapLine(trap, port)} />
      </div>
      {trap.varbinds.length === 0 ? (
        <p className="nc-soft">{t('row.noVarbinds')}</p>
      ) : (
        <dl>
          {trap.varbinds.map(({ oid, text }, position) => (
            // The same object may stand in a trap more than once.
            <div key={`${position} ${oid}`}>
              <dt className="nc-mono nc-soft">{plainText(oid)}</dt>
              <dd className="nc-mono">
                <bdi>{plainText(text)}</bdi>
              </dd>
            </div>
          ))}
        </dl>
      )}
    </div>
  )
}

interface CopyAsProps {
  readonly icon: Icon
  readonly label: string
  readonly text: string
}

const CopyAs = ({ icon: CopyIcon, label, text }: CopyAsProps) => {
  const { t } = useTranslation('traps')
  const copy = (): void => {
    copyText(text).then(
      () => showToast({ kind: 'done', title: t('row.copied') }),
      () => showToast({ kind: 'info', title: t('row.copyFailed') }),
    )
  }
  return (
    <Button
      variant="default"
      size="compact-sm"
      leftSection={<CopyIcon size={13} stroke={1.7} aria-hidden="true" />}
      onClick={copy}
    >
      {label}
    </Button>
  )
}
