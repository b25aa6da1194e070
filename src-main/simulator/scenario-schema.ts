import { z } from 'zod'

/**
 * A plant in a file. Every object is strict: a misspelt key is an error, not a default. Times are
 * seconds after the plant starts; negative means before it.
 */
const port = z.string().regex(/^\d+\/\d+\/\d+$/, 'a PON port reads shelf/slot/port, such as 0/1/3')
const onuRef = z
  .string()
  .regex(/^\d+\/\d+\/\d+:\d+$/, 'an ONU reads shelf/slot/port:onu, such as 0/1/3:12')
const oidText = z.string().regex(/^\.?\d+(\.\d+)+$/, 'an OID in numbers')
const share = z.number().min(0).max(1)
const range = z.tuple([z.number(), z.number()])
const startsAfterS = z.number().default(-3600)
const endsAfterS = z.number().optional()

const quirksSchema = z.strictObject({
  /** Columns (or any subtree) of which this firmware has no instance: noSuchInstance. */
  lackingColumns: z.array(oidText).default([]),
  /** Subtrees this firmware does not know: noSuchObject. */
  unknownObjects: z.array(oidText).default([]),
  dateAndTimeOctets: z.union([z.literal(8), z.literal(11)]).default(8),
  clockSkewS: z.number().default(0),
  maxReplyBytes: z.number().int().min(484).max(65_000).default(1400),
  delayMs: z.number().min(0).default(0),
  delayJitterMs: z.number().min(0).default(0),
  lossPercent: z.number().min(0).max(100).default(0),
  hangsOnZeroRepetitions: z.boolean().default(false),
  /** A GETBULK whose whole answer exceeds maxReplyBytes: cut short, tooBig, or no answer. */
  oversizedBulk: z.enum(['cut', 'too-big', 'drop']).default('cut'),
  /** An offline ONU's optics: the family's no-value marker, or no instance at all. */
  offlineOptics: z.enum(['marker', 'absent']).default('marker'),
  /** Equipment names of ONUs that never send a dying gasp. */
  neverGasp: z.array(z.string()).default([]),
  counterBits: z.union([z.literal(32), z.literal(64)]).default(64),
  /** ZTE 1082…3.3.1.18: `1,ZTEG0C0FFEE1` on some firmwares. */
  serialTextPrefix: z.string().default('1,'),
})

const populationSchema = z.strictObject({
  /** Dead for a long time: power or drop fibre. */
  offlineShare: share.default(0.035),
  disabledShare: share.default(0.004),
  flappingShare: share.default(0.006),
  /** Chance that an ONU has one short power cut on a day. */
  dailyOutageShare: share.default(0.04),
  /** Extra loss from a bad connector or bend. */
  weakShare: share.default(0.06),
  /** Seconds from light and power to service, least and most. */
  onuBootS: range.default([25, 60]),
})

const ponSchema = z.strictObject({
  at: port,
  onus: z.number().int().min(0).max(128),
  split: z
    .union([z.literal(8), z.literal(16), z.literal(32), z.literal(64), z.literal(128)])
    .default(64),
  feederM: z.number().min(0).max(40_000).default(1800),
})

const faultSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('bad-splitter'),
    pon: port,
    lossDb: range.default([5, 7]),
    startsAfterS,
  }),
  z.strictObject({
    kind: z.literal('fibre-cut'),
    pon: port,
    /** Cut partway: only ONUs farther than this lose light. */
    beyondM: z.number().min(0).default(0),
    startsAfterS,
    endsAfterS,
  }),
  z.strictObject({
    kind: z.literal('power-loss'),
    pon: port,
    /** The n-th street of the PON (0-based), or the whole PON. */
    street: z.number().int().min(0).optional(),
    startsAfterS,
    endsAfterS,
  }),
])

/** A user of SNMP version 3, beside the community. Invented, as that is. */
const v3Schema = z.strictObject({
  userName: z.string().min(1).max(32),
  authAlgorithm: z.enum(['sha1', 'sha256']),
  authPassword: z.string().min(8),
  privAlgorithm: z.literal('aes128').default('aes128'),
  privPassword: z.string().min(8),
})

const listenSchema = z.strictObject({
  /** 0 lets the system choose a free one. */
  port: z.number().int().min(0).max(65_535).default(0),
})

/** The CLI of an OLT, over SSH and Telnet. Names and passwords are invented. */
const cliSchema = z.strictObject({
  userName: z.string().min(1).max(32),
  password: z.string().min(1).max(64),
  /** Asked by `enable` where the family does so. */
  enablePassword: z.string().min(1).optional(),
  /** Null: it has no such server. */
  ssh: listenSchema.nullable().prefault({}),
  telnet: listenSchema.nullable().prefault({}),
  maxSessions: z.number().int().min(1).max(64).default(10),
  /** How long a user is locked out after three wrong passwords. */
  lockS: z.number().min(0).default(900),
  /** So long after the chassis was started it is silent: to whoever logs in, and to SNMP. */
  bootS: z.number().min(0).default(120),
  /** How long it says nothing while it saves. */
  saveMs: z.number().min(0).default(1500),
  /** Lines of a page; 0: no pager. The family's own by default. */
  pageLines: z.number().int().min(0).optional(),
  /** A line that nobody asked for at every n-th command, until they are switched off; 0: none. */
  alarmEvery: z.number().int().min(0).default(0),
  /** Where the family has it: login ends in the view where changes can be made. */
  startsEnabled: z.boolean().default(false),
  /** SSH: nothing but old algorithms. */
  legacyOnly: z.boolean().default(false),
  /** Where `backup … tftp` sends to. */
  tftpPort: z.number().int().min(1).max(65_535).default(69),
})

const oltSchema = z.strictObject({
  name: z.string().min(1).max(64),
  family: z.enum([
    'huawei-smartax',
    'zte-c300',
    'zte-c600',
    'vsol-v1600g',
    'cdata-gpon',
    'bdcom-epon',
  ]),
  model: z.enum([
    'MA5608T',
    'MA5683T',
    'MA5800-X7',
    'C300',
    'C320',
    'C600',
    'C620',
    'V1600G1',
    'FD1608S',
    'P3310C',
  ]),
  location: z.string().default(''),
  community: z.string().min(1).optional(),
  v3: v3Schema.optional(),
  /** May also write; its user of version 3 may then too. */
  writeCommunity: z.string().min(1).optional(),
  cli: cliSchema.optional(),
  /** 0 lets the system choose a free one. */
  port: z.number().int().min(0).max(65_535).default(0),
  /** Days since the chassis was started. */
  upDays: z.number().min(0).default(120),
  quirks: quirksSchema.prefault({}),
  population: populationSchema.prefault({}),
  pons: z.array(ponSchema).min(1),
  faults: z.array(faultSchema).default([]),
  unconfigured: z
    .array(z.strictObject({ pon: port, count: z.number().int().min(1).max(64) }))
    .default([]),
})

/** Many alike chassis in a few lines; `{n}` in the name is the number, from 1. */
const fleetSchema = oltSchema
  .omit({ pons: true, faults: true, unconfigured: true, port: true })
  .extend({
    count: z.number().int().min(1).max(500),
    slot: z.number().int().min(0).max(20),
    ponPorts: z.number().int().min(1).max(16).default(16),
    onusPerPon: z.number().int().min(0).max(128).default(128),
    split: z.literal(128).default(128),
  })

export const scenarioSchema = z.strictObject({
  name: z.string().min(1),
  seed: z.number().int().min(0).max(0xffffffff),
  /** Invented read community of every OLT that names none. */
  community: z.string().min(1),
  timeZoneMinutes: z.number().int().min(-720).max(840).default(420),
  /** Days before the start in which there were outages already, and of which a look-around knows. */
  pastDays: z.number().int().min(0).max(60).default(0),
  olts: z.array(oltSchema).default([]),
  fleets: z.array(fleetSchema).default([]),
  duplicateSerials: z
    .array(
      z.strictObject({
        original: z.strictObject({ olt: z.string(), onu: onuRef }),
        copy: z.strictObject({ olt: z.string(), onu: onuRef }),
      }),
    )
    .default([]),
})

export type Scenario = z.output<typeof scenarioSchema>
export type OltScenario = z.output<typeof oltSchema>
export type CliScenario = z.output<typeof cliSchema>
export type Quirks = z.output<typeof quirksSchema>
export type Fault = z.output<typeof faultSchema>
