import type { z } from 'zod'
import type { whatIfRow } from '../../../src-shared/contract/provisioning-model.ts'
import type { Problem } from '../../../src-shared/contract/common.ts'
import {
  packOnuAddress,
  ponOf,
  type OnuAddress,
  type PonAddress,
} from '../../../src-shared/domain/onu-address.ts'
import { opticClasses } from '../../../src-shared/domain/optics.ts'
import { NocturneError } from '../../../src-shared/errors.ts'
import type { NetworkFacts, OltFacts } from '../../engine/network-facts.ts'
import type { OltConfigs } from '../../engine/olt-configs.ts'
import { freeOnuId } from '../plans/rules.ts'
import type { CatalogueReads } from '../presets/catalogue-tables.ts'
import { missingInCatalogue } from '../plans/catalogue-check.ts'
import type { RecordReads } from '../records/record-tables.ts'

/**
 * What would be if these ONUs moved to that PON port. From what is known alone: nothing is changed and
 * no OLT is asked. The light then is an estimate: an ONU keeps what sets it apart from its neighbours
 * (its drop and its own splitter branch) and takes on the middle of the PON it comes to.
 */

export type WhatIfRow = z.output<typeof whatIfRow>

export interface WhatIf {
  readonly rows: WhatIfRow[]
  readonly fits: boolean
  readonly free: number
  readonly serviceLossS: number
  readonly problems: Problem[]
}

/** Taken off and added again: about as long as an ONU needs to be ranged and set up. */
const moveLossS = 90
/** Fewer readings say nothing of a PON. */
const fewestForMedian = 3

export const whatIf = (
  deps: {
    readonly facts: NetworkFacts
    readonly configs: Pick<OltConfigs, 'abilities' | 'obstacle'>
    readonly records: RecordReads
    readonly catalogues: CatalogueReads
  },
  oltId: string,
  addresses: readonly OnuAddress[],
  to: { readonly oltId: string; readonly pon: PonAddress },
): WhatIf => {
  const { facts, configs, records } = deps
  const from = facts.olt(oltId)
  const target = facts.olt(to.oltId)
  if (from === undefined || target === undefined) {
    throw new NocturneError('not-found', { what: 'olt' })
  }
  const toPon = packOnuAddress({ ...to.pon, onuId: 0 })
  const range = configs.abilities(to.oltId)?.onuIds ?? { first: 0, last: 127 }
  const taken = numbersOn(target, toPon)
  for (const { address } of records.between(to.oltId, toPon, toPon + 1023)) {
    taken.add(address & 1023)
  }
  const free = range.last - range.first + 1 - taken.size
  const serialsThere = new Set(
    Array.from(target.rows, (row) => facts.onus.serial(row)).filter((one) => one !== null),
  )
  const medianThere = medianRx(facts, target, toPon)
  const mediansHere = new Map<number, number | null>()
  const missing = missingInCatalogue(deps.catalogues)
  const limit = opticClasses[target.opticClass].onuRx.minDbm
  const asked = new Set<number>()

  const rows = addresses.flatMap((address): WhatIfRow[] => {
    const packed = packOnuAddress(address)
    if (asked.has(packed)) return []
    asked.add(packed)
    const row = facts.rowOf(oltId, packed)
    const record = records.record(oltId, packed)?.config ?? null
    const serial = (row < 0 ? null : facts.onus.serial(row)) ?? record?.serial ?? ''
    const problems: Problem[] = []
    const warnings: Problem[] = []
    if (row < 0 && record === null) problems.push({ code: 'onu-not-there', params: {} })
    const stays = oltId === to.oltId && ponOf(packed) === toPon
    if (stays) problems.push({ code: 'plan-nothing-to-do', params: {} })
    else if (oltId !== to.oltId && serialsThere.has(serial)) {
      problems.push({ code: 'onu-serial-exists', params: { olt: target.name } })
    }

    const onuId = stays ? null : (freeOnuId(taken, range, address.onuId) ?? freeOnuId(taken, range))
    if (onuId === null && !stays) problems.push({ code: 'pon-full', params: {} })
    if (onuId !== null) {
      taken.add(onuId)
      if (onuId !== address.onuId) warnings.push({ code: 'onu-id-taken', params: { onuId } })
    }
    if (record === null) warnings.push({ code: 'plan-no-record', params: {} })
    else if (oltId !== to.oltId) {
      warnings.push(...missing({ oltAfterId: to.oltId, before: null, after: record }))
    }

    const rxNow = row < 0 ? Number.NaN : facts.onus.onuRxDbm(row)
    const pon = ponOf(packed)
    if (!mediansHere.has(pon)) mediansHere.set(pon, medianRx(facts, from, pon))
    const medianHere = mediansHere.get(pon) ?? null
    const rxThen =
      Number.isNaN(rxNow) || medianHere === null || medianThere === null
        ? null
        : rounded(rxNow - medianHere + medianThere)
    const margin = rxThen === null ? null : rounded(rxThen - limit)
    return [
      {
        address,
        serial,
        name: (row < 0 ? null : facts.onus.name(row)) ?? record?.name ?? null,
        newAddress: onuId === null ? null : { ...to.pon, onuId },
        onuRxNowDbm: Number.isNaN(rxNow) ? null : rxNow,
        onuRxThenDbm: rxThen,
        marginThenDb: margin,
        serviceLossS: problems.length > 0 ? 0 : moveLossS,
        problems,
        warnings,
      },
    ]
  })

  const problems: Problem[] = []
  for (const one of new Set([oltId, to.oltId])) {
    const obstacle = configs.obstacle(one)
    if (obstacle !== null) problems.push(obstacle)
  }
  if (!ponIsThere(target, toPon)) problems.push({ code: 'not-found', params: { what: 'pon' } })
  if (rows.filter(({ newAddress }) => newAddress === null).length > 0 && free < rows.length) {
    problems.push({ code: 'pon-full', params: { free } })
  }
  return {
    rows,
    fits: problems.length === 0 && rows.every((row) => row.problems.length === 0),
    free: Math.max(0, free),
    serviceLossS: rows.reduce((most, row) => Math.max(most, row.serviceLossS), 0),
    problems,
  }
}

const numbersOn = (olt: OltFacts, pon: number): Set<number> => {
  const numbers = new Set<number>()
  for (const packed of olt.addresses) if (ponOf(packed) === pon) numbers.add(packed & 1023)
  return numbers
}

const ponIsThere = (olt: OltFacts, pon: number): boolean =>
  olt.ponPorts.some(
    ({ shelf, slot, port }) => packOnuAddress({ shelf, slot, port, onuId: 0 }) === pon,
  ) || numbersOn(olt, pon).size > 0

/** The middle of what the ONUs of a PON receive, dBm; null: too few readings. */
const medianRx = (facts: NetworkFacts, olt: OltFacts, pon: number): number | null => {
  const levels: number[] = []
  for (const [index, packed] of olt.addresses.entries()) {
    if (ponOf(packed) !== pon) continue
    const rx = facts.onus.onuRxDbm(olt.rows[index]!)
    if (!Number.isNaN(rx)) levels.push(rx)
  }
  if (levels.length < fewestForMedian) return null
  levels.sort((one, other) => one - other)
  const middle = levels.length >> 1
  return levels.length % 2 === 1 ? levels[middle]! : (levels[middle - 1]! + levels[middle]!) / 2
}

const rounded = (value: number): number => Math.round(value * 100) / 100
