import { item, optical, percent, type EvidenceItem, type Weights } from './evidence-item.ts'
import type { OutageFacts } from './outage-facts.ts'
import { areaEvidence, beforeEvidence, plantEvidence } from './place-evidence.ts'
import type { OutageThresholds } from './thresholds.ts'

export const evidenceOf = (facts: OutageFacts, limits: OutageThresholds): EvidenceItem[] => [
  ...extentEvidence(facts),
  ...chassisEvidence(facts, limits),
  ...gaspEvidence(facts, limits),
  ...timeEvidence(facts, limits),
  ...plantEvidence(facts),
  ...areaEvidence(facts),
  ...beforeEvidence(facts, limits),
]

/** How much of its PONs fell. */
const extentEvidence = ({ pons, members, plant }: OutageFacts): EvidenceItem[] => {
  if (pons.whole === pons.count) {
    const weights: Weights =
      pons.count === 1
        ? {
            feeder: 2.5,
            'pon-port': 2.5,
            card: -1.5,
            distribution: -2,
            'area-power': 0.2,
            'olt-restart': 0.5,
          }
        : {
            feeder: 1,
            'pon-port': -2.5,
            card: 1,
            distribution: -2.5,
            'area-power': 0.5,
            'olt-restart': 0.5,
          }
    return [item('all-of-pon', { total: members, pons: pons.count }, weights)]
  }
  const params = { affected: members, total: members + pons.up, pons: pons.count }
  if (pons.whole > 0) {
    return [
      item('share-of-pon', params, {
        feeder: -2,
        'pon-port': -4,
        card: -3,
        distribution: -0.5,
        'area-power': 2,
        'olt-restart': -3,
      }),
    ]
  }
  // Parts of several ports within one moment: one street's power, or a cable that carries them all.
  const isOneCable = plant.node !== null && plant.severalPons
  return [
    item('share-of-pon', params, {
      feeder: -3.5,
      'pon-port': -5,
      card: -5,
      // Three ports' boxes have no cable in common, unless the plant says so.
      distribution: pons.count === 1 || isOneCable ? 2 : pons.count === 2 ? -0.5 : -2.5,
      'area-power': pons.count === 1 ? 1.5 : 2.5,
      'olt-restart': -4,
    }),
  ]
}

/** What the OLT says of itself, its cards and its ports. */
const chassisEvidence = (facts: OutageFacts, limits: OutageThresholds): EvidenceItem[] => {
  const { cards, pons, ports, restarted, shareOfOlts } = facts
  const found: EvidenceItem[] = []
  const isWhole = pons.whole === pons.count
  if (restarted === true) {
    const isAll = shareOfOlts >= 0.5
    found.push(
      item(
        'olt-restarted',
        { olt: facts.oltNames },
        isAll
          ? { ...optical(-2), 'area-power': -3, 'olt-restart': 9, mixed: -2 }
          : { 'olt-restart': 2 },
      ),
    )
  } else if (restarted === false) {
    found.push(item('olt-reachable', {}, { 'olt-restart': -8 }))
  } else if (shareOfOlts >= limits.wholeOltShare) {
    // Its uptime was not read since: what takes a whole OLT down at once is mostly the OLT.
    found.push(item('olt-reachable', {}, { 'olt-restart': 2 }))
  }
  if (cards.explainAll && isWhole) {
    found.push(
      item(
        'several-pons-one-card',
        { pons: cards.wholePons, cards: cards.whole },
        {
          card: cards.otherCardsUp === true ? 4.5 : 2.5,
          feeder: -0.5,
          'pon-port': -3,
          'area-power': -0.5,
        },
      ),
    )
  } else if (isWhole && pons.count > 1) {
    found.push(item('several-pons-one-cable', { pons: pons.count }, { feeder: 2, card: -4 }))
  }
  if (cards.failed > 0) {
    found.push(
      item(
        'card-failed',
        { cards: cards.failed },
        { card: 6, 'pon-port': -3, feeder: -4, 'area-power': -4, distribution: -4 },
      ),
    )
  } else if (cards.explainAll && cards.inService > 0) {
    found.push(item('card-works', {}, { card: -1.5 }))
  }
  if (ports.down > 0) {
    found.push(
      item(
        'port-down',
        { pon: facts.downPorts, ports: ports.down },
        { feeder: 0.5, 'pon-port': 0.8, card: 0.3, distribution: -1 },
      ),
    )
  }
  if (ports.dark > 0) {
    const isCard = cards.explainAll && ports.dark > 1
    found.push(
      item(
        'laser-dark',
        { ports: ports.dark },
        {
          feeder: -5,
          'area-power': -5,
          distribution: -5,
          'pon-port': isCard ? 1 : 6,
          card: isCard ? 4 : 1,
        },
      ),
    )
  } else if (ports.lit > 0 && ports.lit === pons.whole) {
    found.push(
      item(
        'laser-lit',
        { ports: ports.lit },
        { 'pon-port': -4, card: -2.5, feeder: 0.7, 'area-power': 0.3 },
      ),
    )
  }
  return found
}

/** facts/noc.md E3.4, E3.5 and E3.7. */
const gaspEvidence = (facts: OutageFacts, limits: OutageThresholds): EvidenceItem[] => {
  const { gasps, members, time } = facts
  const { seen, silentCapable, silentUnproven } = gasps
  const share = seen / Math.max(1, members)
  const shareOfCapable = seen / Math.max(1, seen + silentCapable)
  const params = { withGasp: seen, affected: members }
  const found: EvidenceItem[] = []
  if (
    seen >= 2 &&
    (share >= limits.powerGaspShare || (seen >= 3 && shareOfCapable >= limits.powerGaspShare))
  ) {
    found.push(
      item('gasps', params, { ...optical(-4), 'area-power': 4.5, 'olt-restart': -2, mixed: -1 }),
    )
  } else if (seen >= 2 && share >= limits.someGaspShare) {
    found.push(item('gasps', params, { ...optical(-2.5), 'area-power': 2, mixed: 1.5 }))
  } else if (seen >= 2) {
    found.push(item('gasps', params, { ...optical(-0.7), 'area-power': 0.5, mixed: 1 }))
  } else if (silentCapable >= limits.silentCapable) {
    const weight = Math.min(3, 0.5 + 0.25 * silentCapable)
    found.push(
      item(
        'no-gasps',
        { affected: members, capable: silentCapable },
        { ...optical(0.5), 'area-power': -weight },
      ),
    )
  } else {
    found.push(item('gasp-never-seen-here', { onus: silentUnproven }, {}))
  }
  if (seen >= 3 && gasps.silentPons > 0) {
    found.push(
      item(
        'no-gasps',
        { affected: silentCapable, pons: gasps.silentPons },
        {
          mixed: 4,
          'area-power': -1.5,
        },
      ),
    )
  }
  const { firstThird, lastThird } = gasps
  if (
    firstThird !== null &&
    lastThird !== null &&
    firstThird - lastThird >= 0.25 &&
    time.clocked &&
    time.spreadS > limits.staggeredS
  ) {
    found.push(
      item(
        'gasps-first',
        { firstPercent: percent(firstThird), lastPercent: percent(lastThird) },
        { 'area-power': 1.5, mixed: 0.3 },
      ),
    )
  }
  return found
}

const timeEvidence = ({ time, members }: OutageFacts, limits: OutageThresholds): EvidenceItem[] => {
  if (!time.clocked || members < 2) return []
  const params = { seconds: Math.round(time.spreadS) }
  if (time.spreadS > limits.staggeredS) {
    return [
      item('staggered', params, {
        feeder: -3,
        'pon-port': -3,
        card: -2.5,
        distribution: -2.5,
        'area-power': 2.5,
        mixed: 0.5,
      }),
    ]
  }
  if (time.spreadS > limits.momentS) return []
  return [item('all-at-once', params, { ...optical(0.7), mixed: -0.5 })]
}
