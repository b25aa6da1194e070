import i18next from 'i18next'
import { callQuery, runCommand } from '../../client/client.ts'
import { failureOf } from '../../client/hooks.ts'
import { showFailure, showToast } from '../../components/toast.tsx'
import { groupedBy, whichOf, type AlarmTarget } from './alarm-target.ts'

/** What people do about alarms. Each says what was done and offers to take it back where it can be. */

export type AlarmAct =
  | {
      readonly kind: 'acknowledge'
      readonly note: string | null
      readonly until: number | null
      readonly untilWorse: boolean
    }
  | { readonly kind: 'unacknowledge' }
  | { readonly kind: 'note'; readonly note: string }
  | { readonly kind: 'shelve'; readonly reason: string; readonly until: number }
  | { readonly kind: 'unshelve' }
  | { readonly kind: 'assign'; readonly accountId: string | null }
  | { readonly kind: 'ticket'; readonly ticket: string | null }

export type AlarmActKind = AlarmAct['kind']

const say = () => i18next.getFixedT(i18next.language, 'alarms')

type Which = Awaited<ReturnType<typeof whichOf>>['which']

const run = (act: AlarmAct, which: Which): Promise<{ acted: number }> => {
  switch (act.kind) {
    case 'acknowledge':
      return runCommand('alarms.acknowledge', {
        which,
        note: act.note,
        until: act.until,
        untilWorse: act.untilWorse,
      })
    case 'unacknowledge':
      return runCommand('alarms.unacknowledge', { which })
    case 'note':
      return runCommand('alarms.note', { which, note: act.note })
    case 'shelve':
      return runCommand('alarms.shelve', { which, reason: act.reason, until: act.until })
    case 'unshelve':
      return runCommand('alarms.unshelve', { which })
    case 'assign':
      return runCommand('alarms.assign', { which, accountId: act.accountId })
    case 'ticket':
      return runCommand('alarms.setTicket', { which, ticket: act.ticket })
  }
}

type Rows = Awaited<ReturnType<typeof whichOf>>['rows']

/** The acts that undo it; none: it cannot be undone. */
const inverse = (act: AlarmAct, rows: Rows): readonly { act: AlarmAct; ids: string[] }[] => {
  // Those that were so before are left as they are.
  const before = (fits: (row: Rows[number]) => boolean): string[] =>
    rows.filter(fits).map((row) => row.id)
  switch (act.kind) {
    case 'acknowledge':
      return [{ act: { kind: 'unacknowledge' }, ids: before((row) => row.acknowledged === null) }]
    case 'shelve':
      return [{ act: { kind: 'unshelve' }, ids: before((row) => row.shelved === null) }]
    case 'unshelve':
      return rows.flatMap(({ id, shelved }) =>
        shelved === null || rows.length > 20
          ? []
          : [{ act: { kind: 'shelve', reason: shelved.reason, until: shelved.until }, ids: [id] }],
      )
    case 'assign':
      return [...groupedBy(rows, (row) => row.assignee?.accountId ?? null)].map(
        ([accountId, ids]) => ({ act: { kind: 'assign', accountId }, ids: [...ids] }),
      )
    case 'ticket':
      return [...groupedBy(rows, (row) => row.ticket)].map(([ticket, ids]) => ({
        act: { kind: 'ticket', ticket },
        ids: [...ids],
      }))
    case 'note':
    case 'unacknowledge':
      return []
  }
}

const takeBack = async (steps: ReturnType<typeof inverse>): Promise<void> => {
  try {
    let acted = 0
    for (const step of steps) acted += (await run(step.act, { ids: step.ids })).acted
    showToast({ kind: 'info', title: say()('act.takenBack', { count: acted }) })
  } catch (error) {
    showFailure(failureOf(error))
  }
}

/** false: it was refused, and a message says why. */
export const actOnAlarms = async (act: AlarmAct, target: AlarmTarget): Promise<boolean> => {
  try {
    const { which, rows } = await whichOf(target, (input) => callQuery('alarms.list', input))
    const { acted } = await run(act, which)
    const steps = inverse(act, rows).filter((step) => step.ids.length > 0)
    showToast({
      kind: 'done',
      title: say()(`act.${act.kind}.done`, { count: acted }),
      ...(steps.length === 0 ? {} : { undo: () => void takeBack(steps) }),
    })
    return true
  } catch (error) {
    showFailure(failureOf(error))
    return false
  }
}
