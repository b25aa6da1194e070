import { between, hash32, unit } from '../population/seeded-random.ts'

/**
 * An invented town around an OLT: 48 streets in six blocks, houses along them by number. It lies
 * inland of the north coast of Java, where no such town is; nothing in it is a real address.
 */
export interface Point {
  readonly latitude: number
  readonly longitude: number
}

export interface Town {
  readonly centre: Point
  /** A house of a street; `draw` tells houses of the same number apart by a few metres. */
  readonly house: (street: number, house: number, draw: number) => Point
  /** On the street's own line: where boxes hang. `house` may be between two numbers. */
  readonly alongStreet: (street: number, house: number) => Point
}

/** South-west corner of the land that towns share. */
const corner = { latitude: -6.98, longitude: 111.24 }
/** Towns lie this far apart, so that two never meet. */
const townEveryM = 3_400
const townsAcross = 7

const streetsPerBlock = 8
const blocksAcross = 3
const blockSideM = 620
const mainRoadM = 70
const streetEveryM = 76
const lotsPerSide = 90
const metresPerDegree = 111_320

/** The n-th town of a plant. The same seed and number give the same town. */
export const townOf = (seed: number, number: number): Town => {
  const jitter = (key: number): number => (unit(seed, number, key) - 0.5) * 700
  const column = number % townsAcross
  const row = Math.floor(number / townsAcross)
  const base = offset(
    corner,
    column * townEveryM + 1_500 + jitter(201),
    row * townEveryM + 1_500 + jitter(202),
  )
  const turn = between(-0.24, 0.24, unit(seed, number, 203))

  /** From metres in the town's own grid. */
  const at = (eastM: number, northM: number): Point =>
    offset(
      base,
      eastM * Math.cos(turn) - northM * Math.sin(turn),
      eastM * Math.sin(turn) + northM * Math.cos(turn),
    )

  /** Along and across a street, metres; streets bend a little, each its own way. */
  const onStreet = (street: number, alongM: number, acrossM: number): Point => {
    const block = Math.floor(street / streetsPerBlock)
    const lane = street % streetsPerBlock
    const side = blockSideM + mainRoadM
    const west = ((block % blocksAcross) - blocksAcross / 2) * side
    const south = (Math.floor(block / blocksAcross) - 1) * side
    const bend = (unit(seed, number, street, 204) - 0.5) * 44
    const bent =
      acrossM + lane * streetEveryM + 30 + bend * Math.sin((Math.PI * alongM) / blockSideM)
    return block % 2 === 0 ? at(west + alongM, south + bent) : at(west + bent, south + alongM)
  }

  const alongOf = (house: number): number => 10 + (blockSideM - 20) * (house / 2 / lotsPerSide)

  return {
    centre: at(-mainRoadM / 2, -mainRoadM / 2),
    house: (street, house, draw) => {
      const outwards = house % 2 === 0 ? 1 : -1
      const back = (hash32(seed, draw, 205) % 60) / 10
      const aside = ((hash32(seed, draw, 206) % 40) - 20) / 10
      return onStreet(street, alongOf(house) + aside, outwards * (10 + back))
    },
    alongStreet: (street, house) => onStreet(street, alongOf(house), 3),
  }
}

const offset = ({ latitude, longitude }: Point, eastM: number, northM: number): Point => ({
  latitude: rounded(latitude + northM / metresPerDegree),
  longitude: rounded(longitude + eastM / (metresPerDegree * Math.cos((latitude * Math.PI) / 180))),
})

/** About a decimetre, as a phone tells it. */
const rounded = (degrees: number): number => Math.round(degrees * 1e6) / 1e6
