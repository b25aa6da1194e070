import type { Input } from '../../../src-shared/contract/index.ts'
import type { OnuChange } from '../../../src-shared/contract/provisioning-model.ts'
import type {
  Pace,
  PlanRow,
  PlanTarget,
  PlanTargetRow,
} from '../../../src-shared/contract/provisioning-plans.ts'
import type { Problem } from '../../../src-shared/contract/common.ts'
import { worstRisk } from '../../../src-shared/domain/device-steps.ts'
import { formatPon, type OnuAddress } from '../../../src-shared/domain/onu-address.ts'
import {
  configDifferences,
  onuConfigParts,
  configPartText,
} from '../../../src-shared/domain/onu-config.ts'
import type { OnuConfig } from '../../../src-shared/domain/onu-config.ts'
import { NocturneError } from '../../../src-shared/errors.ts'
import { withSettings, type FakeOnus } from './fake-provisioning-onus.ts'
import { stepsOf } from './fake-provisioning-steps.ts'

export interface FakeTarget {
  row: PlanTargetRow
  readonly before: OnuConfig | null
  readonly after: OnuConfig | null
  readonly act: 'reboot' | 'factory-reset' | null
  readonly zte: boolean
  readonly after_: { readonly oltId: string; readonly address: OnuAddress } | null
}

export interface FakePlan {
  row: PlanRow
  readonly targets: FakeTarget[]
  cursor: number
  canaryUntil: number
}

export interface FakePlanMaker {
  readonly make: (
    change: OnuChange,
    targets: readonly PlanTarget[],
    rest: {
      readonly pace: Pace
      readonly reason: string
      readonly by?: string
      readonly undoes?: string
      readonly origin?: PlanRow['origin']
    },
  ) => FakePlan
}

const emptyConfig = (serial: string): OnuConfig => ({
  serial,
  onuType: null,
  lineProfile: null,
  serviceProfile: null,
  name: '',
  description: '',
  adminEnabled: true,
  services: [],
  ethPorts: null,
  wan: null,
  wifi: null,
})

const lossOf: Partial<Record<OnuChange['kind'], number>> = {
  reboot: 95,
  'factory-reset': 180,
  move: 40,
  replace: 25,
  'set-speed': 3,
}

export const createFakePlanMaker = (deps: {
  readonly onus: FakeOnus
  readonly speedName: (speedId: string) => string | undefined
  readonly now: () => number
}): FakePlanMaker => {
  const { onus, now } = deps
  let made = 0

  const afterOf = (
    change: OnuChange,
    before: OnuConfig | null,
    words: { olt: string; pon: string; onu: number },
    serial: string,
  ): OnuConfig | null => {
    const base = before ?? emptyConfig(serial)
    const speed = (config: OnuConfig, speedId: string | null): OnuConfig => {
      const name = speedId === null ? undefined : deps.speedName(speedId)
      if (name === undefined) return config
      return {
        ...config,
        lineProfile: name,
        services: (config.services ?? []).map((one) => ({
          ...one,
          upProfile: name,
          downProfile: name,
        })),
      }
    }
    switch (change.kind) {
      case 'authorise':
        return speed(withSettings(emptyConfig(serial), change.settings, words), change.speedId)
      case 'configure':
        return withSettings(base, change.settings, words)
      case 'set-speed':
        return speed(base, change.speedId)
      case 'enable':
      case 'resume':
        return { ...base, adminEnabled: true }
      case 'disable':
      case 'suspend':
        return { ...base, adminEnabled: false }
      case 'replace':
        return { ...base, serial: change.serial }
      case 'delete':
        return null
      case 'resync':
        return { ...base, lineProfile: 'HOME-100M', description: 'as in the record' }
      case 'move':
      case 'reboot':
      case 'factory-reset':
        return base
    }
  }

  const targetOf = (
    seq: number,
    change: OnuChange,
    target: PlanTarget,
    canary: boolean,
  ): FakeTarget => {
    const olt = onus.olt(target.oltId)
    if (olt === undefined) throw new NocturneError('not-found')
    const address: OnuAddress =
      'address' in target
        ? target.address
        : {
            ...target.pon,
            onuId:
              change.kind === 'authorise' && change.onuId !== null
                ? change.onuId
                : onus.freeId(target.oltId, target.pon),
          }
    const before = 'address' in target ? onus.config(target.oltId, address) : null
    if ('address' in target && before === null) throw new NocturneError('onu-not-there')
    const serial = before?.serial ?? ('serial' in target ? target.serial : '')
    const moved =
      change.kind === 'move'
        ? {
            oltId: change.to.oltId,
            address: {
              ...change.to.pon,
              onuId: change.to.onuId ?? onus.freeId(change.to.oltId, change.to.pon),
            },
          }
        : { oltId: target.oltId, address }
    const after = afterOf(
      change,
      before,
      { olt: olt.name, pon: formatPon(address), onu: address.onuId },
      serial,
    )
    const act = change.kind === 'reboot' || change.kind === 'factory-reset' ? change.kind : null
    const zte = olt.family === 'zte-c3xx'
    const place = { oltId: target.oltId, address, zte }
    const steps = stepsOf(place, before, after, act)
    const differences =
      before !== null && after !== null
        ? configDifferences(before, after)
        : onuConfigParts
            .map((part) => ({
              part,
              before: before === null ? '' : configPartText(before, part),
              after: after === null ? '' : configPartText(after, part),
            }))
            .filter((one) => one.before !== one.after)
    const risk =
      change.kind === 'move' ? 'disruptive' : worstRisk(steps.map((one) => one.rendered.risk))
    return {
      before,
      after,
      act,
      zte,
      after_: after === null ? null : moved,
      row: {
        seq,
        oltId: target.oltId,
        oltName: olt.name,
        address,
        addressAfter: after === null ? null : moved.address,
        oltAfterId: after === null ? null : moved.oltId,
        serial,
        name: before?.name ?? after?.name ?? null,
        state: 'waiting',
        problem: null,
        risk,
        differences: [...differences],
        serviceLossS: risk === 'read' ? null : (lossOf[change.kind] ?? 5),
        canary,
        startedAt: null,
        endedAt: null,
        readBack: null,
        readBackAt: null,
      },
    }
  }

  return {
    make: (change, given, { pace, reason, by = 'Sari Wijaya', undoes, origin = 'person' }) => {
      const leftOut: PlanRow['leftOut'] = []
      const targets: FakeTarget[] = []
      for (const target of given) {
        const one = targetOf(
          targets.length,
          change,
          target,
          given.length > 1 && targets.length < pace.canary,
        )
        const idle = one.act === null && change.kind !== 'move' && one.row.differences.length === 0
        if (idle) {
          leftOut.push({
            oltId: one.row.oltId,
            text: one.row.name ?? one.row.serial,
            problem: { code: 'plan-nothing-to-do', params: {} },
          })
        } else targets.push(one)
      }
      const olts = [...new Set(targets.map(({ row }) => row.oltId))]
      const risk = worstRisk(targets.map(({ row }) => row.risk))
      const dead = olts.filter((id) => onus.olt(id)?.reachable === false)
      const obstacles: Problem[] =
        targets.length === 0
          ? [{ code: 'plan-nothing-to-do', params: {} }]
          : dead.map((id) => ({
              code: 'cli-unreachable',
              params: { olt: onus.olt(id)?.name ?? '' },
            }))
      const unproven = targets.some(
        (one) =>
          one.row.differences.some(({ part }) => part === 'wifi' || part === 'wan') &&
          one.before !== null,
      )
      made += 1
      const row: PlanRow = {
        id: `01930000-0000-7000-9d00-${made.toString(16).padStart(12, '0')}`,
        version: 1,
        kind: change.kind,
        change,
        undoes: undoes ?? null,
        undoneBy: null,
        state: 'draft',
        stopReason: null,
        risk,
        by,
        origin,
        reason,
        pace,
        createdAt: now(),
        expiresAt: now() + 10 * 60_000,
        startedAt: null,
        endedAt: null,
        counts: {
          total: targets.length,
          done: 0,
          unchanged: 0,
          failed: 0,
          unknown: 0,
          waiting: targets.length,
          skipped: 0,
        },
        olts: olts.map((oltId) => ({ oltId, oltName: onus.olt(oltId)?.name ?? '' })),
        confirmation:
          targets.length > 50
            ? 'type-count'
            : risk === 'destructive'
              ? 'type-name'
              : risk === 'disruptive'
                ? 'confirm'
                : 'none',
        obstacles,
        warnings: unproven ? [{ code: 'cli-family-cannot', params: {} }] : [],
        leftOut,
      }
      return { row, targets, cursor: 0, canaryUntil: 0 }
    },
  }
}

export const targetsFor = (
  input: Input<'provisioning.makePlan'>['targets'],
  rowsOf: (filter: Extract<typeof input, { filter: unknown }>['filter']) => Int32Array,
  onus: FakeOnus,
): readonly PlanTarget[] =>
  'list' in input
    ? input.list
    : [...rowsOf(input.filter)].slice(0, 20_000).map((row) => onus.at(row))

/** Roughly what takes a change back. */
export const inverseChange = (change: OnuChange, before: OnuConfig | null): OnuChange => {
  switch (change.kind) {
    case 'authorise':
      return { kind: 'delete' }
    case 'suspend':
    case 'disable':
      return { kind: 'resume' }
    case 'resume':
    case 'enable':
      return { kind: 'suspend' }
    case 'replace':
      return { kind: 'replace', serial: before?.serial ?? '' }
    default:
      return {
        kind: 'configure',
        settings: {
          ...(before?.lineProfile == null ? {} : { lineProfile: before.lineProfile }),
          description: before?.description ?? '',
          services: [...(before?.services ?? [])],
        },
      }
  }
}
