import { mkdirSync } from 'node:fs'
import type { Clock } from '../engine/clock.ts'
import type { OltFamily } from '../olt/family/load-families.ts'
import {
  findFamilies,
  fingerprintOf,
  type FoundFamilies,
  type FoundFamily,
} from '../olt/family/user-families.ts'

/** What another reading of the folder has brought. */
export interface FamilyChange {
  /** Families that are no more, or not as they were. */
  readonly gone: ReadonlySet<string>
  /** Families that are new, or not as they were. */
  readonly fresh: readonly OltFamily[]
}

/** The families there are: those that come with the console, and those of a folder. */
export interface FamilySet {
  /** Own ones behind those that come with the console. */
  readonly current: () => readonly OltFamily[]
  readonly own: () => FoundFamilies
  readonly ownFamily: (id: string) => FoundFamily | undefined
  readonly readAt: () => number
  /** Reads the folder now, whatever it looks like from outside. */
  readonly reload: () => void
  /** Reads the folder if it looks different from when it was read. */
  readonly look: () => void
  /** Makes the folder and looks at it every few seconds. Returns its stop. */
  readonly start: () => () => void
}

/** Asked instead of told: not every system or file server tells of a change in a folder. */
const lookMs = 5_000

export const createFamilySet = (deps: {
  readonly builtIn: readonly OltFamily[]
  readonly folder: string
  readonly clock: Clock
  readonly log: { info(event: string, details?: object): void }
  /** Not called for the first reading. */
  readonly onChange: (change: FamilyChange) => void
}): FamilySet => {
  const { builtIn, folder, clock, log } = deps
  const taken = new Set(builtIn.map(({ family }) => family))

  let fingerprint = fingerprintOf(folder)
  let own = findFamilies(folder, taken)
  let current = [...builtIn, ...own.families.map(({ family }) => family)]
  let readAt = clock.now()
  /** As it looked one look ago: a file that is being written is left until it rests. */
  let seen = fingerprint

  const reload = (): void => {
    const before = own
    fingerprint = fingerprintOf(folder)
    seen = fingerprint
    own = findFamilies(folder, taken, before.families)
    current = [...builtIn, ...own.families.map(({ family }) => family)]
    readAt = clock.now()
    const change = changeOf(before.families, own.families)
    const isSame = change.gone.size === 0 && change.fresh.length === 0
    if (isSame && JSON.stringify(before.refused) === JSON.stringify(own.refused)) return
    log.info('families of the folder were read anew', {
      families: own.families.length,
      refused: own.refused.length,
    })
    deps.onChange(change)
  }

  const lookQuietly = (): void => {
    const now = fingerprintOf(folder)
    if (now !== fingerprint && now === seen) reload()
    else seen = now
  }

  return {
    current: () => current,
    own: () => own,
    ownFamily: (id) => own.families.find(({ family }) => family.family === id),
    readAt: () => readAt,
    reload,
    look: () => {
      if (fingerprintOf(folder) !== fingerprint) reload()
    },
    start: () => {
      try {
        mkdirSync(folder, { recursive: true, mode: 0o700 })
      } catch (error) {
        log.info('the folder for own families could not be made', { error })
      }
      let callOff = clock.after(lookMs, function again() {
        lookQuietly()
        callOff = clock.after(lookMs, again)
      })
      return () => callOff()
    },
  }
}

const changeOf = (before: readonly FoundFamily[], after: readonly FoundFamily[]): FamilyChange => {
  const keyOf = ({ family, contentHash }: FoundFamily): string => `${family.family} ${contentHash}`
  const old = new Set(before.map(keyOf))
  const kept = new Set(after.map(keyOf))
  return {
    gone: new Set(
      before.filter((each) => !kept.has(keyOf(each))).map(({ family }) => family.family),
    ),
    fresh: after.filter((each) => !old.has(keyOf(each))).map(({ family }) => family),
  }
}
