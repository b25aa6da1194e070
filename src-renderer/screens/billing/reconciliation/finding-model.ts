import type {
  Finding,
  FindingKind,
} from '../../../../src-shared/contract/billing-reconciliation.ts'
import {
  findingKinds,
  findingViews,
} from '../../../../src-shared/contract/billing-reconciliation.ts'
import { formatOnu, type OnuAddress } from '../../../../src-shared/domain/onu-address.ts'

/** What a finding is mended by. */

export const findingColumns = ['kind', 'subscriber', 'onu', 'since', 'stake'] as const
export type FindingColumn = (typeof findingColumns)[number]
export type FindingView = (typeof findingViews)[number]

export type Mend =
  | 'attach'
  | 'serve'
  | 'sell'
  | 'remove'
  | 'suspend'
  | 'resume'
  | 'setSpeed'
  | 'places'
  | 'file'

/** What the role lets somebody do about findings. */
export interface MendRights {
  readonly manage: boolean
  readonly sell: boolean
  readonly keepSubscribers: boolean
  readonly readSubscribers: boolean
  readonly wish: boolean
  readonly plan: boolean
  readonly batch: boolean
}

export const wishes = { remove: 'removed', suspend: 'suspended', resume: 'active' } as const
export type WishMend = keyof typeof wishes
export const isWish = (mend: Mend | null): mend is WishMend => mend !== null && mend in wishes

const mendOfKind: Readonly<Record<FindingKind, Mend>> = {
  'billed-no-onu': 'attach',
  'billed-not-on-olt': 'attach',
  'live-no-service': 'serve',
  'live-no-subscription': 'sell',
  'ended-authorised': 'remove',
  'suspended-online': 'suspend',
  'active-suspended': 'resume',
  'speed-differs': 'setSpeed',
  'duplicate-serial': 'places',
}

const mayDo = (mend: Mend, may: MendRights): boolean => {
  switch (mend) {
    case 'attach':
      return may.keepSubscribers
    case 'sell':
      return may.sell
    case 'remove':
    case 'suspend':
    case 'resume':
      return may.wish
    case 'setSpeed':
      return may.plan
    case 'file':
      return may.readSubscribers
    case 'serve':
    case 'places':
      return true
  }
}

/** The right act, if it can be done and the person may; null: it is only looked at. */
export const mendOf = (finding: Finding, may: MendRights): Mend | null => {
  const mend = mendOfKind[finding.kind]
  if (!mayDo(mend, may)) return finding.subscriber !== null && may.readSubscribers ? 'file' : null
  const placed = finding.onu !== null && finding.onu.address !== null
  if (isWish(mend)) {
    // The worker is on its way already.
    if (!placed || finding.wanted === wishes[mend]) return null
  }
  if ((mend === 'setSpeed' || mend === 'serve') && !placed) return null
  return mend
}

/** Lines whose place on the OLT is known. */
export const placedOf = (
  findings: readonly Finding[],
): readonly { readonly oltId: string; readonly address: OnuAddress; readonly serial: string }[] =>
  findings.flatMap(({ onu }) =>
    onu === null || onu.address === null
      ? []
      : [{ oltId: onu.oltId, address: onu.address, serial: onu.serial }],
  )

export type BulkMend =
  | { readonly kind: 'none' }
  /** Several kinds, or several speeds: what would be done is not one act. */
  | { readonly kind: 'mixed' | 'mixed-speed' }
  | { readonly kind: 'wish'; readonly mend: WishMend }
  | { readonly kind: 'speed'; readonly speedId: string }

/** The one safe act for all that are chosen. */
export const bulkMendOf = (findings: readonly Finding[], may: MendRights): BulkMend => {
  const mends = new Set(findings.map((finding) => mendOf(finding, may)))
  if (mends.size > 1) return { kind: 'mixed' }
  const [mend] = mends
  if (mend === undefined || mend === null) return { kind: 'none' }
  if (isWish(mend)) return { kind: 'wish', mend }
  if (mend !== 'setSpeed' || (findings.length > 1 && !may.batch)) return { kind: 'none' }
  const speeds = new Set(findings.map(({ subscription }) => subscription?.speedId ?? null))
  const [speedId] = speeds
  if (speeds.size > 1) return { kind: 'mixed-speed' }
  return speedId === null || speedId === undefined ? { kind: 'none' } : { kind: 'speed', speedId }
}

/** By what a finding is called in the label of what is done about it. */
export const nameOf = ({ subscriber, onu, key }: Finding): string =>
  subscriber?.name ?? onu?.serial ?? key

export const placeText = (place: {
  readonly oltName: string
  readonly address: OnuAddress | null
}): string =>
  place.address === null ? place.oltName : `${place.oltName} ${formatOnu(place.address)}`

/** What is shown, as the address says it. */
export interface ShownFindings {
  readonly kinds: readonly FindingKind[]
  readonly view: FindingView
  readonly search: string
}

export const readShown = (query: string): ShownFindings => {
  const asked = new URLSearchParams(query)
  const kinds = (asked.get('kind') ?? '').split(',')
  const view = asked.get('view')
  return {
    kinds: findingKinds.filter((kind) => kinds.includes(kind)),
    view: findingViews.find((known) => known === view) ?? 'open',
    search: (asked.get('q') ?? '').slice(0, 120),
  }
}

export const writeShown = ({ kinds, view, search }: ShownFindings): string => {
  const asked = new URLSearchParams()
  if (kinds.length > 0) asked.set('kind', kinds.join(','))
  if (view !== 'open') asked.set('view', view)
  if (search.trim() !== '') asked.set('q', search.trim())
  return asked.toString()
}
