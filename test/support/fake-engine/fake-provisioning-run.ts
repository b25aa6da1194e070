import type { EventName, Payload } from '../../../src-shared/contract/index.ts'
import type { PlanStep } from '../../../src-shared/contract/provisioning-plans.ts'
import type { FakeOnus } from './fake-provisioning-onus.ts'
import type { FakePlan, FakeTarget } from './fake-provisioning-plans.ts'
import { stepsOf } from './fake-provisioning-steps.ts'

/** Runs plans of the fake engine, a little at every tick. */

const tickMs = 400

export interface FakeRunDeps {
  readonly plans: Map<string, FakePlan>
  readonly onus: FakeOnus
  readonly emit: <Name extends EventName>(name: Name, payload: Payload<Name>) => void
  readonly now: () => number
  /** An ONU stands now: it waits no more. */
  readonly authorised: (serial: string) => void
}

export const countTargets = (plan: FakePlan): void => {
  const counts = {
    total: plan.targets.length,
    done: 0,
    unchanged: 0,
    failed: 0,
    unknown: 0,
    waiting: 0,
    skipped: 0,
  }
  for (const { row } of plan.targets) {
    counts[row.state === 'running' ? 'waiting' : row.state] += 1
  }
  const perOlt = new Map(
    plan.row.olts.map((olt) => [olt.oltId, { ...olt, total: 0, ended: 0, failed: 0 }]),
  )
  for (const { row } of plan.targets) {
    const olt = perOlt.get(row.oltId)
    if (olt === undefined) continue
    olt.total += 1
    if (row.state !== 'waiting' && row.state !== 'running') olt.ended += 1
    if (row.state === 'failed' || row.state === 'unknown') olt.failed += 1
  }
  plan.row = { ...plan.row, counts, olts: [...perOlt.values()] }
}

export const finish = (target: FakeTarget, onus: FakeOnus, at: number): void => {
  const { row } = target
  if (row.seq % 97 === 41) {
    target.row = {
      ...row,
      state: 'failed',
      endedAt: at,
      problem: { code: 'cli-refused', params: { line: 'service-port vlan 110' } },
    }
    return
  }
  const after = target.after_
  if (after === null || after.oltId !== row.oltId || after.address !== row.address) {
    onus.put(row.oltId, row.address, null)
  }
  if (after !== null) onus.put(after.oltId, after.address, target.after)
  target.row = { ...row, state: 'done', endedAt: at, readBack: [], readBackAt: at }
}

export const startFakeRun = ({ plans, onus, emit, now, authorised }: FakeRunDeps): (() => void) => {
  const step = (plan: FakePlan): void => {
    const { row, targets } = plan
    if (row.state === 'canary-wait') {
      if (now() < plan.canaryUntil) return
      plan.row = { ...row, state: 'running' }
    }
    if (plan.row.state !== 'running') return
    const size = Math.max(1, Math.ceil(targets.length / 240))
    let last: FakeTarget | null = null
    for (const target of targets.slice(Math.max(0, plan.cursor - size), plan.cursor)) {
      if (target.row.state !== 'running') continue
      finish(target, onus, now())
      last = target
      if (row.change.kind === 'authorise' && targets[target.row.seq]?.row.state === 'done') {
        authorised(target.row.serial)
      }
    }
    const atCanary = row.pace.canary > 0 && plan.canaryUntil === 0 && plan.cursor >= row.pace.canary
    if (atCanary && targets.length > row.pace.canary) {
      plan.canaryUntil = now() + row.pace.canaryWaitS * 1000
      plan.row = { ...plan.row, state: 'canary-wait' }
    } else {
      const end = Math.min(
        targets.length,
        plan.canaryUntil === 0 && row.pace.canary > 0
          ? Math.min(plan.cursor + size, row.pace.canary)
          : plan.cursor + size,
      )
      for (const target of targets.slice(plan.cursor, end)) {
        if (target.row.state !== 'waiting') continue
        target.row = { ...target.row, state: 'running', startedAt: now() }
        last = target
      }
      if (plan.cursor >= targets.length && targets.every((one) => one.row.state !== 'running')) {
        const failed = targets.some((one) => ['failed', 'unknown'].includes(one.row.state))
        plan.row = { ...plan.row, state: failed ? 'failed' : 'done', endedAt: now() }
      }
      plan.cursor = end
    }
    countTargets(plan)
    plan.row = { ...plan.row, version: plan.row.version + 1 }
    emit('provisioning.planChanged', { plan: plan.row, target: last?.row ?? null })
    if (plan.row.state !== 'running') emit('provisioning.changed', { what: 'plans' })
  }
  const timer = setInterval(() => {
    for (const plan of plans.values()) step(plan)
  }, tickMs)
  return () => clearInterval(timer)
}

const answerTo = (line: string, target: FakeTarget, kind: string, last: boolean): string => {
  if (kind === 'add-service' && last && target.row.state === 'failed') {
    return '  Failure: The VLAN does not exist'
  }
  return line.startsWith('write') ? 'Building configuration...\n[OK]' : ''
}

/** Steps with what became of them, by the target's state. */
export const stepsOfTarget = (target: FakeTarget, at: number): PlanStep[] => {
  const { row, before, after, act, zte } = target
  const place = { oltId: row.oltId, address: row.address, zte }
  const moved = target.after_
  const elsewhere = moved !== null && row.addressAfter !== null && moved.address !== row.address
  const steps =
    elsewhere && before !== null
      ? [
          ...stepsOf(place, before, null).slice(0, -1),
          ...stepsOf({ oltId: moved.oltId, address: moved.address, zte }, null, after),
        ].map((step, seq) => ({ ...step, seq }))
      : stepsOf(place, before, after, act)
  const stopAt = row.state === 'failed' || row.state === 'unknown' ? steps.length - 2 : steps.length
  return steps.map((step): PlanStep => {
    if (row.state === 'waiting' || row.state === 'skipped') return step
    if (row.state === 'running') {
      return step.seq === 0 ? { ...step, state: 'sending', startedAt: at } : step
    }
    if (step.seq > stopAt) return { ...step, state: 'skipped' }
    const refused = step.seq === stopAt
    const lines = step.rendered.via === 'cli' ? step.rendered.lines : []
    return {
      ...step,
      state: refused ? (row.state === 'unknown' ? 'unknown' : 'refused') : 'done',
      problem: refused ? row.problem : null,
      startedAt: (row.startedAt ?? at) + step.seq * 300,
      endedAt: (row.startedAt ?? at) + step.seq * 300 + 240,
      exchanges: lines.map(({ line }, index) => ({
        sent: line,
        answer:
          refused && index === lines.length - 1
            ? '  Failure: The VLAN does not exist'
            : answerTo(line, target, step.kind, index === lines.length - 1),
      })),
    }
  })
}

export const inverseOf = (target: FakeTarget): PlanStep[] => {
  const { row, before, after, act, zte } = target
  if (act !== null) return []
  const place = { oltId: row.oltId, address: row.addressAfter ?? row.address, zte }
  return stepsOf(place, after, before)
}
