import type { TFunction } from 'i18next'
import type { Output } from '../../../src-shared/contract/index.ts'
import type { OutageRow } from '../../../src-shared/contract/outages.ts'
import type { EvidenceKind, Verdict } from '../../../src-shared/domain/outage-verdicts.ts'
import { formatPon } from '../../../src-shared/domain/onu-address.ts'
import type { Format } from '../../components/use-format.ts'

/** Outages in words: what stands in the list, in the headline and in the evidence. */

type T = TFunction<'outages'>
type Evidence = Output<'outages.outage'>['evidence'][number]
type PonRow = Output<'outages.outage'>['perPon'][number]

/** The operator's word before the console's. */
export const standingVerdict = (outage: Pick<OutageRow, 'verdict' | 'corrected'>): Verdict =>
  outage.corrected?.verdict ?? outage.verdict

/** Power is out: nobody needs to look for a broken fibre. */
export const isPower = (verdict: Verdict): boolean =>
  verdict === 'area-power' || verdict === 'customer-power'

const portsText = (t: T, outage: OutageRow): string => {
  const { pons, olts } = outage
  const [pon] = pons
  const [olt] = olts
  if (olt === undefined) return t('place.unknown')
  if (olts.length > 1) {
    return t('place.ponsOfOlts', { count: pons.length, olts: String(olts.length) })
  }
  if (pon === undefined) return olt.name
  return pons.length === 1
    ? t('place.pon', { pon: formatPon(pon.pon), olt: olt.name })
    : t('place.pons', { count: pons.length, olt: olt.name })
}

/** The most telling place that is known. */
export const placeOf = (t: T, outage: OutageRow): string => {
  const verdict = standingVerdict(outage)
  if (verdict === 'olt-restart' && outage.olts.length > 0) {
    return outage.olts.map((olt) => olt.name).join(', ')
  }
  if (isPower(verdict) && outage.areas.length > 0) return outage.areas.slice(0, 3).join(', ')
  return outage.node !== null && verdict !== 'feeder' && verdict !== 'pon-port'
    ? outage.node.name
    : portsText(t, outage)
}

/** Of which ports and OLTs, whatever else is said. */
export const portsOf = portsText

export const causeText = (t: T, outage: OutageRow): string =>
  t(`head.${standingVerdict(outage)}`, { place: placeOf(t, outage) })

export const gaspText = (t: T, format: Format, outage: OutageRow): string => {
  const { withGasp, withoutGasp } = outage
  if (withGasp === 0) return t('gasps.none')
  return withoutGasp === 0 ? t('gasps.all') : t('gasps.some', { number: format.number(withGasp) })
}

/** "Distribution fibre below ODB Melati-03: 14 of 64 ONUs, no gasps". */
export const headline = (
  t: T,
  format: Format,
  outage: OutageRow,
  perPon: readonly Pick<PonRow, 'total'>[],
): string => {
  const total = perPon.reduce((sum, pon) => sum + pon.total, 0)
  const affected = format.number(outage.affectedOnus)
  const onus =
    total < outage.affectedOnus
      ? t('onus', { count: outage.affectedOnus, number: affected })
      : t('ofOnus', { affected, total: format.number(total) })
  return `${causeText(t, outage)}: ${onus}, ${gaspText(t, format, outage)}`
}

/** What the full sentence of a kind needs; a kind that is not here has one sentence only. */
const evidenceParams: Readonly<Partial<Record<EvidenceKind, readonly string[]>>> = {
  'all-of-pon': ['total'],
  'share-of-pon': ['affected', 'total'],
  'port-down': ['pon'],
  'several-pons-one-card': ['pons'],
  'several-pons-one-cable': ['pons'],
  'olt-restarted': ['olt'],
  gasps: ['withGasp', 'affected'],
  'no-gasps': ['affected'],
  'gasp-never-seen-here': ['onus'],
  'common-splitter': ['node'],
  'splitter-siblings-up': ['up'],
  'siblings-up': ['up'],
  'same-street': ['street'],
  'several-pons-one-area': ['pons', 'area'],
  staggered: ['seconds'],
  'all-at-once': ['seconds'],
  'light-fell-before': ['onus', 'dropDb'],
  'flapped-before': ['onus'],
  'distance-beyond': ['distanceM'],
  'plant-unknown': ['onus'],
}

/** A sentence of what was seen; without its figures where they are not all there. */
export const evidenceText = (t: T, format: Format, { kind, params }: Evidence): string => {
  const needs = evidenceParams[kind]
  const found: Record<string, string> = {}
  for (const name of needs ?? []) {
    const value = params[name]
    // Nothing counted says no more than the sentence without a figure.
    if (typeof value === 'number' && value !== 0) {
      found[name] = format.number(value, Number.isInteger(value) ? 0 : 1)
    } else if (typeof value === 'string' && value !== '') found[name] = value
  }
  const whole = needs !== undefined && Object.keys(found).length === needs.length
  return whole
    ? t(
        `evidence.${kind}.full` as 'evidence.gasps.full',
        found as { withGasp: string; affected: string },
      )
    : t(`evidence.${kind}.plain`)
}

type Event = Output<'outages.outage'>['timeline'][number]

const word = (value: Event['params'][string] | undefined): string | null =>
  typeof value === 'string' && value !== '' ? value : null

/** One line of the time line; the text that a person wrote stands beside it. */
export const eventText = (t: T, format: Format, { kind, params, text }: Event): string => {
  const affected = params['affected'] ?? params['affectedOnus'] ?? params['onus']
  const count = typeof affected === 'number' ? format.number(affected) : null
  switch (kind) {
    case 'opened':
      return count === null ? t('event.openedPlain') : t('event.opened', { affected: count })
    case 'grew':
      return count === null ? t('event.grewPlain') : t('event.grew', { affected: count })
    case 'verdict': {
      const verdict = (word(params['verdict']) ?? 'undetermined') as Verdict
      const confidence = (word(params['confidence']) ?? 'low') as 'low'
      return t('event.verdict', {
        verdict: t(`verdict.${verdict}`),
        confidence: t(`confidence.${confidence}`),
      })
    }
    case 'corrected': {
      const verdict = word(params['verdict'])
      return verdict === null
        ? t('event.uncorrected')
        : t('event.corrected', { verdict: t(`verdict.${verdict as Verdict}`) })
    }
    case 'acknowledged':
      return t(params['acknowledged'] === false ? 'event.unacknowledged' : 'event.acknowledged')
    case 'assigned': {
      const name = word(params['name']) ?? text
      return name === null ? t('event.unassigned') : t('event.assigned', { name })
    }
    case 'ticket': {
      const ticket = word(params['ticket']) ?? text
      return ticket === null ? t('event.noTicket') : t('event.ticket', { ticket })
    }
    default:
      return t(`event.${kind}`)
  }
}

/** Whether the text of an event is said already by its line. */
export const textIsSaid = (kind: Event['kind']): boolean => kind === 'ticket' || kind === 'assigned'
