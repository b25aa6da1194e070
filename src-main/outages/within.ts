import type { Output, Payload } from '../../src-shared/contract/index.ts'
import type { OutageRow } from '../../src-shared/contract/outages.ts'
import { isEverything, reaches, reachesOlt, type Belongs, type Reach } from '../engine/reach.ts'
import { countMembers, type MemberPart } from './members.ts'
import type { Outage, TimelineEntry } from './outage.ts'
import { ponRowsOf } from './outage-rows.ts'
import type { WholeOutage } from './queries.ts'
import type { Evidence } from './verdict.ts'

/**
 * What of an outage is shown to whose account reaches a part of it: that part. Its cause is shown
 * whole; what would name or count what lies elsewhere is left out.
 */

export const belongsOf = ({ olts, owner }: Pick<OutageRow, 'olts' | 'owner'>): Belongs => ({
  oltIds: olts.map(({ oltId }) => oltId),
  accountIds: owner?.accountId == null ? [] : [owner.accountId],
})

export const belongsOfLive = ({ parts, operator }: Pick<Outage, 'parts' | 'operator'>): Belongs =>
  belongsOf({
    olts: [...parts.values()].map(({ oltId, oltName }) => ({ oltId, name: oltName })),
    owner: operator.owner,
  })

const isWholly = (reach: Reach, row: Pick<OutageRow, 'olts' | 'owner'>): boolean =>
  isEverything(reach) || reaches(reach, belongsOf(row))

/** The outage as it is where all of it is reached, else what is reached of it. */
export const partWithin = (reach: Reach, whole: WholeOutage): WholeOutage => {
  const { row, detail } = whole
  if (isWholly(reach, row)) return whole
  const isReached = ({ oltId }: { readonly oltId: string }): boolean => reachesOlt(reach, oltId)
  const parts = whole.parts.filter(isReached)
  const pons = detail.pons.filter(isReached)
  return {
    row: {
      ...row,
      // People wrote it of the whole.
      corrected: row.corrected === null ? null : { ...row.corrected, note: '' },
      olts: row.olts.filter(isReached),
      pons: ponRowsOf(pons),
      node: null,
      areas: [],
      ...countsOf(parts),
      subscribers: null,
      revenue: null,
    },
    detail: {
      ...detail,
      pons,
      facts: null,
      evidence: evidenceInPart(detail.evidence),
      timeline: detail.timeline.map(entryInPart),
    },
    parts,
  }
}

const countsOf = (
  parts: readonly MemberPart[],
): Pick<OutageRow, 'affectedOnus' | 'down' | 'withGasp' | 'withoutGasp'> => {
  const { affected, down, withGasp } = countMembers(parts)
  return { affectedOnus: affected, down, withGasp, withoutGasp: affected - withGasp }
}

/**
 * SECURITY: a text in it is a name of an OLT, a PON port, a node or a street, and names of all of
 * them stand in one: none is shown, of a kind of evidence that is yet to come neither.
 */
const evidenceInPart = (evidence: readonly Evidence[]): Evidence[] =>
  evidence.filter(({ params }) => Object.values(params).every((one) => typeof one !== 'string'))

/** Numbers are of all its ONUs; a note may speak of any place. */
const entryInPart = (entry: TimelineEntry): TimelineEntry => {
  switch (entry.kind) {
    case 'opened':
    case 'grew':
    case 'reopened':
    case 'ended':
      return { ...entry, params: {} }
    case 'corrected':
    case 'noted':
      return { ...entry, text: null }
    default:
      return entry
  }
}

/** ONUs that are down of what is reached. */
export const downWithin = (reach: Reach, outage: Outage): number =>
  isEverything(reach) || reaches(reach, belongsOfLive(outage))
    ? outage.down
    : countMembers(reachedOf(reach, outage)).down

const reachedOf = (reach: Reach, { parts }: Pick<Outage, 'parts'>): MemberPart[] =>
  [...parts.values()].filter(({ oltId }) => reachesOlt(reach, oltId))

/** Why one ONU is down, where the outage it is part of is not reached as a whole. */
export const lookWithin = (
  reach: Reach,
  look: Output<'outages.onu'>,
  belongs: Belongs | null,
): Output<'outages.onu'> => {
  if (isEverything(reach) || belongs === null || reaches(reach, belongs)) return look
  return {
    ...look,
    // His own ONU may be part of what is not his own: why it is down is told, of what is not.
    outageId: reaches(reach, belongs, true) ? look.outageId : null,
    evidence: evidenceInPart(look.evidence),
  }
}

/** What is told of an outage that has gathered its ONUs, or ended. */
export const noticeWithin = (
  reach: Reach,
  notice: Payload<'alarms.notice'>,
  outage: Pick<Outage, 'parts' | 'operator'>,
): Payload<'alarms.notice'> => {
  if (isEverything(reach) || reaches(reach, belongsOfLive(outage))) return notice
  const parts = reachedOf(reach, outage)
  const [part] = parts
  return {
    ...notice,
    oltName: parts.length === 1 ? (part?.oltName ?? null) : null,
    name: null,
    affectedOnus: countMembers(parts).affected,
  }
}
