import type { HandoverReport } from '../../src-shared/contract/handover.ts'
import type { AlarmRow, MaintenanceRow } from '../../src-shared/contract/alarms-model.ts'
import type { Input, Output } from '../../src-shared/contract/index.ts'
import type { OutageRow } from '../../src-shared/contract/outages.ts'
import { compareSeverity } from '../../src-shared/domain/severity.ts'
import type { NetworkFacts } from '../engine/network-facts.ts'

/** What the report asks of the other capabilities; wired in open-workspace.ts. */
export interface HandoverSources {
  readonly alarms: (input: Input<'alarms.list'>) => Promise<Output<'alarms.list'>>
  readonly summary: () => Promise<Output<'alarms.summary'>>
  readonly maintenance: () => Promise<readonly MaintenanceRow[]>
  readonly outages: (input: Input<'outages.list'>) => Promise<Output<'outages.list'>>
  /** The latest first. */
  readonly acts: (limit: number, signal: AbortSignal) => Promise<Output<'audit.activity'>['acts']>
  readonly facts: Pick<NetworkFacts, 'olts'>
}

const hourMs = 3_600_000
/** Windows that begin so soon concern the next shift. */
const soonMs = 12 * hourMs
const pageRows = 500
/** Alarms of a shift beyond this are a flood: the counts say "at least". */
const mostRows = 5_000
const mostListed = 200

const anyAlarm: Input<'alarms.list'>['filter'] = {
  list: 'open',
  severities: [],
  types: [],
  oltIds: [],
  acknowledged: null,
  cleared: null,
  assignedToMe: false,
  outageId: null,
  resource: null,
  from: null,
  to: null,
  search: '',
}

const anyOutage: Input<'outages.list'> = {
  state: 'open',
  verdicts: [],
  oltIds: [],
  from: null,
  to: null,
  search: '',
  sort: 'beganAt',
  descending: true,
  offset: 0,
  limit: pageRows,
}

const bySeverity = { column: 'severity', descending: false } as const

export const makeReport = async (
  sources: HandoverSources,
  { from, to }: { readonly from: number; readonly to: number },
  now: number,
  signal: AbortSignal,
): Promise<HandoverReport> => {
  const listed = (filter: Partial<typeof anyAlarm>) =>
    sources.alarms({
      filter: { ...anyAlarm, ...filter },
      sort: bySeverity,
      offset: 0,
      limit: mostListed,
    })
  const open = await listed({ list: 'open' })
  const shelved = await listed({ list: 'shelved' })
  const openOutages = await sources.outages(anyOutage)
  const endedOutages = await sources.outages({ ...anyOutage, state: 'ended', from, to })
  const raised = await raisedBetween(sources, from, to)
  const acts = await sources.acts(mostListed, signal)
  const olts = sources.facts.olts()
  return {
    from,
    to,
    openOutages: openOutages.outages,
    endedOutages: endedOutages.outages,
    openAlarms: open.alarms,
    openAlarmsTotal: open.total,
    unacknowledged: (await sources.summary()).unacknowledged,
    shelved: shelved.alarms,
    maintenance: (await sources.maintenance())
      .filter(({ state, nextStartsAt }) => state === 'active' || isSoon(state, nextStartsAt, now))
      .map(({ id, title, state, nextStartsAt, nextEndsAt, startsAt, endsAt }) => ({
        id,
        title,
        state,
        startsAt: nextStartsAt ?? startsAt,
        endsAt: nextEndsAt ?? endsAt,
      })),
    raised: countByType(raised),
    clearedCount: raised.filter(({ clearedAt }) => clearedAt !== null && clearedAt <= to).length,
    quietOlts: olts.flatMap(({ id, name, quiet }) =>
      quiet === null ? [] : [{ oltId: id, name, until: quiet.until }],
    ),
    lostOlts: olts
      .filter(({ reachability }) => reachability === 'unreachable')
      .map(({ id, name, since }) => ({ oltId: id, name, since })),
    acts: acts
      .filter(({ at, outcome }) => at >= from && at <= to && outcome === 'done')
      .map(({ at, by, command, subject }) => ({ at, by, command, subject })),
    owners: ownersOf(open.alarms, openOutages.outages),
  }
}

const isSoon = (state: string, startsAt: number | null, now: number): boolean =>
  state === 'planned' && startsAt !== null && startsAt - now <= soonMs

const raisedBetween = async (
  sources: HandoverSources,
  from: number,
  to: number,
): Promise<AlarmRow[]> => {
  const found: AlarmRow[] = []
  for (const list of ['open', 'shelved', 'suppressed', 'history'] as const) {
    for (let offset = 0; offset < mostRows; offset += pageRows) {
      const page = await sources.alarms({
        filter: { ...anyAlarm, list, from, to },
        sort: bySeverity,
        offset,
        limit: pageRows,
      })
      found.push(...page.alarms)
      if (offset + pageRows >= page.total) break
    }
  }
  // One that was shelved while it was open stands in one list alone; an id is counted once.
  return [...new Map(found.map((alarm) => [alarm.id, alarm])).values()]
}

const countByType = (alarms: readonly AlarmRow[]): HandoverReport['raised'] => {
  const counts = new Map<string, HandoverReport['raised'][number]>()
  for (const { type, severity } of alarms) {
    const key = `${type} ${severity}`
    const count = (counts.get(key)?.count ?? 0) + 1
    counts.set(key, { type, severity, count })
  }
  return [...counts.values()].toSorted(
    (one, other) =>
      compareSeverity(one.severity, other.severity) ||
      other.count - one.count ||
      (one.type < other.type ? -1 : 1),
  )
}

const ownersOf = (
  alarms: readonly AlarmRow[],
  outages: readonly OutageRow[],
): HandoverReport['owners'] => {
  const owners = new Map<string, HandoverReport['owners'][number]>()
  const give = (person: AlarmRow['assignee'], what: 'alarms' | 'outages'): void => {
    if (person === null) return
    const key = person.accountId ?? person.name
    const before = owners.get(key) ?? { person, alarms: 0, outages: 0 }
    owners.set(key, { ...before, [what]: before[what] + 1 })
  }
  for (const { assignee } of alarms) give(assignee, 'alarms')
  for (const { owner } of outages) give(owner, 'outages')
  return [...owners.values()].toSorted((one, other) =>
    one.person.name < other.person.name ? -1 : 1,
  )
}
