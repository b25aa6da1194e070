import { z } from 'zod'
import { countries } from '../domain/countries.ts'
import { subscriberStatuses } from '../domain/subscriber-status.ts'
import { instant, line, onuAddress, uuid } from './common.ts'
import { onuRow } from './network-model.ts'
import { coordinates } from './plant.ts'
import { serviceState } from './provisioning-model.ts'

/** Subscribers as the procedures speak of them. Instants are milliseconds since 1970. */

export const subscriberKinds = ['person', 'company'] as const
export const contactRoles = ['owner', 'billing', 'technical', 'other'] as const
export const contactChannels = ['any', 'call', 'whatsapp', 'sms', 'email', 'none'] as const
export const addressKinds = ['service', 'billing', 'postal'] as const
export const taxTreatments = ['standard', 'exempt', 'reverse-charge', 'outside'] as const
export const serviceStates = ['planned', 'live', 'ended'] as const

/** Text that may be empty; one line. */
const words = (max: number) =>
  z
    .string()
    .trim()
    .max(max)
    .regex(/^\P{Cc}*$/u, 'control characters')

/** Several lines: no control characters but line breaks. */
const lines = (max: number) =>
  z
    .string()
    .trim()
    .max(max)
    .regex(/^[\P{Cc}\n]*$/u, 'control characters')

/** ISO 3166-1 alpha-2. */
export const countryCode = z
  .string()
  .length(2)
  .refine((code) => countries.has(code), 'no country')

/** BCP 47, as far as it is used here: `id`, `en`, `pt-BR`. */
export const languageTag = z.string().regex(/^[a-z]{2,3}(?:-[A-Z]{2})?$/u, 'no language')

/** What is typed of a subscriber himself. */
export const subscriberFields = {
  kind: z.enum(subscriberKinds),
  name: line(160),
  language: languageTag,
  /** IANA; null: the seller's. */
  timeZone: words(60).min(1).nullable().default(null),
  /** ISO 4217; null: the seller's. */
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/u)
    .nullable()
    .default(null),
  neverSuspend: z.boolean().default(false),
  neverSuspendReason: words(200).default(''),
  taxId: words(40).default(''),
  /** As it stands in the tax register, where that is not the name. */
  taxName: words(160).default(''),
  taxTreatment: z.enum(taxTreatments).default('standard'),
  taxNote: words(200).default(''),
}

export const contactFields = {
  role: z.enum(contactRoles),
  name: words(160).default(''),
  email: words(254).default(''),
  /** However typed; kept as E.164 by the workspace's country. Empty: none. */
  phone: words(40).default(''),
  channel: z.enum(contactChannels).default('any'),
  note: words(200).default(''),
}

export const addressFields = {
  kind: z.enum(addressKinds),
  label: words(80).default(''),
  lines: lines(300).default(''),
  city: words(80).default(''),
  region: words(80).default(''),
  postcode: words(20).default(''),
  country: z.union([countryCode, z.literal('')]).default(''),
  coordinates: coordinates.nullable().default(null),
}

export const subscriberRow = z.object({
  id: uuid,
  version: z.int(),
  code: z.string(),
  kind: z.enum(subscriberKinds),
  name: z.string(),
  status: z.enum(subscriberStatuses),
  statusSince: z.number(),
  agentId: uuid.nullable(),
  agentName: z.string().nullable(),
  neverSuspend: z.boolean(),
  restricted: z.boolean(),
  /** Of the first contact that has one. */
  phone: z.string().nullable(),
  email: z.string().nullable(),
  /** Of the first address, in one line. */
  address: z.string().nullable(),
  /** Of a live service that is reached. */
  serial: z.string().nullable(),
  liveServices: z.int(),
  createdAt: z.number(),
  updatedAt: z.number(),
})

export type SubscriberRow = z.output<typeof subscriberRow>

export const subscriberContact = z.object({ ...contactFields, id: uuid, verifiedAt: instant })
export type SubscriberContact = z.output<typeof subscriberContact>

export const subscriberAddress = z.object({ ...addressFields, id: uuid })
export type SubscriberAddress = z.output<typeof subscriberAddress>

/** What the network tells of the ONU that a service names. */
export const serviceOnu = z.object({
  oltId: uuid,
  /** Null: the OLT was removed. */
  oltName: z.string().nullable(),
  serial: z.string(),
  /** Where it is on that OLT now; null: it is not on it. */
  onu: onuRow.nullable(),
  /** Other places on which the same serial number is seen: it moved, or there are two. */
  elsewhere: z.array(z.object({ oltId: uuid, oltName: z.string(), address: onuAddress })),
  /** Wanted, seen, since (provisioning); null: nothing was ever wished. */
  wanted: serviceState.nullable(),
  /** Whether the caller may open the ONU's page. */
  reached: z.boolean(),
})

export const subscriberService = z.object({
  id: uuid,
  subscriberId: uuid,
  version: z.int(),
  name: z.string(),
  addressId: uuid.nullable(),
  state: z.enum(serviceStates),
  liveSince: instant,
  endedAt: instant,
  note: z.string(),
  /** Null: it has none yet, or had none when it ended. */
  onu: serviceOnu.nullable(),
})

export type SubscriberService = z.output<typeof subscriberService>

export const subscriberNote = z.object({
  id: uuid,
  version: z.int(),
  text: z.string(),
  pinned: z.boolean(),
  by: z.string().nullable(),
  createdAt: z.number(),
  updatedAt: z.number(),
})

export type SubscriberNote = z.output<typeof subscriberNote>

export const subscriberFile = z.object({
  id: uuid,
  name: z.string(),
  /** Told from its content. */
  mediaType: z.string(),
  bytes: z.int(),
  sha256: z.string(),
  note: z.string(),
  by: z.string().nullable(),
  addedAt: z.number(),
})

export type SubscriberFile = z.output<typeof subscriberFile>

/** One thing that happened. `data`: what it was, for the words of its kind; no secret in it. */
export const subscriberEvent = z.object({
  seq: z.int(),
  at: z.number(),
  kind: z.string(),
  objectKind: z.string().nullable(),
  objectId: z.string().nullable(),
  /** Null: the console itself. */
  by: z.string().nullable(),
  data: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
})

export type SubscriberEvent = z.output<typeof subscriberEvent>

export const subscriberRecord = z.object({
  ...subscriberFields,
  id: uuid,
  version: z.int(),
  code: z.string(),
  status: z.enum(subscriberStatuses),
  statusSince: z.number(),
  statusReason: z.string(),
  agentId: uuid.nullable(),
  agentName: z.string().nullable(),
  restricted: z.boolean(),
  restrictedSince: instant,
  /** Null: never asked. */
  marketingConsent: z.boolean().nullable(),
  marketingConsentAt: instant,
  anonymisedAt: instant,
  createdAt: z.number(),
  createdBy: z.string().nullable(),
  updatedAt: z.number(),
  contacts: z.array(subscriberContact),
  addresses: z.array(subscriberAddress),
  /** Those that are reached. */
  services: z.array(subscriberService),
  /** Services on OLTs that are not reached. */
  servicesBeyond: z.int(),
  notes: z.array(subscriberNote),
  files: z.array(subscriberFile),
})

export type SubscriberRecord = z.output<typeof subscriberRecord>

/** Who is behind an ONU, without money. */
export const behindOnu = z.object({
  subscriberId: uuid,
  code: z.string(),
  kind: z.enum(subscriberKinds),
  name: z.string(),
  status: z.enum(subscriberStatuses),
  neverSuspend: z.boolean(),
  phone: z.string().nullable(),
  email: z.string().nullable(),
  address: z.string().nullable(),
  coordinates: coordinates.nullable(),
  serviceId: uuid,
  serviceName: z.string(),
  serviceState: z.enum(serviceStates),
  liveSince: instant,
  endedAt: instant,
})

export type BehindOnu = z.output<typeof behindOnu>
