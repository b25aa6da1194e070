import { z } from 'zod'

/** What can be done to a running plant. One strict message per act, so that it crosses a thread. */
const olt = z.string()
const pon = z.string().regex(/^\d+\/\d+\/\d+$/)
const onu = z.string().regex(/^\d+\/\d+\/\d+:\d+$/)
/** Of an EPON ONU: its MAC address. */
const serial = z.string().regex(/^(?:[A-Z]{4}[0-9A-F]{8}|[0-9A-F]{2}(?::[0-9A-F]{2}){5})$/)
/** Which ONUs: all of a PON, a street of it (n-th, 0-based), or named ones. */
const which = z.union([
  z.strictObject({ pon, street: z.number().int().min(0).optional() }),
  z.strictObject({ onus: z.array(onu).min(1) }),
])

/** What may happen at a line of the CLI; see cli/cli-faults.ts. */
const cliFaultAct = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('busy') }),
  z.strictObject({
    kind: z.literal('drop'),
    when: z.enum(['before-effect', 'after-effect', 'mid-answer']),
  }),
  z.strictObject({ kind: z.literal('pause'), ms: z.number().min(0) }),
  z.strictObject({ kind: z.literal('noise'), where: z.enum(['before', 'middle', 'after-prompt']) }),
  z.strictObject({ kind: z.literal('garbage') }),
  z.strictObject({ kind: z.literal('pager'), lines: z.number().int().min(1) }),
  z.strictObject({ kind: z.literal('reboot') }),
])

export const controlSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('cut-pon'), olt, pon, beyondM: z.number().min(0).default(0) }),
  z.strictObject({ kind: z.literal('restore-pon'), olt, pon }),
  z.strictObject({
    kind: z.literal('power-off'),
    olt,
    which,
    withGasp: z.boolean().default(true),
    /** Of those that can: a busy OLT loses some of many gasps. */
    gaspShare: z.number().min(0).max(1).optional(),
    /** Batteries run dry one by one: over so long, evenly. */
    spreadS: z.number().min(0).optional(),
  }),
  /** The port's optics die: dark, and nobody is heard. */
  z.strictObject({ kind: z.literal('pon-fault'), olt, pon, on: z.boolean() }),
  /** A line card dies with all its ports; `told`: the OLT says so of the card. */
  z.strictObject({
    kind: z.literal('card-fault'),
    olt,
    slot: z.number().int().min(0),
    on: z.boolean(),
    told: z.boolean().default(true),
  }),
  z.strictObject({ kind: z.literal('cut-drop'), olt, which }),
  z.strictObject({ kind: z.literal('disable'), olt, which }),
  z.strictObject({ kind: z.literal('reboot-onus'), olt, which }),
  /** Ends every open trouble of these ONUs; they boot and come back. */
  z.strictObject({ kind: z.literal('restore'), olt, which }),
  z.strictObject({ kind: z.literal('attenuate-pon'), olt, pon, lossDb: z.number().min(0).max(20) }),
  z.strictObject({ kind: z.literal('add-onu'), olt, pon, serial: serial.optional() }),
  z.strictObject({ kind: z.literal('remove-onus'), olt, which }),
  z.strictObject({ kind: z.literal('add-unconfigured'), olt, pon, serial: serial.optional() }),
  z.strictObject({ kind: z.literal('clear-unconfigured'), olt }),
  z.strictObject({
    kind: z.literal('duplicate-serial'),
    olt,
    onu,
    of: z.strictObject({ olt: z.string(), onu }),
  }),
  /** What was not saved is lost; one with a CLI is gone until it has started (`bootS`), SNMP and all. */
  z.strictObject({ kind: z.literal('reboot-olt'), olt }),
  /** Somebody carries an ONU to a port and plugs it in; it is gone from wherever it was. */
  z.strictObject({
    kind: z.literal('plug'),
    olt,
    pon,
    serial,
    /** The OLT it comes from, if it is another. */
    from: z.string().optional(),
  }),
  z.strictObject({ kind: z.literal('unplug'), olt, serial }),
  /** How the CLI misbehaves; adds to what it does already. */
  z.strictObject({
    kind: z.literal('cli-fault'),
    olt,
    act: cliFaultAct,
    /** A regular expression over the lines that are typed; absent: every line. */
    matching: z.string().max(200).optional(),
    /** So many that fit go by first. */
    skip: z.number().int().min(0).default(0),
    /** So many are hit; null: all from then on. */
    times: z.number().int().min(1).nullable().default(1),
  }),
  /** No more faults of the CLI, nobody locked out, everybody let in. */
  z.strictObject({ kind: z.literal('cli-calm'), olt }),
  /** Connections to the CLI are closed at once. */
  z.strictObject({ kind: z.literal('cli-refuse'), olt, on: z.boolean() }),
  /** Every session ends now. */
  z.strictObject({ kind: z.literal('cli-drop'), olt }),
  /** From the next connection on: another host key. */
  z.strictObject({ kind: z.literal('cli-host-key'), olt }),
  /** From the next connection on: old algorithms alone, or current ones. */
  z.strictObject({ kind: z.literal('cli-legacy'), olt, on: z.boolean() }),
  z.strictObject({ kind: z.literal('silence'), olt, on: z.boolean() }),
  z.strictObject({
    kind: z.literal('delay'),
    olt,
    delayMs: z.number().min(0),
    jitterMs: z.number().min(0).default(0),
  }),
  z.strictObject({ kind: z.literal('loss'), olt, percent: z.number().min(0).max(100) }),
  z.strictObject({ kind: z.literal('loop'), olt, mode: z.enum(['off', 'repeat', 'cycle']) }),
  z.strictObject({
    kind: z.literal('truncate'),
    olt,
    /** Rows a walk sees of each column; null for all. */
    rows: z.number().int().min(0).nullable(),
  }),
  z.strictObject({
    kind: z.literal('oversized-bulk'),
    olt,
    answer: z.enum(['cut', 'too-big', 'drop']),
  }),
  z.strictObject({ kind: z.literal('duplicate-answers'), olt, on: z.boolean() }),
  z.strictObject({ kind: z.literal('wrong-request-id'), olt, on: z.boolean() }),
  z.strictObject({ kind: z.literal('garbage'), olt, on: z.boolean() }),
  z.strictObject({
    kind: z.literal('silent-after'),
    olt,
    answers: z.number().int().min(0).nullable(),
  }),
  z.strictObject({ kind: z.literal('answer-from-other-port'), olt, on: z.boolean() }),
  z.strictObject({ kind: z.literal('set-community'), olt, community: z.string().min(1) }),
  z.strictObject({
    kind: z.literal('max-reply-bytes'),
    olt,
    bytes: z.number().int().min(484).max(65_000),
  }),
])

/** Defaults may be left out by the sender. */
export type PlantControl = z.input<typeof controlSchema>
export type CheckedControl = z.output<typeof controlSchema>
export type WhichOnus = z.output<typeof which>
