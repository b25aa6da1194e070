import { item, optical, type EvidenceItem } from './evidence-item.ts'
import type { OutageFacts } from './outage-facts.ts'
import type { OutageThresholds } from './thresholds.ts'

/** What places, distances and the time before say (docs/outages.md has the table). */

export const plantEvidence = ({ plant, pons, members }: OutageFacts): EvidenceItem[] => {
  if (plant.placed < 0.3) {
    return [item('plant-unknown', { onus: members }, { distribution: -0.3 })]
  }
  const { node } = plant
  if (node === null) return []
  const upShare = node.up / Math.max(1, node.fell + node.up)
  if (pons.whole === pons.count) return []
  if (upShare > 0.1 && plant.boxes > 1 && plant.wholeBoxes >= 0.9) {
    // One cable with several boxes, or half a splitter: whole boxes are dark beside others.
    return [
      item(
        'splitter-siblings-up',
        { up: plant.besideUp + node.up },
        { distribution: 2, 'area-power': 0.4, mixed: -1 },
      ),
    ]
  }
  if (upShare > 0.3) {
    return [item('siblings-up', { up: node.up }, { distribution: -2, 'area-power': 0.7, mixed: 1 })]
  }
  if (upShare > 0.1 || plant.besideUp === 0) return []
  return [
    item(
      'common-splitter',
      { node: node.name, affected: node.fell },
      { distribution: 2.2, 'area-power': 0.6, mixed: -1 },
    ),
    item(
      'splitter-siblings-up',
      { up: plant.besideUp },
      { distribution: 0.8, 'area-power': 0.2, feeder: -1, 'pon-port': -1 },
    ),
  ]
}

export const areaEvidence = ({ areas, pons, members }: OutageFacts): EvidenceItem[] => {
  if (areas.known < 0.5) return []
  const found: EvidenceItem[] = []
  const names = areas.names.slice(0, 3).join(', ')
  if (pons.count > 1 && areas.overPons > 0) {
    found.push(
      item(
        'several-pons-one-area',
        { pons: pons.count, area: names },
        { 'area-power': 2.5, feeder: -0.5, distribution: -1, card: -0.5 },
      ),
    )
  }
  if (areas.elsewhereUp >= 3) {
    const weight = Math.min(2.5, 0.5 * areas.elsewhereUp)
    found.push(
      item(
        'siblings-up',
        { up: areas.elsewhereUp },
        {
          ...optical(0.3),
          'area-power': -weight,
        },
      ),
    )
  }
  if (pons.whole > 0) return found
  if (areas.sameUp > 0.5 * members) {
    found.push(item('siblings-up', { up: areas.sameUp }, { 'area-power': -1.5 }))
  } else if (areas.sameUp <= 0.1 * members && areas.otherUp >= 3) {
    found.push(
      item(
        'same-street',
        { street: names },
        {
          distribution: 1,
          'area-power': 1,
          mixed: -1,
        },
      ),
    )
  }
  return found
}

/** Where along the fibre, and how things were before. */
export const beforeEvidence = (facts: OutageFacts, limits: OutageThresholds): EvidenceItem[] => {
  const { distance, light, flapped, members } = facts
  const found: EvidenceItem[] = []
  if (distance !== null) {
    found.push(
      item(
        'distance-beyond',
        { distanceM: distance.beyondM, nearerUp: distance.nearerUp },
        { distribution: 2, 'area-power': -0.5 },
      ),
    )
  }
  if (light.known >= 3 && light.fell >= limits.lightFellShare * light.known) {
    found.push(
      item(
        'light-fell-before',
        { onus: light.fell, dropDb: Math.round(light.averageDb * 10) / 10 },
        { distribution: 1.2, feeder: 0.8, 'pon-port': 0.3, 'area-power': -1 },
      ),
    )
  } else if (light.known >= 3 && light.fell === 0) {
    found.push(item('light-steady-before', { onus: light.known }, { 'area-power': 0.1 }))
  }
  if (flapped >= 0.3 * members) {
    found.push(
      item(
        'flapped-before',
        { onus: flapped },
        {
          distribution: 0.5,
          'pon-port': 0.5,
          'area-power': -0.2,
        },
      ),
    )
  }
  return found
}
