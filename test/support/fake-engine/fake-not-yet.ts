import { notYet } from '../../../src-main/engine/not-yet.ts'

/** What the fake engine does not play yet; this file goes with the last of them. */
export const fakeNotYet = { ...notYet.queries, ...notYet.commands }
