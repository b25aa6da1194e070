import type {
  EventName,
  Input,
  Output,
  Payload,
  ProcedureName,
} from '../../../src-shared/contract/index.ts'
import type { OnuFilter } from '../../../src-shared/contract/network-model.ts'
import type { ServiceState, WaitingOnu } from '../../../src-shared/contract/provisioning-model.ts'
import { deviceStepKinds } from '../../../src-shared/domain/device-steps.ts'
import {
  formatOnu,
  unpackOnuAddress,
  type OnuAddress,
} from '../../../src-shared/domain/onu-address.ts'
import { configDifferences, onuConfigParts } from '../../../src-shared/domain/onu-config.ts'
import { NocturneError } from '../../../src-shared/errors.ts'
import type { FakeNetwork } from './fake-network.ts'
import type { FakePlant } from './fake-plant.ts'
import { createFakeBook } from './fake-provisioning-book.ts'
import { createFakeCatalogue } from './fake-provisioning-catalogue.ts'
import { createFakeOnus } from './fake-provisioning-onus.ts'
import {
  createFakePlanMaker,
  inverseChange,
  targetsFor,
  type FakePlan,
} from './fake-provisioning-plans.ts'
import { createFakeRecords } from './fake-provisioning-records.ts'
import { countTargets, inverseOf, startFakeRun, stepsOfTarget } from './fake-provisioning-run.ts'
import { seedPlans } from './fake-provisioning-seed.ts'
import { filterRows } from './fake-views.ts'

type Names = Extract<ProcedureName, `provisioning.${string}`>
type Handlers = {
  readonly [Name in Names]: (input: Input<Name>) => Output<Name> | Promise<Output<Name>>
}

type PlainConfig = NonNullable<Output<'provisioning.onu'>['record']>

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

/** Guarded changes over the generated network: plans that run, fail, wait at the canary. */
export const createFakeProvisioning = (deps: {
  readonly plant: FakePlant
  readonly network: FakeNetwork
  readonly now: () => number
  readonly emit: <Name extends EventName>(name: Name, payload: Payload<Name>) => void
  readonly still: boolean
}): { readonly handlers: Handlers; readonly cancel: (taskId: string) => void } => {
  const { plant, network, now, emit } = deps
  const changed = (what: Payload<'provisioning.changed'>['what']): void =>
    emit('provisioning.changed', { what })
  const onus = createFakeOnus(plant)
  const book = createFakeBook(plant, now, changed)
  const catalogue = createFakeCatalogue({ plant, now, emit })
  const records = createFakeRecords({ plant, onus, now, emit })
  const plans = new Map<string, FakePlan>()
  const maker = createFakePlanMaker({ onus, now, speedName: catalogue.lineProfileOf })
  seedPlans({ plant, onus, maker, plans, now })
  const gone = new Set<string>()
  const found: WaitingOnu[] = []
  const desired = new Map<string, ServiceState>()

  const planOf = (planId: string): FakePlan => {
    const plan = plans.get(planId)
    if (plan === undefined) throw new NocturneError('not-found')
    if (plan.row.state === 'draft' && plan.row.expiresAt < now()) {
      plan.row = { ...plan.row, state: 'expired' }
    }
    return plan
  }
  const move = (planId: string, state: FakePlan['row']['state']): Record<string, never> => {
    const plan = planOf(planId)
    plan.row = { ...plan.row, state, version: plan.row.version + 1 }
    countTargets(plan)
    emit('provisioning.planChanged', { plan: plan.row, target: null })
    changed('plans')
    return {}
  }
  const add = (plan: FakePlan): { plan: FakePlan['row'] } => {
    plans.set(plan.row.id, plan)
    changed('plans')
    return { plan: plan.row }
  }
  const authorised = (serial: string): void => {
    gone.add(serial)
    plant.authorised?.add(serial)
    changed('waiting')
  }

  const waitingOf = (): WaitingOnu[] => {
    const presets = book.presets()
    const matches = (pattern: string, text: string | null): boolean =>
      pattern === '' ||
      new RegExp(`^${pattern.replaceAll('*', '.*').replaceAll('?', '.')}$`, 'i').test(text ?? '')
    const seen = network.unconfigured().onus.map((onu, at): WaitingOnu => ({
      oltId: onu.oltId,
      oltName: onu.oltName,
      pon:
        onu.shelf === null || onu.slot === null || onu.port === null
          ? null
          : { shelf: onu.shelf, slot: onu.slot, port: onu.port },
      serial: onu.serial,
      model: onu.model,
      firmware: onu.firmware,
      firstSeenAt: onu.firstSeenAt,
      seenAt: onu.seenAt,
      preset: null,
      savedId: book.saved().find(({ serial }) => serial === onu.serial)?.id ?? null,
      elsewhere:
        at === 3 && plant.size > 100
          ? [
              {
                oltId: onus.at(70).oltId,
                oltName: onus.olt(onus.at(70).oltId)?.name ?? '',
                address: onus.at(70).address,
                online: false,
              },
            ]
          : [],
      planId: null,
      obstacle:
        onus.olt(onu.oltId)?.reachable === true ? null : { code: 'cli-unreachable', params: {} },
    }))
    return [...seen, ...found]
      .filter(({ serial }) => serial === null || !gone.has(serial))
      .map((onu) => {
        const preset = presets.find(
          ({ enabled, when }) =>
            enabled &&
            (when.oltIds.length === 0 || when.oltIds.includes(onu.oltId)) &&
            (when.slots.length === 0 || (onu.pon !== null && when.slots.includes(onu.pon.slot))) &&
            matches(when.serialPattern, onu.serial) &&
            matches(when.model, onu.model),
        )
        return {
          ...onu,
          preset:
            preset === undefined ? null : { id: preset.id, name: preset.name, auto: preset.auto },
        }
      })
  }

  const stateOf = (oltId: string, address: OnuAddress): ServiceState | null =>
    desired.get(`${oltId} ${formatOnu(address)}`) ?? null

  if (!deps.still) startFakeRun({ plans, onus, emit, now, authorised })

  const sorted = (): FakePlan[] =>
    [...plans.values()].toSorted((one, other) => other.row.createdAt - one.row.createdAt)

  const handlers: Handlers = {
    ...book.handlers,
    ...catalogue.handlers,
    ...records.handlers,
    'provisioning.abilities': ({ oltId }) => {
      const olt = onus.olt(oltId)
      if (olt === undefined) throw new NocturneError('not-found')
      const zte = olt.family === 'zte-c3xx'
      return {
        obstacle: olt.reachable ? null : { code: 'cli-unreachable', params: {} },
        abilities: {
          familyId: olt.family,
          steps: deviceStepKinds.filter((kind) => zte || kind !== 'set-wifi'),
          unprovenSteps: ['set-wan', 'set-wifi'],
          reads: onuConfigParts.filter((part) => zte || part !== 'wifi'),
          needs: zte ? ['onuType'] : ['lineProfile', 'serviceProfile'],
          onuIds: zte ? { first: 1, last: 128 } : { first: 0, last: 127 },
          limits: { name: 32, description: 64 },
          readsConfiguration: true,
        },
      }
    },
    'provisioning.waiting': () => ({
      onus: waitingOf(),
      auto: {
        on: book.auto(),
        running: 0,
        doneToday: plant.size > 3 ? 14 : 0,
        failedToday: plant.size > 3 ? 1 : 0,
      },
    }),
    'provisioning.onu': async ({ oltId, address, fresh }) => {
      if (fresh) await wait(1200)
      const row = onus.row(oltId, address)
      const config = onus.config(oltId, address)
      const record = config === null ? null : (structuredClone(config) as PlainConfig)
      const differs = row % 5 === 1
      const actual =
        record === null
          ? null
          : differs
            ? { ...record, description: 'TEST', lineProfile: 'HOME-20M' }
            : record
      return {
        record: row % 11 === 7 ? null : record,
        recordAt: now() - 9 * 86_400_000,
        actual,
        actualAt: fresh ? now() : now() - 7_200_000,
        differences:
          record === null || actual === null ? [] : [...configDifferences(record, actual)],
        service: stateOf(oltId, address),
        problem:
          onus.olt(oltId)?.reachable === true ? null : { code: 'cli-unreachable', params: {} },
      }
    },
    'provisioning.plans': ({ offset, limit, states, oltId }) => {
      const fits = sorted().filter(
        ({ row }) =>
          (states.length === 0 || states.includes(row.state)) &&
          (oltId === null || row.olts.some((olt) => olt.oltId === oltId)),
      )
      return { total: fits.length, plans: fits.slice(offset, offset + limit).map(({ row }) => row) }
    },
    'provisioning.plan': ({ planId }) => ({ plan: planOf(planId).row }),
    'provisioning.planTargets': ({ planId, offset, limit, states }) => {
      const fits = planOf(planId).targets.filter(
        ({ row }) => states.length === 0 || states.includes(row.state),
      )
      return {
        total: fits.length,
        targets: fits.slice(offset, offset + limit).map(({ row }) => row),
      }
    },
    'provisioning.planSteps': ({ planId, target }) => {
      const one = planOf(planId).targets[target]
      if (one === undefined) throw new NocturneError('not-found')
      const inverse = inverseOf(one)
      return {
        steps: stepsOfTarget(one, now()),
        inverse,
        inverseProblem: inverse.length === 0 ? { code: 'plan-not-undoable', params: {} } : null,
        checks: one.row.differences,
      }
    },
    'provisioning.journal': ({ oltId, address, offset, limit }) => {
      const place = formatOnu(address)
      const entries = sorted().flatMap(({ row, targets }) => {
        if (row.startedAt === null) return []
        const target = targets.find(
          (one) =>
            (one.row.oltId === oltId && formatOnu(one.row.address) === place) ||
            (one.row.oltAfterId === oltId &&
              one.row.addressAfter !== null &&
              formatOnu(one.row.addressAfter) === place),
        )
        if (target === undefined) return []
        const undoable = target.act === null && target.row.state === 'done' && row.undoneBy === null
        return [
          {
            plan: row,
            target: target.row,
            undoable,
            undoProblem: undoable ? null : { code: 'plan-not-undoable' as const, params: {} },
          },
        ]
      })
      return { total: entries.length, entries: entries.slice(offset, offset + limit) }
    },
    'provisioning.services': ({ offset, limit, disagreeing }) => {
      const all = [...desired.values()].filter((one) => !disagreeing || one.agreesSince === null)
      return { total: all.length, services: all.slice(offset, offset + limit) }
    },
    'provisioning.makePlan': async ({ targets, change, pace, reason }) => {
      await wait(500)
      const rows = (filter: OnuFilter): Int32Array => filterRows(plant, filter)
      return add(maker.make(change, targetsFor(targets, rows, onus), { pace, reason }))
    },
    'provisioning.makeUndo': async ({ planId, targets }) => {
      await wait(400)
      const plan = planOf(planId)
      const which = plan.targets.filter(
        ({ row }) => row.state === 'done' && (targets === null || targets.includes(row.seq)),
      )
      const first = which[0]
      if (first === undefined) throw new NocturneError('plan-not-undoable')
      const { change } = plan.row
      const inverse = inverseChange(change, first.before)
      const made = maker.make(
        inverse,
        which.map(({ after_, row }) => ({
          oltId: after_?.oltId ?? row.oltId,
          address: after_?.address ?? row.address,
        })),
        { pace: plan.row.pace, reason: plan.row.reason, undoes: planId },
      )
      plan.row = { ...plan.row, undoneBy: made.row.id }
      return add(made)
    },
    'provisioning.apply': async ({ planId }) => {
      const plan = planOf(planId)
      if (plan.row.state === 'expired') throw new NocturneError('plan-expired')
      if (plan.row.state !== 'draft') {
        throw new NocturneError('plan-not-applicable', { state: plan.row.state })
      }
      await wait(plan.row.confirmation === 'none' ? 150 : 900)
      plan.row = { ...plan.row, startedAt: now() }
      move(planId, 'running')
      return { plan: plan.row }
    },
    'provisioning.pause': ({ planId }) => move(planId, 'paused'),
    'provisioning.continue': ({ planId }) => {
      const plan = planOf(planId)
      plan.row = { ...plan.row, stopReason: null, endedAt: null }
      plan.canaryUntil = 1
      for (const target of plan.targets) {
        if (target.row.state === 'skipped') target.row = { ...target.row, state: 'waiting' }
      }
      return move(planId, 'running')
    },
    'provisioning.stop': ({ planId }) => {
      const plan = planOf(planId)
      plan.row = {
        ...plan.row,
        endedAt: now(),
        stopReason: { code: 'plan-stopped-by-person', params: {} },
      }
      for (const target of plan.targets) {
        if (target.row.state === 'waiting') target.row = { ...target.row, state: 'skipped' }
      }
      return move(planId, 'stopped')
    },
    'provisioning.discard': ({ planId }) => move(planId, 'discarded'),
    'provisioning.readBack': async ({ planId }) => {
      await wait(900)
      const plan = planOf(planId)
      for (const target of plan.targets) {
        if (target.row.state === 'unknown') {
          target.row = {
            ...target.row,
            state: 'done',
            problem: null,
            readBack: [],
            readBackAt: now(),
          }
        }
      }
      move(planId, plan.row.state)
      return { plan: plan.row }
    },
    'provisioning.lookForWaiting': async ({ oltId, taskId }) => {
      for (let done = 0; done < 4; done += 1) {
        emit('workspace.progress', { taskId, step: 'look', done, total: 4 })
        await wait(300)
      }
      const olt = onus.olt(oltId)
      if (olt?.reachable !== true) throw new NocturneError('cli-unreachable')
      const pon = unpackOnuAddress(plant.address[olt.firstRow] ?? 0)
      found.push({
        oltId,
        oltName: olt.name,
        pon: { shelf: pon.shelf, slot: pon.slot, port: pon.port },
        serial: `ZTEGC0FFEE${(found.length + 16).toString(16).toUpperCase()}`,
        model: 'F660',
        firmware: 'V6.0',
        firstSeenAt: now(),
        seenAt: now(),
        preset: null,
        savedId: null,
        elsewhere: [],
        planId: null,
        obstacle: null,
      })
      changed('waiting')
      return { found: 1 }
    },
    'provisioning.setDesired': ({ services, state, reason }) => {
      for (const { oltId, address, serial } of services) {
        desired.set(`${oltId} ${formatOnu(address)}`, {
          oltId,
          oltName: onus.olt(oltId)?.name ?? '',
          address,
          serial,
          desired: state,
          desiredSince: now(),
          desiredBy: 'Sari Wijaya',
          reason,
          source: 'hand',
          cause: null,
          actual: 'unknown',
          actualAt: null,
          agreesSince: null,
          tries: 0,
          nextTryAt: now() + 15_000,
          problem: null,
          planId: null,
        })
      }
      changed('services')
      return { changed: services.length }
    },
    'provisioning.dropDesired': ({ services }) => {
      for (const { oltId, address } of services) desired.delete(`${oltId} ${formatOnu(address)}`)
      changed('services')
      return {}
    },
  }
  return { handlers, cancel: records.cancel }
}
