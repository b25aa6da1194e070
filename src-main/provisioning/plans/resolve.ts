import type { OnuChange } from '../../../src-shared/contract/provisioning-model.ts'
import type { PlanRow, PlanTarget } from '../../../src-shared/contract/provisioning-plans.ts'
import type { Problem } from '../../../src-shared/contract/common.ts'
import type { OnuConfig, OnuPlaceOnOlt } from '../../../src-shared/domain/onu-config.ts'
import {
  packOnuAddress,
  ponOf,
  type OnuAddress,
  type PonAddress,
} from '../../../src-shared/domain/onu-address.ts'
import { assertNever, NocturneError } from '../../../src-shared/errors.ts'
import type { NetworkFacts } from '../../engine/network-facts.ts'
import type { OltConfigs } from '../../engine/olt-configs.ts'
import type { CatalogueReads } from '../presets/catalogue-tables.ts'
import type { ProvisioningDependencies } from '../ports.ts'
import type { RecordReads } from '../records/record-tables.ts'
import type { Resolved } from './compose.ts'
import { readPlaces } from './read-before.ts'
import { breathe, freeOnuId } from './rules.ts'
import { settle, withoutServiceNumbers, type SpeedOnOlt } from './settings.ts'
import { actOf } from './target-goal.ts'

/** From what somebody wants of some ONUs to where each of them is and shall end. */

export type LeftOut = PlanRow['leftOut'][number]

export interface ResolveDependencies {
  readonly facts: NetworkFacts
  readonly withSerial: ProvisioningDependencies['withSerial']
  readonly configs: OltConfigs
  readonly records: RecordReads
  readonly catalogues: CatalogueReads
}

interface Outcome {
  readonly resolved: readonly Resolved[]
  readonly leftOut: readonly LeftOut[]
  readonly warnings: readonly Problem[]
}

/** Numbers of a PON port that are taken, as far as is known; those given out by this plan join. */
const createNumbers = (facts: NetworkFacts, records: RecordReads) => {
  const taken = new Map<string, Set<number>>()
  return (oltId: string, pon: PonAddress): Set<number> => {
    const first = packOnuAddress({ ...pon, onuId: 0 })
    const key = `${oltId} ${first}`
    const known = taken.get(key)
    if (known !== undefined) return known
    const numbers = new Set<number>()
    for (const packed of facts.olt(oltId)?.addresses ?? []) {
      if (ponOf(packed) === first) numbers.add(packed & 1023)
    }
    for (const { address } of records.between(oltId, first, first + 1023)) {
      numbers.add(address & 1023)
    }
    taken.set(key, numbers)
    return numbers
  }
}

/** A number is only free when the OLT itself says so; so many are tried before it is given up. */
const numbersTried = 8

export const resolveChange = async (
  deps: ResolveDependencies,
  change: OnuChange,
  targets: readonly PlanTarget[],
  signal: AbortSignal,
  onProgress: (done: number, total: number) => void,
): Promise<Outcome> => {
  const { facts, configs } = deps
  const numbersOf = createNumbers(facts, deps.records)
  const resolved: Resolved[] = []
  const leftOut: LeftOut[] = []
  const warnings: Problem[] = []
  const oltName = (oltId: string): string => facts.olt(oltId)?.name ?? ''
  const leave = (oltId: string, text: string, problem: Problem | null): void => {
    leftOut.push({ oltId, text, problem })
  }
  /** OLTs that have a serial configured. */
  const oltsWith = (serial: string): readonly string[] => [
    ...new Set(deps.withSerial(serial).flatMap((row) => facts.oltOfRow(row)?.id ?? [])),
  ]
  const fits = (oltId: string): boolean => configs.obstacle(oltId) === null

  /** The first free place of a PON port that the OLT confirms; counts as taken from then on. */
  const freePlace = async (
    oltId: string,
    pon: PonAddress,
    wanted: number | null,
    preferred: number | null,
  ): Promise<OnuAddress | Problem> => {
    const range = configs.abilities(oltId)?.onuIds ?? { first: 0, last: 127 }
    const taken = numbersOf(oltId, pon)
    for (let tried = 0; tried < numbersTried; tried++) {
      const same = preferred === null ? null : freeOnuId(taken, range, preferred)
      const onuId =
        wanted === null ? (same ?? freeOnuId(taken, range)) : freeOnuId(taken, range, wanted)
      if (onuId === null) {
        return wanted === null
          ? { code: 'pon-full', params: {} }
          : { code: 'onu-id-taken', params: { onuId: wanted } }
      }
      const address = { ...pon, onuId }
      taken.add(onuId)
      if ((await configs.of(oltId).readOnu(address, signal)) === null) return address
    }
    return { code: 'pon-full', params: {} }
  }

  if (change.kind === 'authorise') {
    let done = 0
    for (const target of targets) {
      onProgress(done++, targets.length)
      if (!('serial' in target))
        throw new NocturneError('invalid-input', { field: 'targets', rule: 'serial' })
      const { oltId, pon, serial } = target
      const obstacle = configs.obstacle(oltId)
      if (obstacle !== null) {
        leave(oltId, serial, obstacle)
        continue
      }
      const elsewhere = oltsWith(serial)
      if (elsewhere.includes(oltId)) {
        leave(oltId, serial, { code: 'onu-serial-exists', params: { olt: oltName(oltId) } })
        continue
      }
      for (const other of elsewhere) {
        warnings.push({ code: 'onu-serial-exists', params: { serial, olt: oltName(other) } })
      }
      const speed = speedOn(deps.catalogues, change.speedId, oltId)
      if (speed === 'not-mapped') {
        leave(oltId, serial, { code: 'speed-not-mapped', params: { olt: oltName(oltId) } })
        continue
      }
      const address = await readingOrProblem(() => freePlace(oltId, pon, change.onuId, null))
      if ('code' in address) {
        leave(oltId, serial, address)
        continue
      }
      const settled = settle(
        null,
        change.settings,
        speed,
        { serial, oltName: oltName(oltId), address },
        limitsOf(configs, oltId),
      )
      if (settled.kind === 'refused') {
        leave(oltId, serial, settled.problem)
        continue
      }
      const place = { oltId, address }
      resolved.push({
        goal: { from: place, to: place, before: null, after: settled.config, act: null },
        now: { from: null, to: null },
        oltName: oltName(oltId),
        name: settled.config.name,
        lenient: false,
      })
    }
    return { resolved, leftOut, warnings }
  }

  const places: OnuPlaceOnOlt[] = targets.flatMap((target) =>
    'address' in target ? [{ oltId: target.oltId, address: target.address }] : [],
  )
  if (places.length < targets.length) {
    throw new NocturneError('invalid-input', { field: 'targets', rule: 'address' })
  }
  const readable = places.filter(({ oltId }) => fits(oltId))
  const readings = await readPlaces(configs, readable, signal, onProgress)

  for (const [index, place] of places.entries()) {
    // Thousands of targets must not hold up everybody else.
    if (index % placesPerTurn === placesPerTurn - 1) await breathe()
    const { oltId, address } = place
    const row = facts.rowOf(oltId, packOnuAddress(address))
    const text =
      `${row < 0 ? '' : (facts.onus.serial(row) ?? '')} ${address.shelf}/${address.slot}/${address.port}:${address.onuId}`.trim()
    const obstacle = configs.obstacle(oltId)
    if (obstacle !== null) {
      leave(oltId, text, obstacle)
      continue
    }
    const reading = readings(place)
    if (reading.kind === 'not-read') {
      leave(oltId, text, reading.problem)
      continue
    }
    const before = reading.config
    if (before === null && change.kind !== 'resync') {
      leave(oltId, text, { code: 'onu-not-there', params: {} })
      continue
    }
    const wanted = await readingOrProblem(() => wantedOf(before, place))
    if ('code' in wanted) {
      leave(oltId, text, wanted)
      continue
    }
    resolved.push({
      goal: {
        from: place,
        to: wanted.to,
        before,
        after: wanted.config,
        act: actOf(change),
      },
      now: { from: before, to: samePlaceOr(place, wanted.to, before) },
      oltName: oltName(oltId),
      name: (row < 0 ? null : facts.onus.name(row)) ?? before?.name ?? null,
      lenient: wanted.lenient,
    })
  }
  return { resolved, leftOut, warnings }

  async function wantedOf(
    before: OnuConfig | null,
    place: OnuPlaceOnOlt,
  ): Promise<Problem | { to: OnuPlaceOnOlt; config: OnuConfig | null; lenient: boolean }> {
    const stays = (config: OnuConfig | null, lenient = false) => ({ to: place, config, lenient })
    const { oltId, address } = place
    // Only what a record brings back may start from nothing.
    const from = before!
    switch (change.kind) {
      case 'configure':
      case 'set-speed': {
        const speed =
          change.kind === 'configure' ? null : speedOn(deps.catalogues, change.speedId, oltId)
        if (speed === 'not-mapped') {
          return { code: 'speed-not-mapped', params: { olt: oltName(oltId) } }
        }
        const settled = settle(
          from,
          change.kind === 'configure' ? change.settings : {},
          speed,
          { serial: from.serial, oltName: oltName(oltId), address },
          limitsOf(configs, oltId),
        )
        return settled.kind === 'refused' ? settled.problem : stays(settled.config)
      }
      case 'enable':
      case 'resume':
        return stays({ ...from, adminEnabled: true })
      case 'disable':
      case 'suspend':
        return stays({ ...from, adminEnabled: false })
      case 'reboot':
      case 'factory-reset':
        return stays(from)
      case 'delete':
        return stays(null)
      case 'replace':
        if (oltsWith(change.serial).includes(oltId)) {
          return { code: 'onu-serial-exists', params: { olt: oltName(oltId) } }
        }
        return stays({ ...withoutServiceNumbers(from), serial: change.serial }, true)
      case 'move': {
        const { to } = change
        const obstacle = configs.obstacle(to.oltId)
        if (obstacle !== null) return obstacle
        const samePon =
          to.oltId === oltId &&
          ponOf(packOnuAddress(address)) === packOnuAddress({ ...to.pon, onuId: 0 })
        if (samePon && (to.onuId === null || to.onuId === address.onuId)) return stays(from)
        const free = await freePlace(to.oltId, to.pon, to.onuId, address.onuId)
        if ('code' in free) return free
        return {
          to: { oltId: to.oltId, address: free },
          config: withoutServiceNumbers(from),
          lenient: true,
        }
      }
      case 'resync': {
        const record = deps.records.record(oltId, packOnuAddress(address))
        if (record === null) return { code: 'plan-no-record', params: {} }
        return stays(record.config, true)
      }
      case 'authorise':
        throw new Error('authorising starts from nothing')
      default:
        return assertNever(change)
    }
  }
}

const placesPerTurn = 200

const samePlaceOr = (
  from: OnuPlaceOnOlt,
  to: OnuPlaceOnOlt,
  before: OnuConfig | null,
): OnuConfig | null =>
  from.oltId === to.oltId && packOnuAddress(from.address) === packOnuAddress(to.address)
    ? before
    : null

const limitsOf = (configs: OltConfigs, oltId: string) =>
  configs.abilities(oltId)?.limits ?? { name: 64, description: 64 }

const readingOrProblem = async <Value>(
  work: () => Promise<Value | Problem>,
): Promise<Value | Problem> => {
  try {
    return await work()
  } catch (error) {
    if (error instanceof NocturneError && error.code !== 'cancelled') {
      return { code: error.code, params: { ...error.params } }
    }
    throw error
  }
}

const speedOn = (
  catalogues: CatalogueReads,
  speedId: string | null,
  oltId: string,
): SpeedOnOlt | null | 'not-mapped' => {
  if (speedId === null) return null
  const speed = catalogues.speed(speedId)
  if (speed === null) throw new NocturneError('not-found', { what: 'speed' })
  return speed.onOlts.find((one) => one.oltId === oltId) ?? 'not-mapped'
}
