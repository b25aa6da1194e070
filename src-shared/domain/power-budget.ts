/**
 * What light should arrive at an ONU: the OLT's launch power less what the way costs. Losses per part are
 * the planning values of ITU-T G.671 (splitters, worst case about 3.5 dB per halving plus excess),
 * G.652.D (fibre, 0.25 dB/km at 1490 nm with splices) and 0.3 dB for a connector pair.
 */
export interface PowerPath {
  /** dBm; null: not measured, so the class's middle is taken. */
  readonly launchDbm: number | null
  /** Metres of fibre; null: not known. */
  readonly fibreM: number | null
  /** Ports of each splitter on the way, such as 8 for 1:8. */
  readonly splits: readonly number[]
  readonly connectors: number
}

export interface PowerTarget {
  /** What should arrive, dBm, rounded to a tenth. */
  readonly expectedDbm: number
  /** Weakest that is signed off without a word: expected less the allowance, dBm. */
  readonly targetDbm: number
  readonly parts: readonly {
    readonly part: 'launch' | 'fibre' | 'splitter' | 'connectors'
    readonly db: number
    readonly of: number
  }[]
  /** Where a part was not known: a planning value stands in its place. */
  readonly assumed: readonly ('launch' | 'fibre' | 'splitter')[]
}

/** ITU-T G.984.2 Amd 1, class B+: 1.5 to 5 dBm. */
const planningLaunchDbm = 3
const planningFibreM = 2000
const planningSplit = 32
const fibreDbPerKm = 0.25
const connectorDb = 0.3
/** Between planning and a good day's work, dB. */
export const allowanceDb = 2

/** Loss of 1:n: 3.2 dB per halving and half a dB of excess (1:2 3.7, 1:8 10.1, 1:32 16.5, 1:64 19.7). */
export const splitterLossDb = (ports: number): number =>
  ports <= 1 ? 0 : 3.2 * Math.log2(ports) + 0.5

const tenth = (db: number): number => Math.round(db * 10) / 10

export const powerTarget = (path: PowerPath): PowerTarget => {
  const launch = path.launchDbm ?? planningLaunchDbm
  const fibreM = path.fibreM ?? planningFibreM
  const splits = path.splits.length === 0 ? [planningSplit] : path.splits
  const parts: PowerTarget['parts'][number][] = [
    { part: 'launch', db: launch, of: launch },
    { part: 'fibre', db: -(fibreM / 1000) * fibreDbPerKm, of: fibreM },
    ...splits.map((ports) => ({
      part: 'splitter' as const,
      db: -splitterLossDb(ports),
      of: ports,
    })),
    { part: 'connectors', db: -path.connectors * connectorDb, of: path.connectors },
  ]
  const expected = parts.reduce((sum, { db }) => sum + db, 0)
  const assumed: PowerTarget['assumed'][number][] = []
  if (path.launchDbm === null) assumed.push('launch')
  if (path.fibreM === null) assumed.push('fibre')
  if (path.splits.length === 0) assumed.push('splitter')
  return {
    expectedDbm: tenth(expected),
    targetDbm: tenth(expected - allowanceDb),
    parts: parts.map((one) => ({ ...one, db: tenth(one.db) })),
    assumed,
  }
}

/**
 * `good`: at the target or better. `weak`: below it, but within what the receiver is specified for.
 * `bad`: beyond its limits.
 */
export const lightVerdict = (
  rxDbm: number,
  targetDbm: number | null,
  range: { readonly minDbm: number; readonly maxDbm: number },
): 'good' | 'weak' | 'bad' => {
  if (rxDbm < range.minDbm || rxDbm > range.maxDbm) return 'bad'
  return targetDbm === null || rxDbm >= targetDbm ? 'good' : 'weak'
}
