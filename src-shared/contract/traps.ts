import { z } from 'zod'
import { done, instant, nothing, onuAddress, problem, uuid } from './common.ts'
import { command, event, query } from './define.ts'
import { ponAddress } from './history.ts'

/** SNMP traps and informs: hints where to look now. docs/traps.md. */

const readOlt = 'network.olt.read'
const manageOlt = 'network.olt.manage'

export const trapMeanings = [
  'onu-online',
  'onu-offline',
  'onu-found',
  'onu-changed',
  'dying-gasp',
  'signal-lost',
  'light-level',
  'pon-changed',
  'other',
] as const
export type TrapMeaning = (typeof trapMeanings)[number]

export const trapRefusals = [
  'wrong-community',
  'unknown-user',
  'wrong-level',
  'wrong-digest',
  'wrong-time',
  'undecipherable',
] as const

const look = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('olt') }),
  z.object({ kind: z.literal('unconfigured') }),
  z.object({ kind: z.literal('pon'), pon: ponAddress }),
  z.object({ kind: z.literal('onu'), address: onuAddress }),
])

export const trapSettings = z.strictObject({
  enabled: z.boolean(),
  /** UDP. Below 1024 the operating system asks for rights. */
  port: z.int().min(1).max(65_535),
  /** v1 and v2c: only communities of the OLTs that are read; false: any, for a trap is a hint. */
  onlyKnownCommunities: z.boolean(),
})

export type TrapSettings = z.output<typeof trapSettings>

export const trapStats = z.object({
  received: z.int(),
  accepted: z.int(),
  acknowledged: z.int(),
  /** Too many from one source, or from all: never decoded. */
  dropped: z.int(),
  garbage: z.int(),
  fromStrangers: z.int(),
  /** Of OLTs that share an address, and it could not be told which of them it was. */
  ofSeveral: z.int().optional(),
  unknown: z.int(),
  refused: z.array(z.object({ why: z.enum(trapRefusals), count: z.int() })),
  loudest: z.array(z.object({ address: z.string(), dropped: z.int() })),
})

export const trapsQueries = {
  'traps.status': query({
    access: readOlt,
    input: nothing,
    output: z.object({
      settings: trapSettings,
      /** Where it listens now; null: it does not. */
      listening: z.object({ address: z.string(), port: z.int() }).nullable(),
      problem: problem.nullable(),
      /** SNMPv3 engine id of this console in hex: senders of informs may have to be told. */
      engineId: z.string(),
      /** Counted since the receiver started. */
      stats: trapStats,
      startedAt: instant,
      /** The line that redirects port 162 to ours on this system; null: none is needed. */
      redirectLine: z.string().nullable(),
    }),
  }),
  /** What was made of traps that a family knows, the latest first. */
  'traps.recent': query({
    access: readOlt,
    scope: 'narrowed',
    input: z.strictObject({ oltId: uuid.optional() }),
    output: z.object({
      news: z.array(
        z.object({
          oltId: uuid,
          oltName: z.string(),
          source: z.string(),
          firstAt: z.number(),
          lastAt: z.number(),
          count: z.int(),
          unknown: z.int(),
          meanings: z.array(z.enum(trapMeanings)),
          looks: z.array(look),
          /** A rule of one source only had a part in it: the meaning may be wrong. */
          unproven: z.boolean().optional(),
        }),
      ),
    }),
  }),
  /** Traps that no family knows and those of strangers, the latest first; texts are hostile. */
  'traps.unknown': query({
    access: readOlt,
    input: nothing,
    output: z.object({
      traps: z.array(
        z.object({
          source: z.string(),
          oltId: uuid.nullable(),
          oltName: z.string().nullable(),
          /** So many OLTs share the source's address, and it could not be told which it was. */
          ofSeveral: z.int().optional(),
          version: z.enum(['1', '2c', '3']),
          trapOid: z.string(),
          count: z.int(),
          firstAt: z.number(),
          lastAt: z.number(),
          agentAddress: z.string().nullable(),
          varbinds: z.array(z.object({ oid: z.string(), text: z.string() })),
        }),
      ),
    }),
  }),
}

export const trapsCommands = {
  /** Errors: `trap-port-unavailable`; the settings are kept all the same, and the reason is shown. */
  'traps.configure': command({ access: manageOlt, input: trapSettings, output: done }),
}

export const trapsEvents = {
  /** Counts have moved. At most one a second. */
  'traps.changed': event({
    access: readOlt,
    delivery: 'latest',
    payload: z.object({ received: z.int(), dropped: z.int(), at: z.number() }),
  }),
}
