import type { OltModel } from './olt-model.ts'

/** Some models never send a dying gasp (facts/noc.md E3.7). */
export const canGasp = (olt: OltModel, onu: number): boolean => {
  const { neverGasp } = olt.quirks
  if (neverGasp.length === 0) return true
  const equipment = olt.models[olt.onus.model[onu] as number]?.equipment ?? ''
  return !neverGasp.includes(equipment)
}
