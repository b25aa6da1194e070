/**
 * What falls due later, in buckets of a second: one timer turns it, however much waits. An item that
 * was put in again falls due at the later call's time only.
 */
export interface DueWheel<Item extends { dueAt: number }> {
  /** Monotonic ms. Sets `item.dueAt`. */
  put(item: Item, dueAt: number): void
  /** What has fallen due by now, earlier buckets first; each is handed out once. */
  take(now: number): Item[]
}

const bucketMs = 1_000

export const createDueWheel = <Item extends { dueAt: number }>(): DueWheel<Item> => {
  const buckets = new Map<number, Item[]>()
  let turned = Number.NEGATIVE_INFINITY

  return {
    put: (item, dueAt) => {
      item.dueAt = dueAt
      // A bucket that has been taken is past: such an item is due with the next turn.
      const bucket = Math.max(Math.ceil(dueAt / bucketMs), turned + 1)
      const items = buckets.get(bucket)
      if (items === undefined) buckets.set(bucket, [item])
      else items.push(item)
    },
    take: (now) => {
      const until = Math.floor(now / bucketMs)
      if (until <= turned) return []
      turned = until
      const due: Item[] = []
      // The buckets there are, not the seconds that went by: the machine may have slept.
      const past = [...buckets.keys()].filter((bucket) => bucket <= until).sort((a, b) => a - b)
      for (const bucket of past) {
        for (const item of buckets.get(bucket)!) {
          if (item.dueAt > now) continue
          item.dueAt = Number.POSITIVE_INFINITY
          due.push(item)
        }
        buckets.delete(bucket)
      }
      return due
    },
  }
}
