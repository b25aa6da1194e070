import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { OnuRow } from '../../../src-shared/contract/network-model.ts'
import { formatOnu } from '../../../src-shared/domain/onu-address.ts'
import type { GridColumn } from '../../components/table/grid-column.ts'
import { shownState } from '../../components/state-badge.tsx'
import type { OnuCellContext } from './onu-cell-context.ts'
import {
  ageCell,
  agoCell,
  dbmCell,
  numberCell,
  readHover,
  StateCell,
  textCell,
} from './onu-cells.tsx'
import { isSortColumn } from './onu-query.ts'

export type OnuColumn = GridColumn<OnuRow, OnuCellContext>

const isoOf = (at: number | null): string | null =>
  at === null ? null : new Date(at).toISOString()

const mbps = (kbps: number | null): number | null => (kbps === null ? null : kbps / 1000)

/** Rounded as shown: a file does not pretend to more digits than the device measured. */
const rounded = (value: number | null, digits: number): number | null =>
  value === null ? null : Number(value.toFixed(digits))

export const useOnuColumns = (): readonly OnuColumn[] => {
  const { t } = useTranslation('network')
  return useMemo(() => {
    const number = (
      id: 'distanceM' | 'temperatureC' | 'voltageV' | 'biasMa' | 'onuTxDbm' | 'marginDb',
      unit: string,
      digits: number,
      width: number,
      initially = false,
    ): OnuColumn => ({
      id,
      label: t(`field.${id}`),
      unit,
      width,
      minWidth: 64,
      initially,
      alignEnd: true,
      ...(isSortColumn(id) ? { sortKey: id } : {}),
      cell: (row, context) => numberCell(row[id], digits, row, 'optics', context),
      hover: (row, context) => readHover(row, 'optics', context),
      plain: (row) => rounded(row[id], digits),
    })
    const rate = (id: 'upKbps' | 'downKbps'): OnuColumn => ({
      id,
      label: t(`field.${id}`),
      unit: 'Mbit/s',
      width: 92,
      minWidth: 72,
      initially: true,
      alignEnd: true,
      sortKey: id,
      cell: (row, context) => numberCell(mbps(row[id]), 2, row, 'counters', context),
      hover: (row, context) => readHover(row, 'counters', context),
      plain: (row) => rounded(mbps(row[id]), 3),
    })
    const light = (id: 'onuRxDbm' | 'oltRxDbm', side: 'onuRx' | 'oltRx'): OnuColumn => ({
      id,
      label: t(`field.${id}`),
      unit: 'dBm',
      hint: t('onus.column.opticalHint'),
      width: 112,
      minWidth: 96,
      initially: true,
      alignEnd: true,
      sortKey: id,
      cell: (row, context) => dbmCell(row[id], context.opticsOf(row.oltId)?.[side], row, context),
      hover: (row, context) => readHover(row, 'optics', context),
      plain: (row) => rounded(row[id], 2),
    })
    const age = (
      id: 'statusAt' | 'opticsAt' | 'countersAt',
      group: 'status' | 'optics' | 'counters',
    ): OnuColumn => ({
      id,
      label: t(`field.${id}`),
      width: 104,
      initially: false,
      cell: (row, context) => ageCell(row, group, context),
      hover: (row, context) => readHover(row, group, context),
      plain: (row) => isoOf(row[id]),
    })
    const ago = (id: 'stateSince' | 'lastDownAt', initially: boolean): OnuColumn => ({
      id,
      label: t(`field.${id}`),
      width: 72,
      minWidth: 56,
      initially,
      alignEnd: true,
      sortKey: id,
      cell: (row, context) => agoCell(row[id], context),
      hover: (row, context) => (row[id] === null ? undefined : context.format.instant(row[id])),
      plain: (row) => isoOf(row[id]),
    })
    return [
      {
        id: 'state',
        label: t('field.state'),
        width: 148,
        grows: true,
        minWidth: 88,
        initially: true,
        fixed: true,
        sortKey: 'state',
        cell: StateCell,
        length: (row) => (row.state === 'offline' && row.cause !== 'none' ? 99 : 16),
        hover: (row, context) => (row.state === 'offline' ? context.causes[row.cause] : undefined),
        plain: (row, context) => context.states[shownState(row.state, row.causeClass)],
      },
      ago('stateSince', true),
      {
        id: 'serial',
        label: t('field.serial'),
        width: 142,
        minWidth: 90,
        initially: true,
        fixed: true,
        mono: true,
        sortKey: 'serial',
        cell: (row, context) =>
          row.duplicateSerial ? (
            <>
              {row.serial}
              <span className="nc-duplicate" title={context.words.duplicate}>
                2×
              </span>
            </>
          ) : (
            textCell(row.serial)
          ),
        hover: (row) => row.serial ?? undefined,
        length: (row) => (row.serial?.length ?? 0) + (row.duplicateSerial ? 3 : 0),
        plain: (row) => row.serial,
      },
      textColumn('name', t('field.name'), 146, { initially: true, grows: true }),
      textColumn('description', t('field.description'), 180, { grows: true }),
      {
        id: 'olt',
        label: t('field.olt'),
        width: 104,
        initially: true,
        sortKey: 'olt',
        cell: (row) => row.oltName,
        length: (row) => row.oltName.length,
        hover: (row) => row.oltName,
        plain: (row) => row.oltName,
      },
      {
        id: 'address',
        label: t('field.address'),
        width: 100,
        minWidth: 72,
        initially: true,
        mono: true,
        sortKey: 'address',
        cell: (row) => formatOnu(row.address),
        plain: (row) => formatOnu(row.address),
      },
      light('onuRxDbm', 'onuRx'),
      light('oltRxDbm', 'oltRx'),
      number('marginDb', 'dB', 1, 88),
      number('distanceM', 'm', 0, 80, true),
      rate('upKbps'),
      rate('downKbps'),
      textColumn('model', t('field.model'), 112, {}),
      textColumn('firmware', t('field.firmware'), 128, {}),
      number('temperatureC', '°C', 0, 104),
      number('voltageV', 'V', 2, 84),
      number('biasMa', 'mA', 1, 108),
      number('onuTxDbm', 'dBm', 1, 96),
      ago('lastDownAt', false),
      {
        id: 'cause',
        label: t('field.cause'),
        width: 150,
        initially: false,
        cell: (row, context) => (row.cause === 'none' ? textCell(null) : context.causes[row.cause]),
        length: (row, context) => context.causes[row.cause].length,
        plain: (row, context) => (row.cause === 'none' ? null : context.causes[row.cause]),
      },
      age('statusAt', 'status'),
      age('opticsAt', 'optics'),
      age('countersAt', 'counters'),
    ]
  }, [t])
}

const textColumn = (
  id: 'name' | 'description' | 'model' | 'firmware',
  label: string,
  width: number,
  more: Partial<OnuColumn>,
): OnuColumn => ({
  id,
  label,
  width,
  initially: false,
  sortKey: id,
  cell: (row) => textCell(row[id]),
  length: (row) => row[id]?.length ?? 0,
  hover: (row) => row[id] ?? undefined,
  plain: (row) => row[id],
  ...more,
})
