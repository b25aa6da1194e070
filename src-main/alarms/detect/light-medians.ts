import type { OltFacts } from '../../engine/network-facts.ts'

/** 30-day medians of the light of every ONU, as the detectors use them. */
export interface LightMedians {
  /**
   * By place within the OLT, dBm; NaN: the history of that ONU is too young. Null: not read yet.
   * Direction 0: at the ONU; 1: at the OLT. The array is shared: read it, do not keep it.
   */
  readonly aligned: (olt: OltFacts, direction: number) => Float64Array | null
}
