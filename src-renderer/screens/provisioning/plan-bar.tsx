import { Button } from '@mantine/core'
import {
  IconArrowBackUp,
  IconEyeCheck,
  IconGauge,
  IconHandStop,
  IconPlayerPause,
  IconPlayerPlay,
  IconRefresh,
  IconTrash,
  type Icon,
} from '@tabler/icons-react'
import { useCallback, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PlanRow } from '../../../src-shared/contract/provisioning-plans.ts'
import { useOfferedActions } from '../../app/page-actions.ts'
import { runCommand } from '../../client/client.ts'
import { failureOf } from '../../client/hooks.ts'
import { makeUuidV7 } from '../../client/uuid.ts'
import { useTicking } from '../../components/clock.ts'
import { showFailure, showToast } from '../../components/toast.tsx'
import { PaceDialog } from './pace-dialog.tsx'
import { planActs, type PlanAct } from './plan-model.ts'
import { act, makeAgain, makeUndo } from './provisioning-acts.ts'
import { useRights } from './use-rights.ts'

const icons: Readonly<Record<PlanAct, Icon>> = {
  apply: IconPlayerPlay,
  pause: IconPlayerPause,
  continue: IconPlayerPlay,
  stop: IconHandStop,
  readBack: IconEyeCheck,
  undo: IconArrowBackUp,
  discard: IconTrash,
  again: IconRefresh,
  pace: IconGauge,
}

export interface PlanBarProps {
  readonly plan: PlanRow
  readonly onPlan: (planId: string) => void
  readonly onChanged: () => void
  readonly onDiscarded?: () => void
}

/** What can be done with the plan now: buttons and the palette, all the same. */
export const PlanBar = ({ plan, onPlan, onChanged, onDiscarded }: PlanBarProps) => {
  const { t } = useTranslation('provisioning')
  const rights = useRights()
  const [busy, setBusy] = useState<PlanAct | null>(null)
  const [pacing, setPacing] = useState(false)
  const { id: planId, version } = plan
  const names = useTicking(
    useCallback((now: number) => planActs(plan, rights, now).join(' '), [plan, rights]),
  )
  const acts = names === '' ? [] : (names.split(' ') as PlanAct[])
  const first = useRef<HTMLButtonElement>(null)
  const isDraft = plan.state === 'draft'
  // A plan that was just made waits for its Enter; one that runs does not take the focus.
  useEffect(() => {
    if (isDraft) first.current?.focus({ preventScroll: true })
  }, [planId, isDraft])

  const run = async (name: PlanAct): Promise<void> => {
    if (busy !== null) return
    if (name === 'pace') return setPacing(true)
    setBusy(name)
    await perform(name)
    setBusy(null)
    onChanged()
    return undefined
  }

  const perform = async (name: Exclude<PlanAct, 'pace'>): Promise<void> => {
    switch (name) {
      case 'apply':
        try {
          await runCommand('provisioning.apply', { planId, version })
        } catch (error) {
          showFailure(failureOf(error))
        }
        return
      case 'pause':
      case 'continue':
      case 'stop':
        await act(`provisioning.${name}`, { planId })
        return
      case 'readBack':
        try {
          await runCommand('provisioning.readBack', { planId, taskId: makeUuidV7() })
          showToast({ kind: 'done', title: t('plan.readBackDone') })
        } catch (error) {
          showFailure(failureOf(error))
        }
        return
      case 'discard':
        if (await act('provisioning.discard', { planId }, t('plan.discarded'))) onDiscarded?.()
        return
      case 'undo':
      case 'again': {
        const made = name === 'undo' ? await makeUndo(planId) : await makeAgain(plan)
        if (made !== null) onPlan(made.id)
      }
    }
  }

  useOfferedActions(
    acts.map((name) => ({
      id: `plan-${name}`,
      label: t(`planAct.${name}`),
      icon: icons[name],
      run: () => void run(name),
    })),
  )
  const blocked = plan.obstacles.length > 0
  return (
    <div className="npv-bar">
      {acts.length > 0 && (
        <div className="npv-acts" role="group" aria-label={t('plan.acts')}>
          {acts.map((name, at) => {
            const ActIcon = icons[name]
            return (
              <Button
                key={name}
                ref={at === 0 ? first : undefined}
                variant={at === 0 && name !== 'stop' && name !== 'undo' ? 'filled' : 'default'}
                leftSection={<ActIcon size={15} stroke={1.7} aria-hidden="true" />}
                loading={busy === name && name !== 'apply'}
                disabled={
                  (busy !== null && busy !== name) ||
                  (name === 'apply' && (blocked || busy !== null))
                }
                onClick={() => void run(name)}
              >
                {t(`planAct.${name}`)}
              </Button>
            )
          })}
          {acts.includes('apply') && plan.confirmation !== 'none' && !blocked && (
            <span className="nc-soft nc-small" role="status">
              {busy === 'apply'
                ? t('plan.confirming')
                : t(`plan.confirmation.${plan.confirmation}`)}
            </span>
          )}
        </div>
      )}
      {pacing && (
        <PaceDialog
          pace={plan.pace}
          count={plan.counts.total}
          onClose={() => setPacing(false)}
          onPace={async (pace) => {
            const made = await makeAgain(plan, pace)
            if (made !== null) onPlan(made.id)
            return made !== null
          }}
        />
      )}
    </div>
  )
}
