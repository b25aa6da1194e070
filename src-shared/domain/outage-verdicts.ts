/**
 * What took several ONUs down (facts/noc.md E3). The operator's correction uses the same words.
 */
export const verdicts = [
  /** The fibre from the port to the first splitter. */
  'feeder',
  /** The port itself, its optics. */
  'pon-port',
  'card',
  /** Below the lowest common splitter. */
  'distribution',
  'area-power',
  'single-drop',
  'customer-power',
  /** The OLT began anew: its ONUs come back with it. */
  'olt-restart',
  'mixed',
  /** Too little evidence yet. */
  'undetermined',
] as const

export type Verdict = (typeof verdicts)[number]

export const confidences = ['high', 'medium', 'low'] as const
export type Confidence = (typeof confidences)[number]

/** What speaks for or against a verdict; each has a sentence in the locales. */
export const evidenceKinds = [
  'all-of-pon',
  'share-of-pon',
  'port-down',
  'laser-dark',
  'laser-lit',
  'several-pons-one-card',
  'card-failed',
  'card-works',
  'several-pons-one-cable',
  'olt-reachable',
  'olt-restarted',
  'gasps',
  'no-gasps',
  'gasps-first',
  'gasp-never-seen-here',
  'common-splitter',
  'splitter-siblings-up',
  'siblings-up',
  'same-street',
  'several-pons-one-area',
  'staggered',
  'all-at-once',
  'light-fell-before',
  'light-steady-before',
  'flapped-before',
  'distance-beyond',
  'plant-unknown',
  'commanded',
] as const

export type EvidenceKind = (typeof evidenceKinds)[number]
