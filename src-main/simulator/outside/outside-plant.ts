import { packOnuAddress } from '../../../src-shared/domain/onu-address.ts'
import { address } from '../families/onu-cells.ts'
import { streets } from '../population/invented-names.ts'
import { type OltModel, type PonPort, presentOnus } from '../population/olt-model.ts'
import { type Town, townOf } from './town.ts'

/**
 * What lies between the ports of one OLT and its ONUs: a zone for where it stands, per PON a
 * cabinet with its first splitter, and boxes of eight ports along the streets, filled street by
 * street. The same scenario and seed give the same plant.
 */
export interface OutsidePlant {
  readonly latitude: number
  readonly longitude: number
  /** What they hang on comes before them. */
  readonly nodes: readonly OutsideNode[]
  /** Packed; one place per ONU in each column. */
  readonly addresses: Int32Array
  /** Position in `nodes`, and port of it. */
  readonly nodeOf: Int32Array
  readonly ports: Uint16Array
  readonly latitudes: Float64Array
  readonly longitudes: Float64Array
  readonly streetAddresses: readonly string[]
}

export interface OutsideNode {
  readonly kind: 'zone' | 'cabinet' | 'splitter' | 'odb'
  readonly name: string
  /** Position of what it hangs on; -1: at the top. A zone may be there already, of another OLT. */
  readonly parent: number
  readonly capacity: number | null
  /** Packed PON port that feeds it, onuId 0; null: as what it hangs on. */
  readonly pon: number | null
  readonly latitude: number | null
  readonly longitude: number | null
  readonly street: string
}

export interface OutsideOptions {
  readonly olt: OltModel
  /** Its number in the plant: each has a town of its own. */
  readonly number: number
  readonly plantSeed: number
  /** Other OLTs are said to stand at the same place. */
  readonly sharesLocation: boolean
}

/** Ports of a box; with it a first splitter of N/8 makes the PON's split. */
const boxPorts = 8

export const outsidePlant = (options: OutsideOptions): OutsidePlant => {
  const { olt } = options
  const town = townOf(options.plantSeed, options.number)
  const nodes: OutsideNode[] = zonesOf(options, town)
  const zone = nodes.length - 1
  const onus = presentOnus(olt)
  const nodeOf = new Int32Array(olt.onus.count)
  const ports = new Uint16Array(olt.onus.count)

  for (const [p, pon] of olt.pons.entries()) {
    const ofPon = onus
      .filter((onu) => olt.onus.pon[onu] === p)
      .toSorted((one, other) => orderOf(olt, pon, one) - orderOf(olt, pon, other))
    if (ofPon.length === 0) continue
    const splitter = addCabinet(nodes, { olt, pon, p, zone, town })
    for (let first = 0; first < ofPon.length; first += boxPorts) {
      const some = ofPon.slice(first, first + boxPorts)
      const box = nodes.length
      nodes.push(
        boxOf(olt, some, town, {
          name: `ODB ${olt.name}/${twoDigits(p + 1)}-${twoDigits(first / boxPorts + 1)}`,
          parent: splitter,
        }),
      )
      for (const [n, onu] of some.entries()) {
        nodeOf[onu] = box
        ports[onu] = n + 1
      }
    }
  }

  const points = onus.map((onu) =>
    town.house(olt.onus.street[onu] as number, olt.onus.house[onu] as number, olt.seed + onu),
  )
  return {
    ...town.centre,
    nodes,
    addresses: Int32Array.from(onus, (onu) => {
      const { shelf, slot, port } = olt.pons[olt.onus.pon[onu] as number] as PonPort
      return packOnuAddress({ shelf, slot, port, onuId: olt.onus.onuId[onu] as number })
    }),
    nodeOf: Int32Array.from(onus, (onu) => nodeOf[onu] as number),
    ports: Uint16Array.from(onus, (onu) => ports[onu] as number),
    latitudes: Float64Array.from(points, ({ latitude }) => latitude),
    longitudes: Float64Array.from(points, ({ longitude }) => longitude),
    streetAddresses: onus.map((onu) => address(olt, onu)),
  }
}

const zonesOf = ({ olt, sharesLocation }: OutsideOptions, { centre }: Town): OutsideNode[] => {
  const location = olt.scenario.location.trim()
  const plain = { kind: 'zone', capacity: null, pon: null, street: '' } as const
  const own = { ...plain, ...centre }
  if (location === '') return [{ ...own, name: olt.name, parent: -1 }]
  if (!sharesLocation) return [{ ...own, name: location, parent: -1 }]
  return [
    { ...plain, name: location, parent: -1, latitude: null, longitude: null },
    { ...own, name: olt.name, parent: 0 },
  ]
}

/** The cabinet stands at the mouth of the PON's first street; gives the position of its splitter. */
const addCabinet = (
  nodes: OutsideNode[],
  place: {
    readonly olt: OltModel
    readonly pon: PonPort
    readonly p: number
    readonly zone: number
    readonly town: Town
  },
): number => {
  const { olt, pon, p, zone, town } = place
  const outputs = Math.max(1, pon.split / boxPorts)
  const first = pon.streets[0] ?? 0
  const number = twoDigits(p + 1)
  nodes.push(
    {
      kind: 'cabinet',
      name: `ODC ${olt.name}/${number}`,
      parent: zone,
      capacity: null,
      pon: packOnuAddress({ ...pon, onuId: 0 }),
      ...town.alongStreet(first, -2 - 3 * (p % 4)),
      street: streets[first] ?? '',
    },
    {
      kind: 'splitter',
      name: `SP 1:${outputs}`,
      parent: nodes.length,
      capacity: outputs,
      pon: null,
      // It stands in the cabinet.
      latitude: null,
      longitude: null,
      street: '',
    },
  )
  return nodes.length - 1
}

const boxOf = (
  olt: OltModel,
  onus: readonly number[],
  town: Town,
  { name, parent }: { readonly name: string; readonly parent: number },
): OutsideNode => {
  const counts = new Map<number, number>()
  for (const onu of onus) {
    const street = olt.onus.street[onu] as number
    counts.set(street, (counts.get(street) ?? 0) + 1)
  }
  const [street = 0] = [...counts].toSorted(([, one], [, other]) => other - one)[0] ?? []
  const houses = onus
    .filter((onu) => olt.onus.street[onu] === street)
    .map((onu) => olt.onus.house[onu] as number)
  const middle = houses.reduce((sum, house) => sum + house, 0) / Math.max(1, houses.length)
  return {
    kind: 'odb',
    name,
    parent,
    capacity: boxPorts,
    pon: null,
    ...town.alongStreet(street, middle),
    street: streets[street] ?? '',
  }
}

/** As a fitter goes along: street by street of the PON, house by house. */
const orderOf = (olt: OltModel, pon: PonPort, onu: number): number =>
  pon.streets.indexOf(olt.onus.street[onu] as number) * 100_000 +
  (olt.onus.house[onu] as number) * 200 +
  (olt.onus.onuId[onu] as number)

const twoDigits = (number: number): string => String(number).padStart(2, '0')
