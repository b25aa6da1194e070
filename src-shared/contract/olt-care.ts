import { z } from 'zod'
import { done, onuAddress, problem, uuid } from './common.ts'
import { command, event, query } from './define.ts'
import { onuRow, pollIntervals, quiet, reading } from './network-model.ts'
import { ofOlt, ofOnu } from './scope-rules.ts'

/** How an OLT is treated while it is read: the governor, the quiet switch, the live view. */

const read = 'network.onu.read'
const readOlt = 'network.olt.read'
const manageOlt = 'network.olt.manage'

/** How an OLT is treated, and how it bears it: the governor's figures. */
export const oltCare = z.object({
  /** Null: it was not asked yet. */
  requests: z
    .object({
      inFlight: z.int(),
      maxInFlight: z.int(),
      waiting: z.int(),
      sockets: z.int(),
      /** Of every minute, ms that the OLT may be busy with us; used and left in the last one. */
      budgetMs: z.number(),
      usedMs: z.number(),
      leftMs: z.number(),
      /** Within the last minute. */
      sent: z.int(),
      unanswered: z.int(),
      answerMs: reading,
      /** Rows asked for with one GETBULK; what it may grow to; the most ever tried. */
      maxRepetitions: z.int(),
      ceiling: z.int(),
      limit: z.int(),
      /** Times the OLT was silent, or said tooBig. */
      troubles: z.int(),
    })
    .nullable(),
  plan: z.object({
    /** What was asked for, and what is kept to: longer while answers are slow. */
    asked: pollIntervals,
    kept: pollIntervals,
    factor: z.int(),
    usualAnswerMs: reading,
    answerMs: reading,
  }),
  /** Walks of ONU tables go one PON port at a time. */
  perPon: z.boolean(),
  opticsPolled: z.boolean(),
  /** Why the family asks for care, in its profile's words; null: it does not. */
  familyReason: z.string().nullable(),
  quiet: quiet.nullable(),
  /** Last rounds, the oldest first; columnar. */
  rounds: z.object({
    at: z.instanceof(Float64Array),
    /** Positions in `readingGroups`. */
    groups: z.instanceof(Uint8Array),
    tookMs: z.instanceof(Float64Array),
    /** Mean time to an answer, ms. */
    answerMs: z.instanceof(Float64Array),
    onus: z.instanceof(Float64Array),
    /** 1: read whole; 0: failed or cut short. */
    whole: z.instanceof(Uint8Array),
  }),
  /** Looks that traps asked for and that wait for their turn. */
  looksWaiting: z.int(),
  /** Since the start: looks asked for by traps, and readings made for them. */
  looksAsked: z.int(),
  looksMade: z.int(),
  liveView: z.object({ address: onuAddress, until: z.number() }).nullable(),
})

export type OltCare = z.output<typeof oltCare>

export const oltCareQueries = {
  /** How the OLT is treated, and how it bears it. */
  'network.oltCare': query({
    access: readOlt,
    scope: ofOlt,
    input: z.strictObject({ oltId: uuid }),
    output: oltCare,
  }),
  /**
   * Reads one ONU every few seconds, for at most 60 s, and tells what it reads by
   * `network.liveReading` to this client. One per OLT; opening another one of the same client ends
   * the first. It ends with the session, with the lock of the screen and with the client. An OLT of
   * whose family one ONU cannot be asked for alone is read less often. Errors: `not-found`,
   * `live-view-taken` with the name of who watches there.
   */
  'network.openLiveView': query({
    access: read,
    scope: ofOnu,
    input: z.strictObject({ oltId: uuid, address: onuAddress }),
    output: z.object({ until: z.number(), everyMs: z.number() }),
  }),
  'network.closeLiveView': query({
    access: read,
    scope: ofOlt,
    input: z.strictObject({ oltId: uuid }),
    output: done,
  }),
}

export const oltCareCommands = {
  /**
   * Asks an OLT nothing by itself for so long (null: until ended), or ends that. What a person asks
   * for by name is still read.
   */
  'network.setQuiet': command({
    access: manageOlt,
    scope: ofOlt,
    input: z.strictObject({
      oltId: uuid,
      quiet: z.boolean(),
      minutes: z.int().min(1).max(10_080).nullable().default(null),
    }),
    output: z.object({ version: z.int() }),
  }),
}

export const oltCareEvents = {
  /** One reading of a live view. `ended`: the last one, and why it is over. */
  'network.liveReading': event({
    access: read,
    scope: ofOnu,
    delivery: 'all',
    payload: z.object({
      oltId: uuid,
      address: onuAddress,
      at: z.number(),
      onu: onuRow.nullable(),
      answerMs: z.number().nullable(),
      problem: problem.nullable(),
      ended: z.enum(['time', 'closed', 'olt-removed', 'problem']).nullable(),
    }),
  }),
}
