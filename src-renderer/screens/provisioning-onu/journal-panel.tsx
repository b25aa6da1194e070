import { Button } from '@mantine/core'
import { IconArrowBackUp } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Output } from '../../../src-shared/contract/index.ts'
import type { OnuAddress } from '../../../src-shared/domain/onu-address.ts'
import { paths } from '../../app/paths.ts'
import { useQuery } from '../../client/hooks.ts'
import { Awaiting } from '../../components/awaiting.tsx'
import { RouteLink } from '../../components/route-link.tsx'
import { useFormat } from '../../components/use-format.ts'
import { TargetStateMark } from '../provisioning/marks.tsx'
import { usePlanDrawer } from '../provisioning/plan-drawer.tsx'
import { makeUndo } from '../provisioning/provisioning-acts.ts'
import { useDifferenceText } from '../provisioning/use-difference-text.ts'
import { useRights } from '../provisioning/use-rights.ts'

type Entry = Output<'provisioning.journal'>['entries'][number]

export interface JournalPanelProps {
  readonly oltId: string
  readonly address: OnuAddress
}

const first = 10

/** All that the console did to this ONU, the latest first, each with its way back. */
export const JournalPanel = ({ oltId, address }: JournalPanelProps) => {
  const { t } = useTranslation('provisioning')
  const [limit, setLimit] = useState(first)
  const drawer = usePlanDrawer()
  const { value, failure, refresh } = useQuery(
    'provisioning.journal',
    { oltId, address, limit },
    { on: ['provisioning.changed', 'provisioning.planChanged'], everyMs: 1000 },
  )
  const entries = value?.entries ?? []
  return (
    <section className="nc-panel" aria-label={t('journal.title')}>
      <header className="nc-panel__head">
        <h2>
          {t('journal.title')}{' '}
          {value !== undefined && <span className="npv-note">{value.total}</span>}
        </h2>
      </header>
      {value === undefined ? (
        <Awaiting failure={failure} onRetry={refresh} rows={4} brief />
      ) : entries.length === 0 ? (
        <p className="nc-soft npo-none">{t('journal.none')}</p>
      ) : (
        <div className="npv-scroll" tabIndex={0} role="group" aria-label={t('journal.title')}>
          <table className="nc-table npo-journal">
            <thead>
              <tr>
                <th scope="col">{t('journal.when')}</th>
                <th scope="col">{t('changes.what')}</th>
                <th scope="col">{t('changes.result')}</th>
                <th scope="col">{t('plan.changes')}</th>
                <th scope="col">{t('changes.by')}</th>
                <th scope="col">
                  <span className="nc-hidden">{t('waiting.acts')}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {entries.map((entry) => (
                <JournalRow
                  key={`${entry.plan.id} ${entry.target.seq}`}
                  entry={entry}
                  onPlan={drawer.show}
                />
              ))}
            </tbody>
          </table>
          {value.total > entries.length && (
            <Button variant="subtle" onClick={() => setLimit(Math.min(500, limit + 50))}>
              {t('journal.more')}
            </Button>
          )}
        </div>
      )}
      {drawer.node}
    </section>
  )
}

interface JournalRowProps {
  readonly entry: Entry
  readonly onPlan: (planId: string) => void
}

const JournalRow = ({ entry, onPlan }: JournalRowProps) => {
  const { t } = useTranslation('provisioning')
  const { t: tError } = useTranslation('error')
  const format = useFormat()
  const rights = useRights()
  const textOf = useDifferenceText()
  const [busy, setBusy] = useState(false)
  const { plan, target, undoable, undoProblem } = entry
  const undo = async (): Promise<void> => {
    setBusy(true)
    const made = await makeUndo(plan.id, [target.seq])
    setBusy(false)
    if (made !== null) onPlan(made.id)
  }
  const text =
    target.problem === null
      ? textOf(target.differences)
      : tError(`${target.problem.code}.what`, target.problem.params)
  return (
    <tr>
      <td>{format.instant(target.startedAt ?? plan.createdAt)}</td>
      <td>
        <RouteLink to={paths.change(plan.id)}>
          {plan.undoes === null
            ? t(`kind.${plan.change.kind}`)
            : t('plan.undoTitle', { what: t(`kind.${plan.change.kind}`) })}
        </RouteLink>{' '}
        <span className="nc-soft">{plan.reason}</span>
      </td>
      <td>
        <TargetStateMark state={target.state} />
      </td>
      <td
        className="npo-journal__what nc-cut"
        title={text}
        data-bad={target.problem !== null || undefined}
      >
        {text}
      </td>
      <td>{plan.by ?? t(`origin.${plan.origin}`)}</td>
      <td className="npw-acts">
        {plan.undoneBy !== null ? (
          <RouteLink to={paths.change(plan.undoneBy)}>{t('journal.undone')}</RouteLink>
        ) : (
          rights.make && (
            <Button
              size="compact-xs"
              variant="default"
              disabled={!undoable}
              loading={busy}
              title={
                undoProblem === null
                  ? undefined
                  : tError(`${undoProblem.code}.means`, undoProblem.params)
              }
              leftSection={<IconArrowBackUp size={13} aria-hidden="true" />}
              aria-label={t('journal.undoOne', { what: t(`kind.${plan.change.kind}`) })}
              onClick={() => void undo()}
            >
              {t('journal.undo')}
            </Button>
          )
        )}
      </td>
    </tr>
  )
}
