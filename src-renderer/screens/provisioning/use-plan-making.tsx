import { Progress } from '@mantine/core'
import { useCallback, useEffect, useRef, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { PlanRow } from '../../../src-shared/contract/provisioning-plans.ts'
import { onEvent, runCommand } from '../../client/client.ts'
import { makeUuidV7 } from '../../client/uuid.ts'
import { useFormat } from '../../components/use-format.ts'
import { makePlan, type PlanInput } from './provisioning-acts.ts'

/**
 * Making a plan reads every ONU first: of thousands that takes minutes. How far it is, and whoever
 * closes what asked for it calls it off.
 */
export const usePlanMaking = (): {
  readonly make: (input: PlanInput) => Promise<PlanRow | null>
  readonly node: ReactNode
} => {
  const { t } = useTranslation('provisioning')
  const format = useFormat()
  const running = useRef<string | null>(null)
  const [read, setRead] = useState<{ readonly done: number; readonly total: number } | null>(null)
  useEffect(
    () =>
      onEvent('workspace.progress', ({ taskId, done, total }) => {
        if (taskId === running.current && total !== null) setRead({ done, total })
      }),
    [],
  )
  useEffect(
    () => () => {
      const taskId = running.current
      // Its answer is dropped anyway: a cancel that fails changes nothing here.
      if (taskId !== null) runCommand('workspace.cancel', { taskId }).catch(() => undefined)
    },
    [],
  )
  const make = useCallback(async (input: PlanInput) => {
    const taskId = makeUuidV7()
    running.current = taskId
    setRead(null)
    const made = await makePlan(input, taskId)
    running.current = null
    setRead(null)
    return made
  }, [])
  const node =
    read === null || read.total < 2 ? null : (
      <div className="npv-making">
        <Progress
          aria-label={t('plan.reading')}
          value={(read.done / Math.max(1, read.total)) * 100}
        />
        <span className="nc-soft nc-small" role="status">
          {t('plan.readingOf', {
            done: format.number(read.done),
            total: format.number(read.total),
          })}
        </span>
      </div>
    )
  return { make, node }
}
