import type { OnuChange } from '../../../src-shared/contract/provisioning-model.ts'
import type { Pace, PlanTarget } from '../../../src-shared/contract/provisioning-plans.ts'
import type { FakePlant } from './fake-plant.ts'
import { speedIdOf } from './fake-provisioning-book.ts'
import type { FakeOnus } from './fake-provisioning-onus.ts'
import type { FakePlan, FakePlanMaker } from './fake-provisioning-plans.ts'
import { countTargets, finish } from './fake-provisioning-run.ts'

const minute = 60_000
const hour = 60 * minute

/** Plans that were made before the page opened: every state that a plan can stand in. */
export const seedPlans = (deps: {
  readonly plant: FakePlant
  readonly onus: FakeOnus
  readonly maker: FakePlanMaker
  readonly plans: Map<string, FakePlan>
  readonly now: () => number
}): void => {
  const { plant, onus, maker, plans, now } = deps
  if (plant.size === 0) return
  const pace: Pace = {
    canary: 0,
    canaryWaitS: 60,
    perMinute: null,
    stopAtFailedShare: 0.1,
    stopAtAlarms: 1,
  }
  const slice = (from: number, count: number, step = 1): PlanTarget[] =>
    Array.from({ length: count }, (_, at) => from + at * step)
      .filter((row) => row < plant.size)
      .map((row) => onus.at(row))
  const add = (
    change: OnuChange,
    targets: readonly PlanTarget[],
    ago: number,
    rest: { reason?: string; by?: string; pace?: Pace; origin?: FakePlan['row']['origin'] } = {},
  ): FakePlan => {
    const plan = maker.make(change, targets, {
      pace: rest.pace ?? pace,
      reason: rest.reason ?? '',
      by: rest.by ?? 'Dewi Lestari',
      origin: rest.origin ?? 'person',
    })
    plan.row = {
      ...plan.row,
      obstacles: [],
      createdAt: now() - ago - minute,
      expiresAt: now() - ago + 9 * minute,
    }
    plans.set(plan.row.id, plan)
    return plan
  }
  const run = (
    plan: FakePlan,
    state: FakePlan['row']['state'],
    upTo: number,
    ago: number,
  ): FakePlan => {
    const { targets } = plan
    const begun = now() - ago
    for (const [at, target] of targets.slice(0, upTo).entries()) {
      target.row = { ...target.row, startedAt: begun + at * 1500 }
      finish(target, onus, begun + at * 1500 + 1200)
    }
    plan.cursor = upTo
    const ended = !['running', 'canary-wait', 'paused'].includes(state)
    plan.row = {
      ...plan.row,
      state,
      startedAt: begun,
      endedAt: ended ? begun + Math.max(1, upTo) * 1500 : null,
    }
    countTargets(plan)
    return plan
  }

  run(
    add({ kind: 'reboot' }, slice(1, 1), 3 * hour, { reason: 'Hangs at night' }),
    'done',
    1,
    3 * hour,
  )
  run(
    add(
      { kind: 'configure', settings: { description: 'Order 2026-1174' } },
      slice(0, 1),
      26 * hour,
    ),
    'done',
    1,
    26 * hour,
  )
  if (plant.size < 300) return
  run(
    add({ kind: 'set-speed', speedId: speedIdOf(4) }, slice(8, 1), 5 * hour, { by: 'Sari Wijaya' }),
    'done',
    1,
    5 * hour,
  )
  const refused = add(
    {
      kind: 'configure',
      settings: {
        services: [
          {
            index: null,
            vlan: 999,
            userVlan: 200,
            gemPort: 1,
            upProfile: 'HOME-50M',
            downProfile: 'HOME-50M',
          },
        ],
      },
    },
    slice(12, 1),
    2 * hour,
    { reason: 'Ticket 5521' },
  )
  run(refused, 'failed', 1, 2 * hour)
  refused.targets[0]!.row = {
    ...refused.targets[0]!.row,
    state: 'failed',
    problem: { code: 'cli-refused', params: { line: 'service-port vlan 999 …' } },
    readBack: [{ part: 'services', before: 'vlan 999 user 200 gem 1', after: '' }],
    readBackAt: now() - 2 * hour,
  }
  countTargets(refused)
  const interrupted = run(
    add({ kind: 'suspend' }, slice(40, 6), 50 * minute, {
      reason: 'Unpaid, November',
      origin: 'desired-state',
      by: 'Billing',
    }),
    'interrupted',
    3,
    50 * minute,
  )
  interrupted.targets[3]!.row = {
    ...interrupted.targets[3]!.row,
    state: 'unknown',
    startedAt: now() - 49 * minute,
    problem: { code: 'cli-session-lost', params: {} },
  }
  interrupted.row = { ...interrupted.row, stopReason: { code: 'plan-interrupted', params: {} } }
  countTargets(interrupted)
  const many = Math.min(plant.size > 50_000 ? 20_000 : 400, Math.floor(plant.size / 3))
  const big = run(
    add({ kind: 'set-speed', speedId: speedIdOf(3) }, slice(100, many, 2), 6 * minute, {
      reason: 'November upgrade',
      pace: { ...pace, canary: 10, perMinute: 60 },
    }),
    'running',
    Math.floor(many / 5),
    6 * minute,
  )
  big.canaryUntil = 1
  const stopped = run(
    add(
      { kind: 'configure', settings: { serviceProfile: 'BRIDGE-4P' } },
      slice(160, 60),
      80 * minute,
      {
        pace: { ...pace, canary: 5 },
      },
    ),
    'stopped',
    14,
    80 * minute,
  )
  stopped.row = { ...stopped.row, stopReason: { code: 'plan-stopped-alarms', params: {} } }
  for (const target of stopped.targets.slice(14)) target.row = { ...target.row, state: 'skipped' }
  countTargets(stopped)
  const waiting = run(
    add(
      {
        kind: 'configure',
        settings: { ethPorts: [{ port: 1, mode: 'access', vlan: 200, adminEnabled: null }] },
      },
      slice(300, 120),
      2 * minute,
      {
        pace: { ...pace, canary: 5, canaryWaitS: 600 },
      },
    ),
    'canary-wait',
    5,
    2 * minute,
  )
  waiting.canaryUntil = now() + 8 * minute
  const old = add({ kind: 'delete' }, slice(20, 1), 4 * hour, { reason: 'Contract ended' })
  old.row = { ...old.row, state: 'expired' }
  const thrown = add({ kind: 'disable' }, slice(21, 1), 30 * hour)
  thrown.row = { ...thrown.row, state: 'discarded' }
  for (let day = 2; day < 40; day += 1) {
    const kinds: OnuChange[] = [
      { kind: 'reboot' },
      { kind: 'configure', settings: { description: `Order 2026-${1000 + day}` } },
      { kind: 'resume' },
      { kind: 'set-speed', speedId: speedIdOf((day % 4) + 1) },
    ]
    const plan = add(
      kinds[day % 4]!,
      slice(200 + day * 3, day % 9 === 0 ? 12 : 1),
      day * 11 * hour,
      {
        by: day % 3 === 0 ? 'Sari Wijaya' : 'Dewi Lestari',
      },
    )
    run(plan, 'done', plan.targets.length, day * 11 * hour)
  }
}
