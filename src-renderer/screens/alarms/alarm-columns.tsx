import { useMemo } from 'react'
import type { AlarmRow } from '../../../src-shared/contract/alarms-model.ts'
import { useTicking } from '../../components/clock.ts'
import { SeverityBadge } from '../../components/severity-badge.tsx'
import type { GridColumn } from '../../components/table/grid-column.ts'
import { AlarmMarks, alarmMarks } from './alarm-marks.tsx'
import type { AlarmListName } from './alarm-query.ts'
import { isAlarmSortColumn } from './alarm-query.ts'
import { alarmSentence, placeOf, placeWord, type Speaker } from './alarm-words.ts'
import { useSpeaker } from './use-speaker.ts'

/** What all cells share; `now` moves in steps, so that ages do not redraw the list each second. */
export interface AlarmCellContext extends Speaker {
  readonly now: number
}

export type AlarmColumn = GridColumn<AlarmRow, AlarmCellContext>

const tick = (now: number): number => Math.floor(now / 5000) * 5000

export const useAlarmCellContext = (): AlarmCellContext => {
  const speaker = useSpeaker()
  const now = useTicking(tick)
  return useMemo(() => ({ ...speaker, now }), [speaker, now])
}

const iso = (at: number | null | undefined): string | null =>
  at == null ? null : new Date(at).toISOString()

/** In the history everything is cleared: what counts there is how bad it was. */
const shownAs = (row: AlarmRow, list: AlarmListName) =>
  row.clearedAt === null || list === 'history' ? row.severity : 'cleared'

export const useAlarmColumns = (list: AlarmListName): readonly AlarmColumn[] => {
  const { t } = useSpeaker()
  return useMemo(() => {
    const age = (id: 'raisedAt' | 'changedAt' | 'clearedAt', initially: boolean): AlarmColumn => ({
      id,
      label: t(`column.${id}`),
      width: list === 'history' ? 164 : 68,
      minWidth: 56,
      initially,
      alignEnd: true,
      sortKey: id,
      cell: (row, { now, format }) => {
        const at = row[id]
        if (at === null) return '–'
        return list === 'history' ? format.instant(at) : format.age(Math.max(0, now - at))
      },
      hover: (row, { format }) => format.instant(row[id]),
      plain: (row) => iso(row[id]),
    })
    const text = (
      id: string,
      width: number,
      initially: boolean,
      read: (row: AlarmRow, context: AlarmCellContext) => string | null,
      more: Partial<AlarmColumn> = {},
    ): AlarmColumn => ({
      id,
      label: t(`column.${id as 'name'}`),
      width,
      minWidth: 60,
      initially,
      ...(isAlarmSortColumn(id) ? { sortKey: id } : {}),
      length: (row, context) => read(row, context)?.length ?? 0,
      cell: (row, context) => read(row, context) ?? <span className="nc-faint">–</span>,
      hover: (row, context) => read(row, context) ?? undefined,
      plain: (row, context) => read(row, context),
      ...more,
    })
    const number = (
      id: 'count' | 'affectedOnus' | 'affectedSubscribers',
      width: number,
      initially: boolean,
    ): AlarmColumn => ({
      id,
      label: t(`column.${id}`),
      hint: t(`columnHint.${id}`),
      width,
      minWidth: 52,
      initially,
      alignEnd: true,
      ...(isAlarmSortColumn(id) ? { sortKey: id } : {}),
      cell: (row, { format }) => format.number(row[id]),
      plain: (row) => row[id],
    })
    const columns: AlarmColumn[] = [
      {
        id: 'severity',
        label: t('column.severity'),
        width: 108,
        minWidth: 60,
        initially: true,
        fixed: true,
        sortKey: 'severity',
        cell: (row) => <SeverityBadge severity={shownAs(row, list)} />,
        hover: (row) =>
          row.clearedAt === null
            ? undefined
            : t('wasSeverity', { severity: t(`severity.${row.severity}`, { ns: 'common' }) }),
        plain: (row) => row.severity,
      },
      {
        id: 'state',
        label: t('column.state'),
        width: 84,
        minWidth: 40,
        initially: true,
        cell: (row, context) => <AlarmMarks alarm={row} speaker={context} />,
        plain: (row, context) =>
          alarmMarks(row, context)
            .map(({ words }) => words)
            .join('; '),
      },
      age('raisedAt', true),
      {
        id: 'type',
        label: t('column.type'),
        width: 360,
        minWidth: 180,
        initially: true,
        grows: true,
        fixed: true,
        sortKey: 'type',
        length: () => 1000,
        cell: (row, context) => (
          <>
            <strong className="na-what">{context.t(`type.${row.type}`)}</strong>{' '}
            <span className="na-says">{alarmSentence(context, row)}</span>
          </>
        ),
        hover: (row, context) => alarmSentence(context, row),
        plain: (row, context) => context.t(`type.${row.type}`),
      },
      {
        id: 'resource',
        label: t('column.resource'),
        width: 230,
        minWidth: 90,
        initially: true,
        sortKey: 'resource',
        length: () => 1000,
        cell: (row, context) => {
          const { address } = placeOf(row.resource)
          return (
            <>
              {address === null ? (
                <span>{placeWord(context, row.resource)}</span>
              ) : (
                <span className="nc-mono">
                  {row.resource.kind === 'board' || row.resource.kind === 'pon'
                    ? placeWord(context, row.resource)
                    : address}
                </span>
              )}
              {row.name === null ? null : <span className="na-name"> {row.name}</span>}
            </>
          )
        },
        hover: (row, context) =>
          [placeWord(context, row.resource), row.name, row.serial].filter(Boolean).join(' · '),
        plain: (row, context) => placeWord(context, row.resource),
      },
      text('oltName', 120, true, (row) => row.oltName),
      age('changedAt', false),
      age('clearedAt', list === 'history'),
      {
        id: 'lasted',
        label: t('column.lasted'),
        width: 92,
        minWidth: 64,
        initially: list === 'history',
        alignEnd: true,
        cell: (row, { now, format }) =>
          format.duration(Math.floor(((row.clearedAt ?? now) - row.raisedAt) / 1000)),
        plain: (row) =>
          row.clearedAt === null ? null : Math.round((row.clearedAt - row.raisedAt) / 1000),
      },
      number('count', 58, true),
      number('affectedOnus', 68, list !== 'shelved'),
      number('affectedSubscribers', 86, false),
      text(
        'acknowledged',
        118,
        list === 'open' || list === 'history',
        (row) => row.acknowledged?.by.name ?? null,
        {
          hover: (row, { format }) =>
            row.acknowledged === null ? undefined : format.instant(row.acknowledged.at),
        },
      ),
      text('shelvedUntil', 128, list === 'shelved', (row, { format }) =>
        row.shelved === null ? null : format.instant(row.shelved.until),
      ),
      text('shelvedWhy', 220, list === 'shelved', (row) => row.shelved?.reason ?? null),
      text('shelvedBy', 118, list === 'shelved', (row) => row.shelved?.by.name ?? null),
      text('suppressedWhy', 220, list === 'suppressed', (row, context) =>
        row.suppressed === null
          ? null
          : context.t(`suppressedBy.${row.suppressed.reason}`, { by: row.suppressed.by }),
      ),
      text('assignee', 118, list === 'open', (row) => row.assignee?.name ?? null),
      text('ticket', 100, false, (row) => row.ticket),
      text('serial', 124, false, (row) => row.serial, { mono: true }),
      text('name', 180, false, (row) => row.name),
    ]
    return columns
  }, [t, list])
}

/** Only in a file: what the list shows as one line. */
export const exportHead = (speaker: Speaker): readonly string[] => ['id', speaker.t('column.says')]
export const exportTail = (row: AlarmRow, speaker: Speaker): readonly string[] => [
  row.id,
  alarmSentence(speaker, row),
]
