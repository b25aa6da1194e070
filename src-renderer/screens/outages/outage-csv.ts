import type { TFunction } from 'i18next'
import type { Output } from '../../../src-shared/contract/index.ts'
import type { OutageRow } from '../../../src-shared/contract/outages.ts'
import { formatOnu } from '../../../src-shared/domain/onu-address.ts'
import type { CsvCell } from '../../components/export-csv.ts'
import { placeOf, standingVerdict } from './outage-words.ts'

/** Outages and the ONUs of one as a spreadsheet takes them: numbers bare, times ISO 8601. */

type T = TFunction<'outages'>
type OutageOnu = Output<'outages.onus'>['onus'][number]

const time = (at: number | null): string => (at === null ? '' : new Date(at).toISOString())

export const outageHead = (t: T): readonly string[] => [
  t('column.severity'),
  t('column.verdict'),
  t('column.place'),
  t('column.affected'),
  t('column.downNow'),
  t('column.subscribers'),
  t('column.began'),
  t('list.ended'),
  t('column.owner'),
  t('page.ticket'),
]

export const outageCells = (t: T, outage: OutageRow): readonly CsvCell[] => [
  outage.severity,
  t(`verdict.${standingVerdict(outage)}`),
  placeOf(t, outage),
  outage.affectedOnus,
  outage.down,
  outage.subscribers,
  time(outage.beganAt),
  time(outage.endedAt),
  outage.owner?.name ?? '',
  outage.ticket ?? '',
]

export const onuHead = (t: T): readonly string[] => [
  t('page.name'),
  t('page.street'),
  t('page.serial'),
  t('page.olt'),
  t('page.address'),
  t('page.node'),
  t('page.downAt'),
  t('page.backAt'),
  t('page.gasp'),
  `${t('page.lastRx')} (dBm)`,
]

export const onuCells = (t: T, onu: OutageOnu): readonly CsvCell[] => [
  onu.name,
  onu.place,
  onu.serial,
  onu.oltName,
  formatOnu(onu.address),
  onu.nodeName,
  time(onu.downAt),
  time(onu.backAt),
  t(`gaspWord.${onu.gasp}`),
  onu.lastRxDbm,
]
