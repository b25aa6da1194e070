import { type PlantNews, trapsOf } from './families/plant-traps.ts'
import { isOnline } from './population/onu-readings.ts'
import { isBooting, type OltModel } from './population/olt-model.ts'
import type { SimulatedOlt } from './simulated-olt.ts'
import { type PlantTrap, writeTrap } from './snmp/trap-message.ts'

/** As many at once as one chassis sends; the rest of a mass event comes with the next. */
const mostAtOnce = 60

/**
 * Tells what has changed since the last look, as traps. The first look tells nothing. Nothing in the
 * plant ticks but this, and only when somebody wants traps.
 */
export const createTrapWatch = ({
  model,
  agent,
}: Pick<SimulatedOlt, 'model' | 'agent'>): ((nowMs: number) => readonly Uint8Array[]) => {
  /** 1 online, 2 not; 0: not seen yet. */
  let before = new Uint8Array(0)
  let ponsBefore: readonly boolean[] | null = null
  let foundBefore: number | null = null
  let waiting: PlantTrap[] = []
  let requestId = 1

  const newsAt = (nowMs: number): readonly PlantNews[] => {
    const news: PlantNews[] = []
    const { onus, pons } = model
    const seen = new Uint8Array(onus.count)
    const up = pons.map(() => false)
    for (let onu = 0; onu < onus.count; onu++) {
      if (onus.present[onu] !== 1) continue
      const online = isOnline(model, onu, nowMs)
      seen[onu] = online ? 1 : 2
      if (online) up[onus.pon[onu] as number] = true
      const then = before[onu] ?? 0
      if (then !== 0 && then !== seen[onu]) news.push({ kind: 'onu', onu, up: online })
    }
    const ponNews = pons.flatMap((pon, number): PlantNews[] =>
      ponsBefore === null || ponsBefore[number] === up[number]
        ? []
        : [{ kind: 'pon', pon, up: up[number] === true }],
    )
    const found = model.unconfigured.length
    const isNew = foundBefore !== null && found > foundBefore
    before = seen
    ponsBefore = up
    foundBefore = found
    return [...ponNews, ...news, ...(isNew ? [{ kind: 'found' } as const] : [])]
  }

  return (nowMs) => {
    const news = newsAt(nowMs)
    // what happens while it boots nobody is told
    if (isBooting(model, nowMs)) waiting = []
    else waiting.push(...news.flatMap((one) => trapsOf(model, one)))
    const now = waiting.slice(0, mostAtOnce)
    waiting = waiting.slice(mostAtOnce)
    return now.map((trap) =>
      writeTrap(trap, {
        community: agent.settings.community,
        uptimeTicks: uptimeTicks(model, nowMs),
        requestId: requestId++,
      }),
    )
  }
}

const uptimeTicks = ({ bootedAtMs }: OltModel, nowMs: number): number =>
  Math.max(0, Math.floor((nowMs - bootedAtMs) / 10)) % 2 ** 32
