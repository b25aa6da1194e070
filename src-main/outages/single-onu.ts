import type { Confidence, EvidenceKind, Verdict } from '../../src-shared/domain/outage-verdicts.ts'
import type { ErrorParams } from '../../src-shared/errors.ts'

/** What is known of one ONU that is down by itself. */
export interface SingleOnu {
  /** Its last word by the OLT: of power; an optical one; a person's order; anything else. */
  readonly cause: 'power' | 'optical' | 'ordered' | 'other'
  /** Its model was heard to gasp on this OLT: then silence means something. */
  readonly canGasp: boolean
  /** Falls within about the last hour, this one among them. */
  readonly falls: number
  /** dB its light had fallen before; NaN: not known. */
  readonly dropDb: number
  /** Others of its PON that are up. */
  readonly siblingsUp: number
}

export interface SingleVerdict {
  readonly verdict: Verdict
  readonly confidence: Confidence
  readonly evidence: readonly {
    readonly kind: EvidenceKind
    readonly speaks: 'for' | 'against'
    readonly weight: number
    readonly params: ErrorParams
  }[]
}

export interface SingleLimits {
  readonly lightFellDb: number
  readonly flaps: number
}

/**
 * Why one ONU is down (facts/noc.md E3 rule 6): a gasp means the customer's power, with flapping his
 * adapter; no gasp and light that had fallen mean the drop or its connector; neither means cut or
 * unplugged. Silence is no proof (E3.7): of a model never heard to gasp it is not called sure.
 */
export const judgeSingle = (onu: SingleOnu, limits: SingleLimits): SingleVerdict => {
  const evidence: SingleVerdict['evidence'][number][] = []
  const add = (
    kind: EvidenceKind,
    speaks: 'for' | 'against',
    weight: number,
    params: ErrorParams = {},
  ): void => void evidence.push({ kind, speaks, weight, params })
  const fell = onu.dropDb >= limits.lightFellDb
  const flapped = onu.falls >= limits.flaps
  const tellLight = (speaks: 'for' | 'against'): void => {
    if (fell) add('light-fell-before', speaks, 2, { dropDb: Math.round(onu.dropDb * 10) / 10 })
    else if (!Number.isNaN(onu.dropDb)) add('light-steady-before', 'for', 0.5)
  }
  const answer = (verdict: Verdict, confidence: Confidence): SingleVerdict => {
    if (onu.siblingsUp > 0) add('siblings-up', 'for', 1, { up: onu.siblingsUp })
    return { verdict, confidence, evidence }
  }

  switch (onu.cause) {
    case 'ordered':
      add('commanded', 'for', 3)
      return { verdict: 'undetermined', confidence: 'low', evidence }
    case 'power':
      add('gasps', 'for', 3)
      if (flapped) add('flapped-before', 'for', 1)
      tellLight('against')
      // Light that had fallen is a second story: its power may be the smaller one.
      return answer('customer-power', fell ? 'medium' : 'high')
    case 'optical':
      add('no-gasps', 'for', onu.canGasp ? 1.5 : 0.5)
      if (!onu.canGasp) add('gasp-never-seen-here', 'against', 1)
      tellLight('for')
      return answer(
        'single-drop',
        fell && onu.canGasp ? 'high' : fell || onu.canGasp ? 'medium' : 'low',
      )
    case 'other':
      if (flapped) add('flapped-before', 'for', 1)
      tellLight('for')
      return answer(fell ? 'single-drop' : 'undetermined', 'low')
  }
}
