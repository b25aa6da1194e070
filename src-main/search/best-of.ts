/** The best few of many offers, the lowest cost first, equal ones as they came: no list of all. */
export interface BestOf {
  /** An offer of this cost or more comes too late; Infinity while there is room. */
  readonly worst: () => number
  /** Infinity: nothing was offered. */
  readonly least: () => number
  readonly offer: (record: number, cost: number) => void
  readonly sorted: () => readonly { readonly record: number; readonly cost: number }[]
}

export const createBestOf = (limit: number): BestOf => {
  const records: number[] = []
  const costs: number[] = []
  let worst = limit > 0 ? Infinity : -1
  return {
    worst: () => worst,
    least: () => costs[0] ?? Infinity,
    offer: (record, cost) => {
      if (cost >= worst) return
      let place = records.length
      while (place > 0 && costs[place - 1]! > cost) place--
      records.splice(place, 0, record)
      costs.splice(place, 0, cost)
      if (records.length > limit) {
        records.pop()
        costs.pop()
      }
      if (records.length === limit) worst = costs[limit - 1]!
    },
    sorted: () => records.map((record, index) => ({ record, cost: costs[index]! })),
  }
}
