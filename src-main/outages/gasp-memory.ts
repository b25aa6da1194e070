/**
 * Which models have ever told of their last breath on which OLT, learned from the causes that OLTs
 * give. Absence of a gasp is no proof (facts/noc.md E3.7): of a model that was never heard of it says
 * nothing at all.
 */
export interface GaspMemory {
  readonly note: (oltIndex: number, model: string | null) => void
  readonly canGasp: (oltIndex: number, model: string | null) => boolean
  readonly forgetOlt: (oltIndex: number) => void
}

/** Models are few; texts come from devices, so there is an end to it. */
const mostModels = 500

export const createGaspMemory = (): GaspMemory => {
  const byOlt = new Map<number, Set<string>>()
  return {
    note: (oltIndex, model) => {
      const heard = byOlt.get(oltIndex) ?? new Set()
      byOlt.set(oltIndex, heard)
      if (heard.size < mostModels) heard.add(model ?? '')
    },
    canGasp: (oltIndex, model) => byOlt.get(oltIndex)?.has(model ?? '') === true,
    forgetOlt: (oltIndex) => void byOlt.delete(oltIndex),
  }
}
