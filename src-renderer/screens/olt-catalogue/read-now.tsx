import { Button, type ButtonProps } from '@mantine/core'
import { IconRefresh } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Output } from '../../../src-shared/contract/index.ts'
import { runCommand } from '../../client/client.ts'
import { useTask, type Task } from '../../client/use-task.ts'
import { useFormat } from '../../components/use-format.ts'

export interface Reading {
  readonly task: Task<Output<'provisioning.readCatalogue'>>
  readonly start: () => void
}

/** Reads an OLT's catalogue over its CLI, when somebody asks. */
export const useReading = (oltId: string, onRead: () => void): Reading => {
  const task = useTask<Output<'provisioning.readCatalogue'>>()
  return {
    task,
    start: () => {
      if (task.state.kind === 'running') return
      task.start(async (taskId) => {
        const read = await runCommand('provisioning.readCatalogue', { oltId, taskId })
        onRead()
        return read
      })
    },
  }
}

export interface ReadNowProps extends Pick<ButtonProps, 'size' | 'variant'> {
  readonly reading: Reading
}

/** Asks for the reading, tells how far it is, and calls it off. */
export const ReadNow = ({ reading, size = 'xs', variant = 'filled' }: ReadNowProps) => {
  const { t } = useTranslation('catalogue')
  const { t: common } = useTranslation()
  const format = useFormat()
  const { state, cancel } = reading.task
  if (state.kind !== 'running') {
    return (
      <Button
        size={size}
        variant={variant}
        leftSection={<IconRefresh size={14} aria-hidden="true" />}
        onClick={reading.start}
      >
        {t('read')}
      </Button>
    )
  }
  return (
    <>
      <span className="nc-soft" role="status">
        {state.total === null
          ? t('reading')
          : t('readingOf', {
              done: format.number(state.done),
              total: format.number(state.total),
            })}
      </span>{' '}
      <Button size={size} variant="default" onClick={cancel}>
        {common('button.cancel')}
      </Button>
    </>
  )
}
