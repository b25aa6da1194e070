import { everything, type BelongingOf, type Reach } from '../../src-main/engine/reach.ts'

/** Everybody reaches everything: for tests of something else. */
export const noLimits = {
  reachOf: (): Reach => everything,
  belongingOf: (() => null) satisfies BelongingOf,
}
