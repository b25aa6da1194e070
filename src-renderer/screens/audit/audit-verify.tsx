import { Button, Progress } from '@mantine/core'
import { IconAlertOctagon, IconShieldCheck, IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Output } from '../../../src-shared/contract/index.ts'
import type { Task } from '../../client/use-task.ts'
import { CopyButton } from '../../components/copy-button.tsx'
import { FailureState } from '../../components/failure-state.tsx'
import { useFormat } from '../../components/use-format.ts'

type Proof = Output<'audit.verify'>

/** In groups of four, as the terminal prints it. */
const spaced = (fingerprint: string): string => fingerprint.replaceAll(/(.{4})(?=.)/g, '$1 ')

export interface AuditVerifyProps {
  readonly task: Task<Proof>
  readonly onAgain: () => void
  readonly onClose: () => void
}

/** How far the proof is, and then one plain answer. */
export const AuditVerify = ({ task, onAgain, onClose }: AuditVerifyProps) => {
  const { t } = useTranslation('audit')
  const format = useFormat()
  const { state } = task
  switch (state.kind) {
    case 'idle':
      return null
    case 'running': {
      const share = state.total === null || state.total === 0 ? 0 : (100 * state.done) / state.total
      return (
        <section className="nc-panel nau-proof" aria-label={t('verify.button')}>
          <div className="nau-proof__line">
            <span role="status">
              {state.total === null
                ? t('verify.starting')
                : t('verify.running', {
                    done: format.number(state.done),
                    total: format.number(state.total),
                  })}
            </span>
            <Button size="compact-sm" variant="default" onClick={task.cancel}>
              {t('verify.cancel')}
            </Button>
          </div>
          <Progress value={share} size="sm" aria-label={t('verify.button')} />
        </section>
      )
    }
    case 'cancelled':
      return (
        <section className="nc-panel nau-proof" aria-label={t('verify.button')}>
          <div className="nau-proof__line">
            <span role="status">{t('verify.cancelled')}</span>
            <CloseButton onClose={onClose} />
          </div>
        </section>
      )
    case 'failed':
      return (
        <section className="nc-panel nau-proof" aria-label={t('verify.button')}>
          <FailureState brief failure={state.failure} onRetry={onAgain} />
        </section>
      )
    case 'done':
      return <Answer proof={state.result} onClose={onClose} />
  }
}

const Answer = ({ proof, onClose }: { readonly proof: Proof; readonly onClose: () => void }) => {
  const { t } = useTranslation('audit')
  const format = useFormat()
  return (
    <section
      className="nc-panel nau-proof"
      data-broken={proof.ok ? undefined : 'true'}
      aria-label={t('verify.button')}
    >
      <div className="nau-proof__line">
        <span className="nau-answer" role={proof.ok ? 'status' : 'alert'}>
          {proof.ok ? (
            <IconShieldCheck size={18} stroke={1.7} aria-hidden="true" />
          ) : (
            <IconAlertOctagon size={18} stroke={1.7} aria-hidden="true" />
          )}
          <strong>
            {proof.ok
              ? t('verify.whole', { rows: format.number(proof.rows) })
              : t('verify.broken', { row: format.number(proof.brokenAt) })}
          </strong>
        </span>
        <CloseButton onClose={onClose} />
      </div>
      {proof.reason !== null && (
        <p>
          {t(`broken.${proof.reason}`)} {t('verify.brokenWhat')}
        </p>
      )}
      <p className="nc-soft nc-small">{t('verify.checkpoints', { count: proof.checkpoints })}</p>
      {proof.fingerprint !== null && <Fingerprint fingerprint={proof.fingerprint} />}
    </section>
  )
}

export const Fingerprint = ({ fingerprint }: { readonly fingerprint: string }) => {
  const { t } = useTranslation('audit')
  return (
    <div className="nau-key">
      <span>{t('verify.fingerprint')}</span>
      <span className="nc-mono nau-hash">{spaced(fingerprint)}</span>
      <CopyButton text={fingerprint} label={t('verify.fingerprint')} />
      <span className="nc-soft nc-small">{t('verify.fingerprintHint')}</span>
    </div>
  )
}

export const CloseButton = ({ onClose }: { readonly onClose: () => void }) => {
  const { t } = useTranslation('audit')
  return (
    <Button
      size="compact-sm"
      variant="default"
      leftSection={<IconX size={13} aria-hidden="true" />}
      onClick={onClose}
    >
      {t('verify.close')}
    </Button>
  )
}
