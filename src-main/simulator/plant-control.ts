import type { CheckedControl, WhichOnus } from './control-schema.ts'
import { cause, type Cause } from './population/down-causes.ts'
import { familyTraits } from './population/family-traits.ts'
import { canGasp } from './population/gasps.ts'
import {
  addInterval,
  type OltModel,
  type PonPort,
  ponName,
  presentOnus,
} from './population/olt-model.ts'
import { bootMs } from './population/onu-life.ts'
import { loseUnsaved, plug, unplug } from './population/provision.ts'
import {
  addOnu,
  addUnconfigured,
  losePower,
  ponNumber,
  serialParts,
} from './population/populate.ts'
import { unit } from './population/seeded-random.ts'
import type { SimulatedOlt } from './simulated-olt.ts'

type Find = (name: string) => SimulatedOlt

const assertNever = (value: never): never => {
  throw new Error(`unexpected control of type ${typeof value}`)
}

/** Carries out one act now. Throws a RangeError when it names what is not there. */
export const carryOut = (message: CheckedControl, find: Find, nowMs: number): void => {
  const simulated = find(message.olt)
  const { model, faults, agent } = simulated
  switch (message.kind) {
    case 'cut-pon': {
      const pon = ponOf(model, message.pon)
      pon.cuts.push({ startMs: nowMs, endMs: Infinity, cause: cause.los, beyondM: message.beyondM })
      return forgetPon(model, message.pon)
    }
    case 'restore-pon': {
      const pon = ponOf(model, message.pon)
      for (const cut of pon.cuts) if (cut.endMs > nowMs) cut.endMs = nowMs + 40_000
      return forgetPon(model, message.pon)
    }
    case 'power-off':
      return eachOnu(model, message.which, (onu) => {
        const { gaspShare, spreadS } = message
        if (message.withGasp && (gaspShare !== undefined || spreadS !== undefined)) {
          return goDark(model, onu, nowMs, gaspShare ?? 1, spreadS ?? 0)
        }
        // of a whole street some die too fast to gasp; ONUs that are named do as they are told
        if (message.withGasp && 'pon' in message.which) losePower(model, onu, nowMs, Infinity)
        else if (message.withGasp && canGasp(model, onu)) {
          goDown(model, onu, nowMs, Infinity, cause.dyingGasp)
        } else goDown(model, onu, nowMs, Infinity, cause.losi)
      })
    case 'pon-fault':
      return failPon(model, ponOf(model, message.pon), message.on, nowMs)
    case 'card-fault':
      for (const pon of model.pons) {
        if (pon.slot === message.slot) failPon(model, pon, message.on, nowMs)
      }
      if (message.on && message.told) model.failedSlots.add(message.slot)
      else model.failedSlots.delete(message.slot)
      return
    case 'cut-drop':
      return eachOnu(model, message.which, (onu) => goDown(model, onu, nowMs, Infinity, cause.losi))
    case 'disable':
      return eachOnu(model, message.which, (onu) =>
        goDown(model, onu, nowMs, Infinity, cause.deactivated),
      )
    case 'reboot-onus':
      return eachOnu(model, message.which, (onu) =>
        goDown(model, onu, nowMs, nowMs + bootMs(model, onu), cause.rebooted),
      )
    case 'restore':
      return eachOnu(model, message.which, (onu) => restore(model, onu, nowMs))
    case 'attenuate-pon': {
      const pon = ponOf(model, message.pon)
      for (const extra of pon.extraLosses) extra.endMs = Math.min(extra.endMs, nowMs)
      const { lossDb } = message
      pon.extraLosses.push({ startMs: nowMs, endMs: Infinity, lowDb: lossDb, highDb: lossDb })
      return
    }
    case 'add-onu':
      return addConfigured(model, message.pon, message.serial, nowMs)
    case 'remove-onus':
      eachOnu(model, message.which, (onu) => {
        model.onus.present[onu] = 0
        model.config.settings.delete(onu)
        model.config.pulled.delete(onu)
      })
      return model.onRowsChanged()
    case 'add-unconfigured': {
      const { serial } = message
      if (serial === undefined) addUnconfigured(model, ponNumber(model, message.pon), nowMs)
      else plug(model, ponNumber(model, message.pon), serialParts(serial), serial, nowMs)
      return model.onRowsChanged()
    }
    case 'plug': {
      const parts = serialParts(message.serial)
      if (message.from !== undefined) unplug(find(message.from).model, parts, nowMs)
      return plug(model, ponNumber(model, message.pon), parts, message.serial, nowMs)
    }
    case 'unplug':
      if (!unplug(model, serialParts(message.serial), nowMs)) {
        throw new RangeError(`${model.name} has no ONU ${message.serial} plugged in`)
      }
      return
    case 'cli-fault':
      simulated.cli.faults.push({
        act: message.act,
        matching: message.matching === undefined ? null : new RegExp(message.matching, 'i'),
        skip: message.skip,
        times: message.times ?? Number.POSITIVE_INFINITY,
      })
      return
    case 'cli-calm':
      simulated.cli.faults = []
      simulated.cli.refuses = false
      simulated.cli.wrong.clear()
      simulated.cli.lockedUntilMs.clear()
      return
    case 'cli-refuse':
      simulated.cli.refuses = message.on
      return
    case 'cli-drop':
      return simulated.cli.dropAll()
    case 'cli-host-key':
      simulated.cli.hostKeyNumber++
      return simulated.cli.renewKeys()
    case 'cli-legacy':
      simulated.cli.legacyOnly = message.on
      return simulated.cli.renewKeys()
    case 'clear-unconfigured':
      model.unconfigured = []
      return model.onRowsChanged()
    case 'duplicate-serial':
      return copySerial(find(message.of.olt).model, message.of.onu, model, message.onu)
    case 'reboot-olt': {
      const startS = model.scenario.cli?.bootS ?? 120
      loseUnsaved(model, nowMs)
      model.bootedAtMs = nowMs
      simulated.cli.dropAll()
      for (const onu of presentOnus(model)) {
        goDown(model, onu, nowMs, nowMs + startS * 1000 + bootMs(model, onu), cause.losi)
      }
      return
    }
    case 'silence':
      faults.silent = message.on
      return
    case 'delay':
      faults.delayMs = message.delayMs
      faults.delayJitterMs = message.jitterMs
      return
    case 'loss':
      faults.lossPercent = message.percent
      return
    case 'loop':
      agent.view.loop = message.mode
      return
    case 'truncate':
      agent.view.rowLimit = message.rows ?? Infinity
      return
    case 'oversized-bulk':
      agent.settings.oversizedBulk = message.answer
      return
    case 'duplicate-answers':
      faults.duplicates = message.on
      return
    case 'wrong-request-id':
      faults.wrongRequestId = message.on
      return
    case 'garbage':
      faults.garbage = message.on
      return
    case 'silent-after':
      faults.silentAfter = message.answers
      return
    case 'answer-from-other-port':
      faults.fromOtherPort = message.on
      return
    case 'set-community':
      agent.settings.community = message.community
      return
    case 'max-reply-bytes':
      agent.settings.maxReplyBytes = message.bytes
      return
    default:
      return assertNever(message)
  }
}

/** Gives one ONU the serial of another, which may sit on another OLT. */
export const copySerial = (from: OltModel, fromOnu: string, to: OltModel, toOnu: string): void => {
  const source = onuNumber(from, fromOnu)
  const target = onuNumber(to, toOnu)
  to.onus.serialVendor[target] = from.onus.serialVendor[source] as number
  to.onus.serialNumber[target] = from.onus.serialNumber[source] as number
}

const ponOf = (olt: OltModel, at: string): PonPort => olt.pons[ponNumber(olt, at)] as PonPort

const onuNumber = (olt: OltModel, name: string): number => {
  const [at = '', id = ''] = name.split(':')
  const p = ponNumber(olt, at)
  const onu = presentOnus(olt).find(
    (candidate) => olt.onus.pon[candidate] === p && olt.onus.onuId[candidate] === Number(id),
  )
  if (onu === undefined) throw new RangeError(`${olt.name} has no ONU ${name}`)
  return onu
}

const eachOnu = (olt: OltModel, which: WhichOnus, act: (onu: number) => void): void => {
  if ('onus' in which) {
    for (const onu of which.onus.map((name) => onuNumber(olt, name))) act(onu)
    return
  }
  const p = ponNumber(olt, which.pon)
  const street = which.street === undefined ? undefined : olt.pons[p]?.streets[which.street]
  for (const onu of presentOnus(olt)) {
    if (olt.onus.pon[onu] !== p) continue
    if (street === undefined || olt.onus.street[onu] === street) act(onu)
  }
}

const goDown = (olt: OltModel, onu: number, startMs: number, endMs: number, why: Cause): void =>
  addInterval(olt, onu, { startMs, endMs, cause: why })

/** Without mains, and one by one without battery; of the gasps only some are heard. */
const goDark = (
  olt: OltModel,
  onu: number,
  nowMs: number,
  gaspShare: number,
  spreadS: number,
): void => {
  const gasps = canGasp(olt, onu) && unit(olt.seed, onu, 98) < gaspShare
  const startMs = nowMs + Math.floor(unit(olt.seed, onu, 99) * Math.max(1, spreadS) * 1000)
  goDown(olt, onu, startMs, Infinity, gasps ? cause.dyingGasp : cause.losi)
}

const failPon = (olt: OltModel, pon: PonPort, on: boolean, nowMs: number): void => {
  if (pon.laser.dark === on) return
  pon.laser.dark = on
  if (on) pon.cuts.push({ startMs: nowMs, endMs: Infinity, cause: cause.los, beyondM: 0 })
  else for (const cut of pon.cuts) if (cut.endMs > nowMs) cut.endMs = nowMs + 40_000
  forgetPon(olt, ponName(pon))
}

const restore = (olt: OltModel, onu: number, nowMs: number): void => {
  for (const interval of olt.ownIntervals.get(onu) ?? []) {
    if (interval.endMs > nowMs) interval.endMs = nowMs + bootMs(olt, onu)
  }
  olt.onus.flapMinutes[onu] = 0
  olt.onus.invalidate(onu)
}

const forgetPon = (olt: OltModel, at: string): void => {
  const p = ponNumber(olt, at)
  for (const onu of presentOnus(olt)) if (olt.onus.pon[onu] === p) olt.onus.invalidate(onu)
}

const addConfigured = (
  olt: OltModel,
  at: string,
  serial: string | undefined,
  nowMs: number,
): void => {
  const p = ponNumber(olt, at)
  const taken = new Set(
    presentOnus(olt)
      .filter((onu) => olt.onus.pon[onu] === p)
      .map((onu) => olt.onus.onuId[onu]),
  )
  const { firstOnuId, onusPerPon } = familyTraits[olt.scenario.family]
  let id = firstOnuId
  while (taken.has(id)) id++
  if (id >= firstOnuId + onusPerPon)
    throw new RangeError(`${olt.name} PON ${ponName(ponOf(olt, at))} is full`)
  const onu = addOnu(olt, p, id)
  if (serial) {
    const { vendor, number } = serialParts(serial)
    olt.onus.serialVendor[onu] = vendor
    olt.onus.serialNumber[onu] = number
  }
  olt.onus.upSinceMs[onu] = nowMs + bootMs(olt, onu)
  goDown(olt, onu, nowMs, nowMs + bootMs(olt, onu), cause.none)
  olt.onRowsChanged()
}
