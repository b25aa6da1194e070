import type {
  Finding,
  FindingKind,
  ReconciliationSummary,
} from '../../../src-shared/contract/billing-reconciliation.ts'
import type { ServiceState } from '../../../src-shared/contract/provisioning-model.ts'
import { unpackOnuAddress } from '../../../src-shared/domain/onu-address.ts'
import { currencyCode } from '../../../src-shared/domain/currencies.ts'
import type { SpeedLookup, SubscriberPort } from '../../engine/capability-ports.ts'
import { reaches, reachesOlt, type Reach } from '../../engine/reach.ts'
import type { Reads } from '../plans/plan-tables.ts'
import { monthlyPrice } from '../subscriptions/monthly.ts'
import {
  shootNetwork,
  shownPlace,
  type NetworkShot,
  type ShotFacts,
  type ShotOnu,
} from './network-shot.ts'
import { judgeOnu, judgeSerial, judgeService, keyOf, type Found, type Seen } from './rules.ts'
import { countServices, servicesAfter, type BookedService } from './service-pages.ts'
import { createSlices, type SliceDependencies } from '../slices.ts'

/** A finding as it was made: whether it is ignored is looked up when it is shown. */
export type MadeFinding = Omit<Finding, 'ignored'>

export interface Look {
  readonly findings: readonly MadeFinding[]
  readonly summary: Omit<ReconciliationSummary, 'kinds' | 'ignored' | 'stakes'>
}

export interface LookDependencies {
  readonly reads: Reads
  readonly facts: ShotFacts
  readonly speeds: Pick<SpeedLookup, 'speed' | 'onOnu'>
  readonly wantedOf: (oltId: string, address: number) => ServiceState | null
  readonly subscribers: Pick<SubscriberPort, 'belongs'>
}

const pageSize = 200

/** Compares all that is reached. Errors: `cancelled` by the signal. */
export const lookAround = async (
  deps: LookDependencies,
  of: {
    readonly reach: Reach
    readonly at: number
    readonly progress: (done: number, total: number) => void
  } & Omit<SliceDependencies, 'told'>,
): Promise<Look> => {
  const { reads, facts, speeds } = deps
  const { reach } = of
  const total = countServices(reads)
  let done = 0
  const slices = createSlices({ ...of, told: () => of.progress(done, total) })
  const shot = await shootNetwork(facts, reach, slices)
  const notKnown = { services: 0, onus: 0, speeds: 0 }
  for (const olt of shot.olts.values()) notKnown.onus += olt.notKnown

  const findings: MadeFinding[] = []
  /** Services by the serial number that they name; live ones, and those that ended. */
  const live = new Map<string, BookedService[]>()
  const ended: {
    readonly service: BookedService
    readonly seen: Seen
    readonly onu: ShotOnu | null
  }[] = []
  const remembered = new Set<string>()
  const speedNames = new Map<string, string | null>()
  const speedName = (id: string): string | null => {
    const known = speedNames.get(id)
    if (known !== undefined) return known
    const name = speeds.speed(id)?.name ?? null
    speedNames.set(id, name)
    return name
  }

  const inView = (service: BookedService): boolean => {
    if (reach.olts === null) return true
    // SECURITY: what lies beyond the reach of the account is not looked at for him.
    if (service.oltId !== null) return reachesOlt(reach, service.oltId)
    const belongs = deps.subscribers.belongs(service.subscriberId)
    return belongs !== null && reaches(reach, belongs, true)
  }
  const seenOf = ({ oltId, serial }: BookedService): { seen: Seen; onu: ShotOnu | null } => {
    if (oltId === null || serial === null) return { seen: { kind: 'none' }, onu: null }
    const onu = shot.withSerial(serial).find((one) => one.oltId === oltId) ?? null
    if (shot.olts.get(oltId)?.answers !== true) return { seen: { kind: 'unknown' }, onu }
    if (onu === null) return { seen: { kind: 'absent' }, onu }
    return { seen: { kind: 'there', state: onu.state, stateSince: onu.stateSince }, onu }
  }
  const judge = (
    service: BookedService,
    { seen, onu }: { readonly seen: Seen; readonly onu: ShotOnu | null },
    takenOver: boolean,
  ): void => {
    const wish = onu === null ? null : deps.wantedOf(onu.oltId, onu.address)
    const own = wish !== null && wish.serial === service.serial ? wish : null
    const { speedId, oltId, serial } = service
    const judged = judgeService({
      service,
      subscriber: service,
      subscription:
        service.subscriptionStatus === null
          ? null
          : {
              status: service.subscriptionStatus,
              statusSinceOn: service.statusSinceOn ?? '',
              startsOn: service.startsOn ?? '',
            },
      seen,
      wish: own,
      speed:
        speedId === null || oltId === null || serial === null || seen.kind !== 'there'
          ? null
          : speeds.onOnu(speedId, oltId, serial),
      takenOver,
    })
    if (judged.notKnown) {
      notKnown.services++
    }
    if (judged.speedNotKnown) notKnown.speeds++
    for (const found of judged.found) {
      const differences =
        found.kind === 'speed-differs' && speedId !== null
          ? speeds.onOnu(speedId, oltId!, serial!).differences
          : []
      findings.push({
        ...ofService(found, service, shot, onu),
        wanted: own?.desired ?? null,
        differences: [...differences],
        subscription: soldOf(service, speedName),
      })
    }
  }

  for (let after = ''; ;) {
    const page = servicesAfter(reads, after, pageSize)
    const last = page.at(-1)
    if (last === undefined) break
    after = last.id
    for (const service of page) {
      done++
      if (!inView(service)) continue
      const there = seenOf(service)
      if (service.state === 'ended') {
        ended.push({ service, ...there })
        continue
      }
      if (service.serial !== null) {
        const known = live.get(service.serial)
        if (known === undefined) live.set(service.serial, [service])
        else known.push(service)
      }
      judge(service, there, false)
      await slices.breathe()
    }
  }

  const serves = (onu: Pick<ShotOnu, 'oltId' | 'serial'>): boolean =>
    live.get(onu.serial)?.some(({ oltId }) => oltId === onu.oltId) ?? false
  for (const { service, seen, onu } of ended.toReversed()) {
    const takenOver = onu !== null && serves(onu)
    if (onu !== null && !takenOver) {
      const place = `${onu.oltId} ${onu.address}`
      // The latest of several that ended is told; ids go up with time.
      if (remembered.has(place)) continue
      remembered.add(place)
    }
    judge(service, { seen, onu }, takenOver)
    await slices.breathe()
  }

  for (const onu of shot.onus) {
    const found = judgeOnu({
      state: onu.state,
      stateSince: onu.stateSince,
      served: serves(onu),
      remembered: remembered.has(`${onu.oltId} ${onu.address}`),
    })
    if (found !== null) findings.push(ofOnu(found, onu, shot))
    await slices.breathe()
  }
  for (const serial of twice(shot, live)) {
    const places = shot.withSerial(serial)
    const services = live.get(serial) ?? []
    const found = judgeSerial(places.length, services.length)
    if (found === null) continue
    findings.push(ofSerial(found, serial, places, services, shot, speedName))
    await slices.breathe()
  }
  of.progress(total, total)
  return {
    findings,
    summary: {
      at: of.at,
      services: total,
      onus: shot.onus.length,
      notKnown,
      olts: [...shot.olts.values()].map((olt) => ({ ...olt })),
    },
  }
}

const soldOf = (
  service: BookedService,
  speedName: (id: string) => string | null,
): MadeFinding['subscription'] =>
  service.subscriptionId === null
    ? null
    : {
        id: service.subscriptionId,
        planName: service.planName ?? '',
        status: service.subscriptionStatus ?? '',
        speedId: service.speedId,
        speedName: service.speedId === null ? null : speedName(service.speedId),
      }

const stakeOf = ({ price, currency, interval }: BookedService): MadeFinding['stake'] => {
  if (price === null || currency === null || interval === null) return null
  const { minor } = monthlyPrice(price, currencyCode(currency), interval)
  return { currency, minor }
}

const blank = { places: [], differences: [], wanted: null } as const

const ofService = (
  found: Found,
  service: BookedService,
  shot: NetworkShot,
  onu: ShotOnu | null,
): Omit<MadeFinding, 'subscription'> => {
  const { oltId, serial } = service
  const elsewhere = serial === null ? [] : shot.withSerial(serial)
  return {
    ...blank,
    ...found,
    key: keyOf(found.kind, { serviceId: service.id, oltId, serial }),
    subscriber: { id: service.subscriberId, code: service.code, name: service.subscriberName },
    service: { id: service.id, name: service.name },
    onu:
      oltId === null || serial === null
        ? null
        : {
            oltId,
            oltName: shot.olts.get(oltId)?.oltName ?? '',
            serial,
            address: onu === null ? null : unpackOnuAddress(onu.address),
            state: onu?.state ?? 'unknown',
          },
    places: elsewhere.filter((one) => one !== onu).map((one) => shownPlace(one, shot.olts)),
    differences: [],
    stake: stakeOf(service),
  }
}

const ofOnu = (found: Found, onu: ShotOnu, shot: NetworkShot): MadeFinding => ({
  ...blank,
  ...found,
  key: keyOf(found.kind, { serviceId: null, oltId: onu.oltId, serial: onu.serial }),
  subscriber: null,
  service: null,
  subscription: null,
  onu: { serial: onu.serial, ...shownPlace(onu, shot.olts) },
  places: [],
  differences: [],
  stake: null,
})

const ofSerial = (
  found: Found,
  serial: string,
  places: readonly ShotOnu[],
  services: readonly BookedService[],
  shot: NetworkShot,
  speedName: (id: string) => string | null,
): MadeFinding => {
  const [service] = services
  const own = places.find(({ oltId }) => oltId === service?.oltId) ?? places[0]
  return {
    ...blank,
    ...found,
    key: keyOf(found.kind, { serviceId: null, oltId: null, serial }),
    subscriber:
      service === undefined
        ? null
        : { id: service.subscriberId, code: service.code, name: service.subscriberName },
    service: service === undefined ? null : { id: service.id, name: service.name },
    subscription: service === undefined ? null : soldOf(service, speedName),
    onu:
      own === undefined
        ? service === undefined || service.oltId === null
          ? null
          : {
              oltId: service.oltId,
              oltName: shot.olts.get(service.oltId)?.oltName ?? '',
              serial,
              address: null,
              state: 'unknown',
            }
        : { serial, ...shownPlace(own, shot.olts) },
    places: places.filter((one) => one !== own).map((one) => shownPlace(one, shot.olts)),
    differences: [],
    stake: service === undefined ? null : stakeOf(service),
  }
}

/** Serial numbers that stand in two places, or on two services. */
function* twice(
  shot: NetworkShot,
  live: ReadonlyMap<string, readonly BookedService[]>,
): Generator<string> {
  const told = new Set<string>()
  for (const { serial } of shot.onus) {
    if (told.has(serial) || shot.withSerial(serial).length < 2) continue
    told.add(serial)
    yield serial
  }
  for (const [serial, services] of live) {
    if (services.length > 1 && !told.has(serial)) yield serial
  }
}

/** What is at stake in each currency: a subscription counts once, however many findings it has. */
export const stakesOf = (
  findings: readonly Pick<MadeFinding, 'subscription' | 'stake'>[],
): ReconciliationSummary['stakes'] => {
  const counted = new Set<string>()
  const sums = new Map<string, number>()
  for (const { subscription, stake } of findings) {
    if (stake === null || (subscription !== null && counted.has(subscription.id))) continue
    if (subscription !== null) counted.add(subscription.id)
    sums.set(stake.currency, (sums.get(stake.currency) ?? 0) + stake.minor)
  }
  return [...sums].map(([currency, minor]) => ({ currency, minor }))
}

/** Of some findings, by kind: how many, and what is at stake in each currency. */
export const sumsByKind = (
  findings: readonly Pick<MadeFinding, 'kind' | 'stake'>[],
): ReconciliationSummary['kinds'] => {
  const byKind = new Map<
    FindingKind,
    { count: number; unpriced: number; stakes: Map<string, number> }
  >()
  for (const { kind, stake } of findings) {
    const sum = byKind.get(kind) ?? { count: 0, unpriced: 0, stakes: new Map<string, number>() }
    sum.count++
    if (stake === null) sum.unpriced++
    else sum.stakes.set(stake.currency, (sum.stakes.get(stake.currency) ?? 0) + stake.minor)
    byKind.set(kind, sum)
  }
  return [...byKind].map(([kind, { count, unpriced, stakes }]) => ({
    kind,
    count,
    unpriced,
    stakes: [...stakes].map(([currency, minor]) => ({ currency, minor })),
  }))
}
