import type { TrapNews } from '../olt/traps/gather-news.ts'
import { lookKey } from '../olt/traps/trap-rules.ts'

export interface RecentNews {
  readonly note: (news: TrapNews) => void
  /** The latest first. */
  readonly list: () => readonly TrapNews[]
  /** Lets go of what OLTs sent that are no more. */
  readonly keepOnly: (isThere: (oltId: string) => boolean) => void
}

const keptPerOlt = 50
const kept = 400
/** The same again within this time is one piece of news that goes on. */
const goesOnMs = 60_000

/** What OLTs sent of late: bounded, and a loud OLT pushes nobody else out. */
export const createRecentNews = (): RecentNews => {
  let all: TrapNews[] = []

  const note: RecentNews['note'] = (news) => {
    const before = all.findLast(({ oltId }) => oltId === news.oltId)
    if (before !== undefined && goesOn(before, news)) {
      all.splice(all.lastIndexOf(before), 1)
      all.push({
        ...news,
        count: before.count + news.count,
        unknown: before.unknown + news.unknown,
        firstAt: before.firstAt,
      })
      return
    }
    all.push(news)
    const ofOlt = all.filter(({ oltId }) => oltId === news.oltId)
    const [oldest] = ofOlt.length > keptPerOlt ? ofOlt : all.length > kept ? all : []
    if (oldest !== undefined) all.splice(all.indexOf(oldest), 1)
  }

  return {
    note,
    list: () => all.toReversed(),
    keepOnly: (isThere) => {
      all = all.filter(({ oltId }) => isThere(oltId))
    },
  }
}

const goesOn = (before: TrapNews, news: TrapNews): boolean =>
  news.firstAt - before.lastAt < goesOnMs && aboutOf(before) === aboutOf(news)

const aboutOf = ({ source, meanings, looks, unknown, unproven }: TrapNews): string =>
  [source, unknown > 0, unproven, ...meanings.toSorted(), ...looks.map(lookKey).toSorted()].join(
    ' ',
  )
