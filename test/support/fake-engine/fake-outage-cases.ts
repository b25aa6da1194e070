import type { Output } from '../../../src-shared/contract/index.ts'
import type {
  Confidence,
  EvidenceKind,
  Verdict,
} from '../../../src-shared/domain/outage-verdicts.ts'
import type { Severity } from '../../../src-shared/domain/severity.ts'
import { ponOf } from '../../../src-shared/domain/onu-address.ts'
import { seededRandom } from '../seeded-random.ts'
import { setState, type FakePlant } from './fake-plant.ts'

/** What goes wrong in the generated network: the same size gives the same outages. */

type Evidence = Output<'outages.outage'>['evidence'][number]

export interface FakeOutage {
  readonly id: string
  readonly verdict: Verdict
  readonly confidence: Confidence
  readonly severity: Severity
  readonly beganAt: number
  /** Null: not as long as one looks. */
  readonly endsAt: number | null
  /** When the first of them comes back; null: none does. */
  readonly returnsAt: number | null
  readonly rows: readonly number[]
  /** Seconds after the begin, and the gasp, in the order of `rows`. */
  readonly downS: readonly number[]
  readonly gasps: readonly ('seen' | 'not-seen' | 'never-sends')[]
  readonly node: { readonly id: string; readonly name: string; readonly path: string } | null
  readonly areas: readonly string[]
  readonly evidence: readonly Evidence[]
  readonly weighed: readonly { readonly verdict: Verdict; readonly share: number }[]
}

const minuteMs = 60_000
const dayMs = 86_400_000

const idOf = (index: number): string =>
  `01930000-0000-7000-8000-${(0xa0000 + index).toString(16).padStart(12, '0')}`

const says = (
  kind: EvidenceKind,
  speaks: 'for' | 'against',
  weight: number,
  params: Evidence['params'] = {},
): Evidence => ({ kind, speaks, weight, params })

interface Plan {
  readonly verdict: Verdict
  readonly confidence: Confidence
  readonly severity: Severity
  readonly agoMs: number
  readonly lastsMs?: number
  readonly returnsAfterMs?: number
  readonly rows: readonly number[]
  readonly gaspShare: number
  readonly spreadS: number
  readonly node?: FakeOutage['node']
  readonly areas?: readonly string[]
  readonly evidence: readonly Evidence[]
  readonly weighed: FakeOutage['weighed']
}

const node = (name: string, ...above: readonly string[]) => ({
  id: '01930000-0000-7000-8000-0000000c0001',
  name,
  path: [...above, name].join(' › '),
})

export const createFakeOutageCases = (plant: FakePlant, now: number): readonly FakeOutage[] => {
  if (plant.size < 300) return []
  const random = seededRandom(plant.size + 7)
  const pons = (oltIndex: number): number[][] => {
    const olt = plant.olts[oltIndex]!
    const byPon = new Map<number, number[]>()
    for (let row = olt.firstRow; row < olt.firstRow + olt.rows; row += 1) {
      const pon = ponOf(plant.address[row]!)
      byPon.set(pon, [...(byPon.get(pon) ?? []), row])
    }
    return [...byPon.values()]
  }
  const first = pons(0)
  // A network of 300 ONUs has one OLT, and few PON ports.
  const second = plant.olts.length > 1 ? pons(1) : first
  const at = (of: readonly number[][], pon: number): number[] => of[pon % of.length]!
  const half = at(first, 3).filter((_, index) => index % 4 === 1)
  const dark = first.slice(4, 7).flatMap((rows) => rows.filter((_, index) => index % 3 !== 0))
  const large = plant.size > 50_000 ? pons(4).slice(0, 16).flat() : []
  const cut = at(second, 2)
  const few = at(second, 5).slice(3, 8)

  const open: Plan[] = [
    {
      verdict: 'feeder',
      confidence: 'high',
      severity: 'critical',
      agoMs: 6 * minuteMs,
      rows: cut,
      gaspShare: 0,
      spreadS: 4,
      evidence: [
        says('all-of-pon', 'for', 0.9, { affected: cut.length, total: cut.length }),
        says('port-down', 'for', 0.8, { pon: '0/1/2' }),
        says('no-gasps', 'for', 0.6, { affected: cut.length }),
        says('all-at-once', 'for', 0.5, { seconds: 4 }),
        says('olt-reachable', 'for', 0.3),
        says('light-steady-before', 'against', 0.1),
      ],
      weighed: [
        { verdict: 'pon-port', share: 0.17 },
        { verdict: 'card', share: 0.03 },
      ],
    },
    {
      verdict: 'distribution',
      confidence: 'high',
      severity: 'major',
      agoMs: 23 * minuteMs,
      rows: half,
      gaspShare: 0,
      spreadS: 9,
      node: node('ODB Melati-03', 'Harbour', 'Cabinet HB-2'),
      areas: ['Jl. Melati'],
      evidence: [
        says('common-splitter', 'for', 0.9, { node: 'ODB Melati-03', affected: half.length }),
        says('no-gasps', 'for', 0.7, { affected: half.length }),
        says('splitter-siblings-up', 'for', 0.5, { up: at(first, 3).length - half.length }),
        says('light-fell-before', 'for', 0.3, { onus: 5, dropDb: 2.4 }),
        says('gasp-never-seen-here', 'against', 0.2, { onus: 3 }),
      ],
      weighed: [
        { verdict: 'area-power', share: 0.09 },
        { verdict: 'mixed', share: 0.04 },
      ],
    },
    {
      verdict: 'area-power',
      confidence: 'medium',
      severity: 'major',
      agoMs: 41 * minuteMs,
      returnsAfterMs: 33 * minuteMs,
      rows: dark,
      gaspShare: 0.82,
      spreadS: 75,
      areas: ['Jl. Kenanga', 'Jl. Anggrek', 'Mill Lane'],
      evidence: [
        says('gasps', 'for', 0.9, {
          withGasp: Math.round(dark.length * 0.82),
          affected: dark.length,
        }),
        says('several-pons-one-area', 'for', 0.8, { pons: 3, area: 'Jl. Kenanga' }),
        says('gasps-first', 'for', 0.4),
        says('staggered', 'for', 0.3, { seconds: 75 }),
        says('siblings-up', 'against', 0.3, { up: 44 }),
      ],
      weighed: [
        { verdict: 'mixed', share: 0.24 },
        { verdict: 'distribution', share: 0.06 },
      ],
    },
    {
      verdict: 'undetermined',
      confidence: 'low',
      severity: 'minor',
      agoMs: 50_000,
      rows: few,
      gaspShare: 0.4,
      spreadS: 30,
      evidence: [
        says('share-of-pon', 'for', 0.3, { affected: few.length, total: at(second, 5).length }),
        says('plant-unknown', 'against', 0.4),
      ],
      weighed: [
        { verdict: 'mixed', share: 0.35 },
        { verdict: 'distribution', share: 0.28 },
      ],
    },
  ]
  if (large.length > 0) {
    open.unshift({
      verdict: 'card',
      confidence: 'high',
      severity: 'critical',
      agoMs: 3 * minuteMs,
      rows: large,
      gaspShare: 0.01,
      spreadS: 6,
      evidence: [
        says('several-pons-one-card', 'for', 0.95, { pons: 16, slot: 2 }),
        says('all-at-once', 'for', 0.6, { seconds: 6 }),
        says('no-gasps', 'for', 0.5, { affected: large.length }),
        says('olt-reachable', 'for', 0.4),
      ],
      weighed: [
        { verdict: 'feeder', share: 0.07 },
        { verdict: 'olt-restart', share: 0.03 },
      ],
    })
  }
  const ended: Plan[] = [
    {
      verdict: 'olt-restart',
      confidence: 'high',
      severity: 'major',
      agoMs: 190 * minuteMs,
      lastsMs: 7 * minuteMs,
      returnsAfterMs: 4 * minuteMs,
      rows: second.flat(),
      gaspShare: 0,
      spreadS: 2,
      evidence: [
        says('olt-restarted', 'for', 1, {
          olt: (plant.olts[1] ?? plant.olts[0]!).name,
          uptimeS: 41,
        }),
        says('all-at-once', 'for', 0.6, { seconds: 2 }),
      ],
      weighed: [{ verdict: 'card', share: 0.02 }],
    },
    ...Array.from({ length: 57 }, (_, index): Plan => pastPlan(index, first, second, random)),
  ]
  const cases = [...open, ...ended].map((plan, index) => makeCase(plan, index, now, random))
  for (const each of cases) {
    if (each.endsAt !== null) continue
    each.rows.forEach((row, index) => {
      const cause = each.gasps[index] === 'seen' ? 'dying-gasp' : 'los'
      setState(plant, row, 'offline', cause, each.beganAt + each.downS[index]! * 1000)
    })
  }
  return cases
}

const pastKinds: readonly (readonly [Verdict, number, Severity])[] = [
  ['area-power', 0.9, 'major'],
  ['distribution', 0, 'major'],
  ['single-drop', 0, 'warning'],
  ['customer-power', 1, 'warning'],
  ['mixed', 0.4, 'minor'],
  ['feeder', 0, 'critical'],
  ['pon-port', 0, 'critical'],
]

const pastPlan = (
  index: number,
  first: readonly (readonly number[])[],
  second: readonly (readonly number[])[],
  random: () => number,
): Plan => {
  const [verdict, gaspShare, severity] = pastKinds[index % pastKinds.length]!
  const of = index % 2 === 0 ? first : second
  const pon = of[(index % 7) % of.length]!
  const single = verdict === 'single-drop' || verdict === 'customer-power'
  const whole = verdict === 'feeder' || verdict === 'pon-port'
  const rows = single
    ? pon.slice(index % 40, (index % 40) + 1)
    : whole
      ? pon
      : pon.filter(() => random() < 0.4)
  const lastsMs = Math.round((8 + random() ** 2 * 600) * minuteMs)
  return {
    verdict,
    confidence: random() < 0.6 ? 'high' : 'medium',
    severity,
    agoMs: Math.round((0.3 + index * 0.52 + random() * 0.2) * dayMs),
    lastsMs,
    returnsAfterMs: Math.round(lastsMs * 0.8),
    rows,
    gaspShare,
    spreadS: 5 + Math.round(random() * 60),
    areas: verdict === 'area-power' ? ['Jl. Kenanga'] : [],
    evidence: [
      gaspShare > 0.5
        ? says('gasps', 'for', 0.8, { withGasp: rows.length, affected: rows.length })
        : says('no-gasps', 'for', 0.6, { affected: rows.length }),
    ],
    weighed: [{ verdict: 'mixed', share: 0.12 }],
  }
}

const makeCase = (plan: Plan, index: number, now: number, random: () => number): FakeOutage => {
  const beganAt = now - plan.agoMs
  const downS = plan.rows
    .map(() => Math.round(random() ** 1.7 * plan.spreadS * 10) / 10)
    .toSorted((one, other) => one - other)
  return {
    id: idOf(index + 1),
    verdict: plan.verdict,
    confidence: plan.confidence,
    severity: plan.severity,
    beganAt,
    endsAt: plan.lastsMs === undefined ? null : beganAt + plan.lastsMs,
    returnsAt: plan.returnsAfterMs === undefined ? null : beganAt + plan.returnsAfterMs,
    rows: plan.rows,
    downS,
    gasps: plan.rows.map((row) =>
      random() < plan.gaspShare ? 'seen' : row % 11 === 0 ? 'never-sends' : 'not-seen',
    ),
    node: plan.node ?? null,
    areas: plan.areas ?? [],
    evidence: plan.evidence,
    weighed: plan.weighed,
  }
}
