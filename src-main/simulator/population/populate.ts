import type { OltScenario, Scenario } from '../scenario-schema.ts'
import { cause, type Cause } from './down-causes.ts'
import { canGasp } from './gasps.ts'
import { familyTraits } from './family-traits.ts'
import { streets } from './invented-names.ts'
import { addInterval, type OltModel, type PonPort, ponName } from './olt-model.ts'
import type { OnuModel } from './onu-models.ts'
import { emptyConfig } from './olt-config.ts'
import { OnuTable } from './onu-table.ts'
import { between, hash32, hashText, mix32, normal, unit } from './seeded-random.ts'

const dayMs = 86_400_000
/** Room for ONUs that are added while the plant runs. */
const spareOnus = 256
const streetsPerPon = 6
/** Room in the numbering of serials and codes; more than any chassis holds. */
const onusPerOlt = 4096
/** Loss of a splitter with its connectors, dB (ideal 3 dB a stage plus about 0.4). */
const splitLossDb: Readonly<Record<number, number>> = {
  8: 10.4,
  16: 13.7,
  32: 17.1,
  64: 20.4,
  128: 23.7,
}

/** The maker's part of a serial as one number: four letters, or three octets of a MAC address. */
const vendorNumber = (vendor: string): number =>
  vendor.length === 6 ? Number.parseInt(vendor, 16) : Buffer.from(vendor, 'latin1').readUInt32BE()

/** `HWTC11E70E9A` or `02:BD:C0:01:02:03` in the two numbers that the table keeps. */
export const serialParts = (
  serial: string,
): { readonly vendor: number; readonly number: number } => {
  const hex = serial.replaceAll(':', '')
  const split = hex === serial ? 4 : 6
  return {
    vendor: vendorNumber(hex.slice(0, split)),
    number: Number.parseInt(hex.slice(split), 16),
  }
}

/** A MAC address has room for 24 bits of its own; the odd factor keeps them apart, as mix32 does. */
const ownNumber = (olt: OltModel, n: number): number =>
  familyTraits[olt.scenario.family].technology === 'epon'
    ? Math.imul(n, 0x9e3779b1) & 0xffffff
    : mix32(n)

/** Builds one chassis with its ONUs. The same scenario, seed and start give the same plant. */
export const populate = (
  scenario: Scenario,
  olt: OltScenario,
  oltNumber: number,
  seed: number,
  startMs: number,
): OltModel => {
  const oltSeed = hash32(seed, hashText(olt.name), oltNumber)
  const total = olt.pons.reduce((sum, pon) => sum + pon.onus, 0)
  const model: OltModel = {
    name: olt.name,
    scenario: olt,
    quirks: olt.quirks,
    seed: oltSeed,
    serialBase: hash32(seed, 7) + oltNumber * onusPerOlt,
    codeBase: 100_000 + oltNumber * onusPerOlt,
    startMs,
    timeZoneMinutes: scenario.timeZoneMinutes,
    pons: olt.pons.map((pon, p) => makePon(olt, oltSeed, pon.at, p)),
    models: familyTraits[olt.family].onuModels,
    onus: new OnuTable(total + spareOnus),
    ownIntervals: new Map(),
    failedSlots: new Set(),
    config: emptyConfig(),
    unconfigured: [],
    bootedAtMs: startMs - olt.upDays * dayMs,
    onRowsChanged: () => {},
  }
  const { firstOnuId, onusPerPon } = familyTraits[olt.family]
  for (const [p, pon] of olt.pons.entries()) {
    let spareIds = onusPerPon - pon.onus
    let id = firstOnuId
    for (let n = 0; n < pon.onus; n++, id++) {
      while (spareIds > 0 && unit(oltSeed, p, n, 11) < 0.06 && spareIds-- > 0) id++
      const onu = addOnu(model, p, id)
      seedTroubles(model, onu)
    }
  }
  seedFaults(model, olt)
  for (const { pon, count } of olt.unconfigured) {
    const p = ponNumber(model, pon)
    for (let n = 0; n < count; n++) addUnconfigured(model, p, startMs - n * 611_000 - 90_000)
  }
  return model
}

const makePon = (olt: OltScenario, seed: number, at: string, p: number): PonPort => {
  const [shelf = 0, slot = 0, port = 0] = at.split('/').map(Number)
  const given = olt.pons[p]
  const first = hash32(seed, p, 12) % streets.length
  return {
    shelf,
    slot,
    port,
    split: given?.split ?? 64,
    feederM: given?.feederM ?? 0,
    launchDbm: between(3.6, 5.6, unit(seed, p, 13)),
    streets: Array.from({ length: streetsPerPon }, (_, k) => (first + k) % streets.length),
    laser: { dark: false },
    cuts: [],
    extraLosses: [],
  }
}

export const ponNumber = (olt: OltModel, at: string): number => {
  const p = olt.pons.findIndex((pon) => ponName(pon) === at)
  if (p < 0) throw new RangeError(`${olt.name} has no PON ${at}`)
  return p
}

/** Adds a configured ONU and gives its number. */
export const addOnu = (olt: OltModel, p: number, onuId: number): number => {
  const onus = olt.onus
  const onu = onus.count
  if (onu >= onus.capacity) onus.grow()
  onus.count++
  const { seed } = olt
  const pon = olt.pons[p] as PonPort
  const modelNumber = Math.floor(unit(seed, onu, 14) ** 1.6 * olt.models.length)
  const model = olt.models[modelNumber] as OnuModel
  const branch = Math.floor(unit(seed, onu, 15) * streetsPerPon)
  const distance = pon.feederM + branch * 170 + 40 + 420 * unit(seed, onu, 16)
  const weak = unit(seed, onu, 17) < olt.scenario.population.weakShare
  const loss =
    (splitLossDb[pon.split] ?? 20.4) +
    (0.35 * distance) / 1000 +
    1.1 +
    1.3 * normal(seed, onu, 18) +
    (weak ? between(2.5, 9.5, unit(seed, onu, 19)) : 0)
  const tx = 2.3 + 0.35 * normal(seed, onu, 20)
  onus.pon[onu] = p
  onus.onuId[onu] = onuId
  onus.present[onu] = 1
  onus.model[onu] = modelNumber
  onus.street[onu] = pon.streets[branch] as number
  onus.house[onu] = 1 + (hash32(seed, onu, 21) % 180)
  onus.code[onu] = olt.codeBase + onu
  onus.serialVendor[onu] = vendorNumber(model.vendor)
  onus.serialNumber[onu] = ownNumber(olt, olt.serialBase + onu)
  onus.distanceM[onu] = distance
  onus.rxDbm[onu] = Math.min(-9, Math.max(-29.3, pon.launchDbm - loss))
  onus.txDbm[onu] = tx
  onus.oltRxDbm[onu] = Math.max(-30.5, tx - loss - 0.4 + 0.3 * normal(seed, onu, 23))
  // octets per second: heavy-tailed about 90 kB/s, as homes are
  onus.downRate[onu] = 90_000 * Math.exp(1.1 * normal(seed, onu, 24))
  onus.upShare[onu] = between(0.05, 0.22, unit(seed, onu, 25))
  onus.upSinceMs[onu] = Math.floor(olt.startMs - between(0.3, 85, unit(seed, onu, 26) ** 2) * dayMs)
  return onu
}

/** The long dead, the switched off and the flapping. */
const seedTroubles = (olt: OltModel, onu: number): void => {
  const { population } = olt.scenario
  const draw = unit(olt.seed, onu, 27)
  const startMs = Math.floor(olt.startMs - between(0.04, 40, unit(olt.seed, onu, 28) ** 3) * dayMs)
  let limit = population.disabledShare
  if (draw < limit) {
    addInterval(olt, onu, { startMs, endMs: Infinity, cause: cause.deactivated })
    return
  }
  limit += population.flappingShare
  if (draw < limit) {
    olt.onus.flapMinutes[onu] = 6 + (hash32(olt.seed, onu, 29) % 20)
    return
  }
  if (draw < limit + population.offlineShare) {
    const why = deadCause(unit(olt.seed, onu, 30))
    const isHeard = why !== cause.dyingGasp || canGasp(olt, onu)
    addInterval(olt, onu, { startMs, endMs: Infinity, cause: isHeard ? why : cause.losi })
  }
}

const deadCause = (fraction: number): Cause => {
  if (fraction < 0.55) return cause.dyingGasp
  if (fraction < 0.88) return cause.losi
  return fraction < 0.94 ? cause.los : cause.lofi
}

const seedFaults = (olt: OltModel, scenario: OltScenario): void => {
  for (const fault of scenario.faults) {
    const p = ponNumber(olt, fault.pon)
    const pon = olt.pons[p] as PonPort
    const startMs = olt.startMs + fault.startsAfterS * 1000
    switch (fault.kind) {
      case 'bad-splitter': {
        const [lowDb, highDb] = fault.lossDb
        pon.extraLosses.push({ startMs, endMs: Infinity, lowDb, highDb })
        break
      }
      case 'fibre-cut': {
        const endMs = endOf(olt, fault.endsAfterS)
        pon.cuts.push({ startMs, endMs, cause: cause.los, beyondM: fault.beyondM })
        break
      }
      case 'power-loss': {
        const street = fault.street === undefined ? undefined : pon.streets[fault.street]
        for (let onu = 0; onu < olt.onus.count; onu++) {
          if (olt.onus.pon[onu] !== p) continue
          if (street !== undefined && olt.onus.street[onu] !== street) continue
          losePower(olt, onu, startMs, endOf(olt, fault.endsAfterS))
        }
        break
      }
    }
  }
}

const endOf = (olt: OltModel, endsAfterS: number | undefined): number =>
  endsAfterS === undefined ? Infinity : olt.startMs + endsAfterS * 1000

/** Within three seconds of each other; one in fifteen dies too fast to gasp. */
export const losePower = (olt: OltModel, onu: number, atMs: number, endMs: number): void => {
  const gasps = canGasp(olt, onu) && unit(olt.seed, onu, 33) > 0.066
  addInterval(olt, onu, {
    startMs: atMs + Math.floor(unit(olt.seed, onu, 34) * 3000),
    endMs,
    cause: gasps ? cause.dyingGasp : cause.losi,
  })
}

export const addUnconfigured = (
  olt: OltModel,
  p: number,
  seenAtMs: number,
  serial?: string,
): void => {
  const n = olt.unconfigured.length
  const model = olt.models[hash32(olt.seed, n, 35) % olt.models.length] as OnuModel
  const invented = {
    vendor: vendorNumber(model.vendor),
    number:
      hash32(olt.seed, n, 36, Math.floor(seenAtMs)) >>>
      (familyTraits[olt.scenario.family].technology === 'epon' ? 8 : 0),
  }
  olt.unconfigured.push({
    pon: p,
    model,
    ...(serial ? serialParts(serial) : invented),
    seenAtMs,
    row: null,
  })
}
