import { namedOlt, namedOnu, type Named, type ScopedKind } from '../domain/scope.ts'

/** What inputs name, for the scope rules of the contract (define.ts `ScopeRule`). */

type Address = Parameters<typeof namedOnu>[0]['address']
interface Onu {
  readonly oltId: string
  readonly address: Address
}

/** What somebody names who must reach the whole workspace. */
const wholeWorkspace: Named = { kind: 'workspace', id: '' }

export const ofOlt = ({ oltId }: { readonly oltId: string }): readonly Named[] => [namedOlt(oltId)]

export const ofOlts = ({ oltIds }: { readonly oltIds: readonly string[] }): readonly Named[] =>
  oltIds.map(namedOlt)

/** Without an OLT it is for every one. */
const ofOltOrAll = ({ oltId }: { readonly oltId: string | null }): readonly Named[] => [
  oltId === null ? wholeWorkspace : namedOlt(oltId),
]

export const ofOnu = (onu: Onu): readonly Named[] => [namedOnu(onu)]

export const ofOnus = ({ onus }: { readonly onus: readonly Onu[] }): readonly Named[] =>
  onus.map(namedOnu)

export const ofServices = ({ services }: { readonly services: readonly Onu[] }) =>
  ofOnus({ onus: services })

export const ofSeries = ({
  series,
}: {
  readonly series:
    | ({ readonly kind: 'onu' } & Onu)
    | { readonly kind: 'pon' | 'olt'; readonly oltId: string }
}): readonly Named[] => (series.kind === 'onu' ? [namedOnu(series)] : [namedOlt(series.oltId)])

export const ofId =
  (kind: ScopedKind) =>
  ({ id }: { readonly id: string }): readonly Named[] => [{ kind, id }]

/** Seen by whoever reaches a part of it; the rest of it is left out by the handler. */
export const ofIdInPart =
  (kind: ScopedKind) =>
  ({ id }: { readonly id: string }): readonly Named[] => [{ kind, id, inPart: true }]

export const ofPlan = ({ planId }: { readonly planId: string }): readonly Named[] => [
  { kind: 'plan', id: planId },
]

export const ofVersion = ({ versionId }: { readonly versionId: string }): readonly Named[] => [
  { kind: 'configuration', id: versionId },
]

/** A filter finds only what is reached: the handler narrows it. */
export const ofAlarms = ({
  which,
}: {
  readonly which: { readonly ids: readonly string[] } | { readonly filter: object }
}): readonly Named[] => ('ids' in which ? which.ids.map((id) => ({ kind: 'alarm', id })) : [])

interface MaintenanceScope {
  readonly oltIds: readonly string[]
  readonly pons: readonly { readonly oltId: string }[]
  readonly nodeIds: readonly string[]
  readonly onus: readonly Onu[]
}

export const ofChangedMaintenance = ({
  id,
  plan,
}: {
  readonly id: string
  readonly plan: { readonly scope: MaintenanceScope }
}): readonly Named[] => [{ kind: 'maintenance', id }, ...ofMaintenance(plan)]

export const ofMaintenance = ({
  scope,
}: {
  readonly scope: MaintenanceScope
}): readonly Named[] => [
  ...ofOlts(scope),
  ...scope.pons.flatMap(ofOlt),
  ...scope.nodeIds.map((node) => ({ kind: 'node', id: node }) as const),
  ...ofOnus(scope),
]

/** A filter is narrowed by the handler. */
export const ofPlanTargets = ({
  targets,
  change,
}: {
  readonly targets:
    | { readonly list: readonly { readonly oltId: string }[] }
    | { readonly filter: object }
  readonly change: { readonly kind: string; readonly to?: { readonly oltId: string } }
}): readonly Named[] => [
  ...('list' in targets ? targets.list.flatMap(ofOlt) : []),
  ...(change.to === undefined ? [] : ofOlt(change.to)),
]

const ofNodeId = (id: string | null): readonly Named[] =>
  id === null ? [] : [{ kind: 'node', id }]

/** A node, what it hangs under, and the PON port that feeds it. */
export const ofNode = ({
  id = null,
  parentId = null,
  pon = null,
}: {
  readonly id?: string | null
  readonly parentId?: string | null
  readonly pon?: { readonly oltId: string } | null
}): readonly Named[] => [
  ...ofNodeId(id),
  ...ofNodeId(parentId),
  ...(pon === null ? [] : ofOlt(pon)),
]

export const ofPlacedOnus = (input: {
  readonly onus: readonly Onu[]
  readonly nodeId: string | null
}): readonly Named[] => [...ofOnus(input), ...ofNodeId(input.nodeId)]

export const ofPlace = (input: Onu & { readonly nodeId: string | null }): readonly Named[] => [
  ...ofOnu(input),
  ...ofNodeId(input.nodeId),
]

export const ofPlanRow = ({
  plan,
}: {
  readonly plan: { readonly id: string }
}): readonly Named[] => [{ kind: 'plan', id: plan.id }]

export const ofWhatIf = ({
  oltId,
  to,
}: {
  readonly oltId: string
  readonly to: { readonly oltId: string }
}): readonly Named[] => [namedOlt(oltId), namedOlt(to.oltId)]

export const ofSavedOnu = ({
  savedId,
  oltId,
}: {
  readonly savedId: string | null
  readonly oltId: string | null
}): readonly Named[] => [
  ...ofOltOrAll({ oltId }),
  ...(savedId === null ? [] : ofSaved({ savedId })),
]

export const ofSaved = ({ savedId }: { readonly savedId: string }): readonly Named[] => [
  { kind: 'saved-onu', id: savedId },
]

export const ofMismatches = ({
  mismatchIds,
}: {
  readonly mismatchIds: readonly string[]
}): readonly Named[] => mismatchIds.map((id) => ({ kind: 'mismatch', id }))

export const ofTranscript = ({
  transcriptId,
}: {
  readonly transcriptId: string
}): readonly Named[] => [{ kind: 'transcript', id: transcriptId }]

export const ofVersions = ({
  beforeId,
  afterId,
}: {
  readonly beforeId: string
  readonly afterId: string
}): readonly Named[] => [
  { kind: 'configuration', id: beforeId },
  { kind: 'configuration', id: afterId },
]

/** A subscriber, and the OLT whose ONU shall serve him. */
export const ofServiceOnu = ({
  id,
  onu,
}: {
  readonly id: string
  readonly onu: { readonly oltId: string } | null
}): readonly Named[] => [{ kind: 'subscriber', id }, ...(onu === null ? [] : ofOlt(onu))]

/** To be told of: an alarm, or an outage of which a part is reached. */
export const ofNotice = ({
  alarmId,
  outageId,
}: {
  readonly alarmId: string | null
  readonly outageId: string | null
}): readonly Named[] =>
  alarmId !== null
    ? [{ kind: 'alarm', id: alarmId }]
    : [outageId === null ? wholeWorkspace : { kind: 'outage', id: outageId, inPart: true }]
