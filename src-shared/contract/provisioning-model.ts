import { z } from 'zod'
import { ethPortModes, onuConfigParts, wanModes } from '../domain/onu-config.ts'
import { instant, line, onuAddress, problem, uuid } from './common.ts'
import { ponAddress } from './history.ts'

/** Shapes of the provisioning capability that several of its procedures share. */

/**
 * What a person types into a command. Wide enough for names of the world; the family's own patterns
 * (assets/olt-families/…/cli.yaml, `parameters`) are the second, narrower gate.
 */
const cliText = (max: number) =>
  z
    .string()
    .trim()
    .max(max)
    .regex(/^\P{Cc}*$/u, 'control characters')
const cliWord = z
  .string()
  .trim()
  .min(1)
  .max(64)
  .regex(/^[\p{L}\p{N}_.+:/-]+$/u, 'word')
const vlan = z.int().min(1).max(4094)
const ipv4 = z.ipv4()

/** GPON: 4 letters and 8 hex digits; EPON: a MAC of 12 hex digits. */
export const onuSerial = z
  .string()
  .trim()
  .toUpperCase()
  .regex(/^([A-Z]{4}[0-9A-F]{8}|[0-9A-F]{12})$/, 'serial')

export const onuService = z.strictObject({
  index: z.int().min(0).max(65_535).nullable().default(null),
  vlan,
  userVlan: vlan.nullable().default(null),
  gemPort: z.int().min(0).max(4095).default(1),
  upProfile: cliWord.nullable().default(null),
  downProfile: cliWord.nullable().default(null),
})

export const onuEthPort = z.strictObject({
  port: z.int().min(1).max(24),
  mode: z.enum(ethPortModes),
  vlan: vlan.nullable().default(null),
  adminEnabled: z.boolean().nullable().default(null),
})

export const onuWan = z.strictObject({
  mode: z.enum(wanModes),
  vlan: vlan.nullable().default(null),
  ip: ipv4.nullable().default(null),
  mask: ipv4.nullable().default(null),
  gateway: ipv4.nullable().default(null),
  userName: cliText(64).nullable().default(null),
})

export const onuWifi = z.strictObject({
  index: z.int().min(1).max(8),
  ssid: cliText(32).min(1),
  enabled: z.boolean().default(true),
})

export const onuConfig = z.object({
  serial: z.string(),
  onuType: z.string().nullable(),
  lineProfile: z.string().nullable(),
  serviceProfile: z.string().nullable(),
  name: z.string().nullable(),
  description: z.string().nullable(),
  adminEnabled: z.boolean().nullable(),
  services: z.array(onuService).nullable(),
  ethPorts: z.array(onuEthPort).nullable(),
  wan: onuWan.nullable(),
  wifi: z.array(onuWifi).nullable(),
})

/**
 * What a person or a preset wants an ONU to be. Left out: as it is (of a new one: the family's
 * default). In texts `{serial}`, `{olt}`, `{pon}`, `{onu}` stand for those of the ONU.
 */
export const onuSettings = z.strictObject({
  onuType: cliWord.optional(),
  lineProfile: cliWord.optional(),
  serviceProfile: cliWord.optional(),
  name: cliText(128).optional(),
  description: cliText(128).optional(),
  services: z.array(onuService).max(16).optional(),
  ethPorts: z.array(onuEthPort).max(24).optional(),
  wan: onuWan.optional(),
  wifi: z.array(onuWifi).max(8).optional(),
})

export type OnuSettings = z.output<typeof onuSettings>

/** A speed profile of the console: what stands for it on each OLT is in `provisioning.speeds`. */
const onuId = z.int().min(0).max(1023)

/** What shall happen to each target of a plan. */
export const onuChange = z.discriminatedUnion('kind', [
  /** Target: `{oltId, serial, pon}`; `onuId` null: the lowest free one. */
  z.strictObject({
    kind: z.literal('authorise'),
    settings: onuSettings,
    speedId: uuid.nullable().default(null),
    onuId: onuId.nullable().default(null),
  }),
  /** Whatever the settings name, and nothing else. */
  z.strictObject({ kind: z.literal('configure'), settings: onuSettings }),
  /** Another of the console's speed profiles. */
  z.strictObject({ kind: z.literal('set-speed'), speedId: uuid }),
  z.strictObject({ kind: z.literal('enable') }),
  z.strictObject({ kind: z.literal('disable') }),
  z.strictObject({ kind: z.literal('suspend') }),
  z.strictObject({ kind: z.literal('resume') }),
  z.strictObject({ kind: z.literal('reboot') }),
  z.strictObject({ kind: z.literal('factory-reset') }),
  /** To a PON port of the same OLT or of another one. `onuId` null: the same where free. */
  z.strictObject({
    kind: z.literal('move'),
    to: z.strictObject({ oltId: uuid, pon: ponAddress, onuId: onuId.nullable().default(null) }),
  }),
  z.strictObject({ kind: z.literal('replace'), serial: onuSerial }),
  z.strictObject({ kind: z.literal('delete') }),
  /** To what the console holds of it. */
  z.strictObject({ kind: z.literal('resync') }),
])

export type OnuChange = z.output<typeof onuChange>
export type OnuChangeKind = OnuChange['kind']

export const configDifference = z.object({
  part: z.enum(onuConfigParts),
  before: z.string(),
  after: z.string(),
})

export const preset = z.object({
  id: uuid,
  version: z.int(),
  name: z.string(),
  /** Tried from the top; the first that fits is taken. */
  position: z.int(),
  enabled: z.boolean(),
  /** Authorises by itself what fits, as long as the auto task is on. */
  auto: z.boolean(),
  when: z.object({
    oltIds: z.array(uuid),
    slots: z.array(z.int()),
    pons: z.array(ponAddress),
    serialPattern: z.string(),
    model: z.string(),
  }),
  settings: onuSettings,
  speedId: uuid.nullable(),
})

export type Preset = z.output<typeof preset>

export const presetInput = z.strictObject({
  name: line(80),
  enabled: z.boolean().default(true),
  auto: z.boolean().default(false),
  when: z.strictObject({
    /** Empty: any. */
    oltIds: z.array(uuid).max(512).default([]),
    slots: z.array(z.int().min(0).max(63)).max(64).default([]),
    pons: z.array(ponAddress).max(256).default([]),
    /** `HWTC*`, `*0A??`: `*` any text, `?` one character; empty: any. */
    serialPattern: z
      .string()
      .trim()
      .max(32)
      .regex(/^[A-Za-z0-9*?]*$/, 'pattern')
      .default(''),
    /** The same, of the model that the ONU tells. */
    model: z
      .string()
      .trim()
      .max(64)
      .regex(/^[\p{L}\p{N}_. +*?/-]*$/u, 'pattern')
      .default(''),
  }),
  settings: onuSettings,
  speedId: uuid.nullable().default(null),
})

export const waitingOnu = z.object({
  oltId: uuid,
  oltName: z.string(),
  pon: ponAddress.nullable(),
  serial: z.string().nullable(),
  model: z.string().nullable(),
  firmware: z.string().nullable(),
  firstSeenAt: instant,
  seenAt: instant,
  /** The preset that fits first. */
  preset: z.object({ id: uuid, name: z.string(), auto: z.boolean() }).nullable(),
  /** It was announced before it was plugged in. */
  savedId: uuid.nullable(),
  /** The same serial stands configured there: move or replace instead. */
  elsewhere: z
    .array(z.object({ oltId: uuid, oltName: z.string(), address: onuAddress, online: z.boolean() }))
    .max(8),
  /** A plan that authorises it now. */
  planId: uuid.nullable(),
  obstacle: problem.nullable(),
})

export type WaitingOnu = z.output<typeof waitingOnu>

export const savedOnu = z.object({
  id: uuid,
  serial: z.string(),
  settings: onuSettings,
  speedId: uuid.nullable(),
  /** Only there; null: wherever it shows up. */
  oltId: uuid.nullable(),
  pon: ponAddress.nullable(),
  auto: z.boolean(),
  note: z.string(),
  createdAt: z.number(),
  by: z.string().nullable(),
})

export const speedProfile = z.object({
  id: uuid,
  version: z.int(),
  name: z.string(),
  downKbps: z.int(),
  upKbps: z.int(),
  /** What stands for it on an OLT: catalogue ids; what is null is left as it is. */
  onOlts: z.array(
    z.object({
      oltId: uuid,
      lineProfile: z.string().nullable(),
      serviceProfile: z.string().nullable(),
      upProfile: z.string().nullable(),
      downProfile: z.string().nullable(),
    }),
  ),
})

export const catalogueEntry = z.object({
  id: z.string(),
  name: z.string(),
  downKbps: z.number().nullable(),
  upKbps: z.number().nullable(),
  ethPorts: z.int().nullable(),
  voicePorts: z.int().nullable(),
  wifi: z.boolean().nullable(),
  inUse: z.int().nullable(),
})

export const desiredStates = ['active', 'suspended', 'removed'] as const

/** "Wanted, seen, since". */
/** Why billing wants a line on or off. */
export const lineCauses = ['running', 'paused', 'debt', 'ended'] as const
export type LineCause = (typeof lineCauses)[number]

export const serviceState = z.object({
  oltId: uuid,
  oltName: z.string(),
  address: onuAddress,
  serial: z.string(),
  desired: z.enum(desiredStates),
  desiredSince: z.number(),
  desiredBy: z.string().nullable(),
  reason: z.string(),
  /** Who wishes it: a person, or the subscription of the service. */
  source: z.enum(['hand', 'billing']),
  /** What in billing it follows from; null: a person wishes it. */
  cause: z.enum(lineCauses).nullable(),
  /** `unknown`: not read since the wish. */
  actual: z.enum([...desiredStates, 'unknown']),
  actualAt: instant,
  /** Since when both agree; null: they do not. */
  agreesSince: instant,
  tries: z.int(),
  nextTryAt: instant,
  problem: problem.nullable(),
  planId: uuid.nullable(),
})

export type ServiceState = z.output<typeof serviceState>

export const mismatchKinds = [
  'missing-on-olt',
  'extra-on-olt',
  'serial',
  'profile',
  'services',
  'description',
  'admin-state',
  'eth-ports',
  'other',
] as const

export const mismatch = z.object({
  id: uuid,
  oltId: uuid,
  oltName: z.string(),
  address: onuAddress,
  serial: z.string(),
  kinds: z.array(z.enum(mismatchKinds)),
  differences: z.array(configDifference),
  foundAt: z.number(),
})

export type Mismatch = z.output<typeof mismatch>

/** ONUs on an OLT that the console holds no record of, gathered by how they are set. */
export const adoptionGroup = z.object({
  id: z.string(),
  settings: onuSettings,
  count: z.int(),
  share: z.number(),
  models: z.array(z.object({ model: z.string(), count: z.int() })),
  /** Some of them. */
  samples: z.array(z.object({ address: onuAddress, serial: z.string() })),
  suggestedName: z.string(),
})

export const whatIfRow = z.object({
  address: onuAddress,
  serial: z.string(),
  name: z.string().nullable(),
  newAddress: onuAddress.nullable(),
  /** dBm; null: not known. */
  onuRxNowDbm: z.number().nullable(),
  onuRxThenDbm: z.number().nullable(),
  marginThenDb: z.number().nullable(),
  serviceLossS: z.number(),
  problems: z.array(problem),
  warnings: z.array(problem),
})
