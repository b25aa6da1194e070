import type {
  maintenanceBehaviours,
  MaintenancePlan,
  MaintenanceRow,
} from '../../../src-shared/contract/alarms-model.ts'
import { formatOnu, formatPon } from '../../../src-shared/domain/onu-address.ts'
import { fromLocalInput, toLocalInput } from '../../components/time-chart/local-time.ts'

/** A maintenance window while a person plans it, and where it lies in the days to come. */

export type MaintenanceScope = MaintenancePlan['scope']
type Behaviour = (typeof maintenanceBehaviours)[number]

/** Written out, so that the contract's schemas stay out of the page; the compiler compares. */
const behaviourFlags: Readonly<Record<Behaviour, true>> = { mute: true, mark: true, skip: true }
export const behaviours = Object.keys(behaviourFlags) as readonly Behaviour[]

export const repeatKinds = ['never', 'daily', 'weekly', 'monthly'] as const

export const emptyScope: MaintenanceScope = { oltIds: [], pons: [], nodeIds: [], onus: [] }

export const isEmptyScope = (scope: MaintenanceScope): boolean =>
  scope.oltIds.length + scope.pons.length + scope.nodeIds.length + scope.onus.length === 0

export interface PlanForm {
  readonly title: string
  readonly reason: string
  readonly scope: MaintenanceScope
  readonly behaviour: Behaviour
  /** As `<input type="datetime-local">` has them. */
  readonly starts: string
  readonly ends: string
  readonly repeats: MaintenancePlan['repeats']
  /** A day; empty: for ever. */
  readonly repeatsUntil: string
}

const hour = 3_600_000
const quarter = hour / 4

export const newPlanForm = (scope: MaintenanceScope, title: string, now: number): PlanForm => {
  const start = Math.ceil(now / quarter) * quarter
  return {
    title,
    reason: '',
    scope,
    behaviour: 'mute',
    starts: toLocalInput(start),
    ends: toLocalInput(start + 2 * hour),
    repeats: 'never',
    repeatsUntil: '',
  }
}

export const planFormOf = (row: MaintenanceRow): PlanForm => ({
  title: row.title,
  reason: row.reason,
  scope: row.scope,
  behaviour: row.behaviour,
  starts: toLocalInput(row.startsAt),
  ends: toLocalInput(row.endsAt),
  repeats: row.repeats,
  repeatsUntil: row.repeatsUntil === null ? '' : toLocalInput(row.repeatsUntil).slice(0, 10),
})

export type PlanProblem = 'title' | 'scope' | 'times' | 'past' | 'long' | 'until'

const longest: Readonly<Record<PlanForm['repeats'], number>> = {
  never: Number.POSITIVE_INFINITY,
  daily: 24 * hour,
  weekly: 7 * 24 * hour,
  monthly: 28 * 24 * hour,
}

/** The end of that local day; NaN: no day. */
const endOfDay = (day: string): number => fromLocalInput(`${day}T23:59`)

export const planProblems = (form: PlanForm, now: number): ReadonlySet<PlanProblem> => {
  const problems = new Set<PlanProblem>()
  const starts = fromLocalInput(form.starts)
  const ends = fromLocalInput(form.ends)
  if (form.title.trim() === '') problems.add('title')
  if (isEmptyScope(form.scope)) problems.add('scope')
  if (!(ends > starts)) problems.add('times')
  else if (ends <= now && form.repeats === 'never') problems.add('past')
  if (ends - starts > longest[form.repeats]) problems.add('long')
  if (
    form.repeats !== 'never' &&
    form.repeatsUntil !== '' &&
    !(endOfDay(form.repeatsUntil) > starts)
  ) {
    problems.add('until')
  }
  return problems
}

/** The machine's own zone: "the same local time" means the time here. */
export const localZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone

export const planOf = (form: PlanForm, timeZone: string): MaintenancePlan => ({
  title: form.title.trim(),
  reason: form.reason.trim(),
  scope: form.scope,
  behaviour: form.behaviour,
  startsAt: fromLocalInput(form.starts),
  endsAt: fromLocalInput(form.ends),
  repeats: form.repeats,
  repeatsUntil:
    form.repeats === 'never' || form.repeatsUntil === '' ? null : endOfDay(form.repeatsUntil),
  timeZone,
})

export interface Occurrence {
  readonly startsAt: number
  readonly endsAt: number
}

const mostRuns = 800

/** Runs that touch the time between, the first first; each at the same local time. */
export const occurrences = (
  plan: Pick<MaintenancePlan, 'startsAt' | 'endsAt' | 'repeats' | 'repeatsUntil'>,
  from: number,
  to: number,
): readonly Occurrence[] => {
  const lasts = plan.endsAt - plan.startsAt
  const found: Occurrence[] = []
  for (let run = 0; run < mostRuns; run++) {
    const date = new Date(plan.startsAt)
    if (plan.repeats === 'daily') date.setDate(date.getDate() + run)
    if (plan.repeats === 'weekly') date.setDate(date.getDate() + 7 * run)
    if (plan.repeats === 'monthly') date.setMonth(date.getMonth() + run)
    const startsAt = date.getTime()
    if (startsAt >= to || startsAt > (plan.repeatsUntil ?? Number.POSITIVE_INFINITY)) break
    if (startsAt + lasts > from) found.push({ startsAt, endsAt: startsAt + lasts })
    if (plan.repeats === 'never') break
  }
  return found
}

const key = (oltId: string, address: string): string => `${oltId} ${address}`

/** Both together, each thing once. */
export const joinScopes = (one: MaintenanceScope, other: MaintenanceScope): MaintenanceScope => ({
  oltIds: [...new Set([...one.oltIds, ...other.oltIds])],
  nodeIds: [...new Set([...one.nodeIds, ...other.nodeIds])],
  pons: [
    ...new Map(
      [...one.pons, ...other.pons].map((each) => [key(each.oltId, formatPon(each.pon)), each]),
    ).values(),
  ],
  onus: [
    ...new Map(
      [...one.onus, ...other.onus].map((each) => [key(each.oltId, formatOnu(each.address)), each]),
    ).values(),
  ],
})
