import { Button, Loader } from '@mantine/core'
import { IconCircleCheck, IconPlugConnected } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { runCommand } from '../../client/client.ts'
import { useTask } from '../../client/use-task.ts'
import { FailureState } from '../../components/failure-state.tsx'
import { useFormat } from '../../components/use-format.ts'

export interface CliTestProps {
  readonly oltId: string
  readonly onDone: () => void
}

/** Logs in and out once; what came of it stands in place. */
export const CliTest = ({ oltId, onDone }: CliTestProps) => {
  const { t } = useTranslation('olt-cli')
  const { t: common, i18n } = useTranslation()
  const format = useFormat()
  const { state, start, cancel } = useTask<{
    readonly problem: Parameters<typeof FailureState>[0]['failure'] | null
    readonly prompt: string | null
    readonly ms: number | null
  }>()
  const test = (): void =>
    start(async (taskId) => {
      const result = await runCommand('olt-cli.test', { oltId, taskId })
      onDone()
      return result
    })
  const wordOf = (step: string | undefined): string => {
    return step !== undefined && i18n.exists(`olt-cli:step.${step}`)
      ? t(`step.${step}` as 'step.log-in')
      : t('step.log-in')
  }
  return (
    <div className="noc-test" aria-live="polite">
      {state.kind === 'running' ? (
        <>
          <Loader size={14} aria-hidden="true" />
          <span>
            {wordOf(state.step)}{' '}
            {state.total === null ? null : (
              <span className="nc-faint">
                {format.number(state.done + 1)}/{format.number(state.total)}
              </span>
            )}
          </span>
          <Button variant="default" size="compact-sm" onClick={cancel}>
            {common('button.cancel')}
          </Button>
        </>
      ) : (
        <Button
          variant="default"
          leftSection={<IconPlugConnected size={14} aria-hidden="true" />}
          onClick={test}
        >
          {t('test.button')}
        </Button>
      )}
      {state.kind === 'cancelled' ? <span className="nc-soft">{t('test.cancelled')}</span> : null}
      {state.kind === 'done' && state.result.problem === null ? (
        <span className="noc-test__well">
          <IconCircleCheck size={16} stroke={1.8} aria-hidden="true" className="nc-icon" />
          {t('test.well', {
            prompt: state.result.prompt ?? '',
            seconds: format.number((state.result.ms ?? 0) / 1000, 1),
          })}
        </span>
      ) : null}
      {state.kind === 'failed' ? <FailureState failure={state.failure} brief /> : null}
      {state.kind === 'done' && state.result.problem !== null ? (
        <FailureState failure={state.result.problem} brief />
      ) : null}
    </div>
  )
}
