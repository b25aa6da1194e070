import type { Output } from '../../src-shared/contract/index.ts'
import { subscribersAccess } from '../../src-shared/contract/subscribers-access.ts'
import type { BehindOnu, SubscriberFile } from '../../src-shared/contract/subscribers-model.ts'
import { packOnuAddress } from '../../src-shared/domain/onu-address.ts'
import { phoneOf } from '../../src-shared/domain/phone.ts'
import { NocturneError } from '../../src-shared/errors.ts'
import type { QueryHandlers } from '../engine/handlers.ts'
import { isEverything, reaches, reachesOlt, type Belongs, type Reach } from '../engine/reach.ts'
import type { SubscriberList } from './list.ts'
import type { SubscribersDependencies } from './ports.ts'
import { addressLine, codeOf, fromE7 } from './rules.ts'
import type { ServiceOnus } from './service-onus.ts'
import type { SubscriberSettings } from './settings.ts'
import type { OneSubscriber, ServiceData, SubscriberData } from './tables.ts'
import type { createTimelineReads } from './timeline.ts'
import { nameKeyOf } from './words.ts'

export type SubscriberQuery =
  | 'subscribers.list'
  | 'subscribers.record'
  | 'subscribers.timeline'
  | 'subscribers.behindOnu'
  | 'subscribers.file'
  | 'subscribers.alike'
  | 'subscribers.agents'
  | 'subscribers.settings'

interface BehindRow extends Omit<BehindOnu, 'neverSuspend' | 'coordinates' | 'address'> {
  readonly neverSuspend: 0 | 1
  readonly agentId: string | null
  readonly lines: string | null
  readonly city: string | null
  readonly region: string | null
  readonly postcode: string | null
  readonly shownAddress: string | null
  readonly latitudeE7: number | null
  readonly longitudeE7: number | null
}

export const createSubscriberQueries = (
  deps: Pick<SubscribersDependencies, 'reader' | 'nameOfAccount' | 'activeAccounts'> & {
    readonly reads: OneSubscriber
    readonly list: SubscriberList
    readonly onus: ServiceOnus
    readonly settings: () => SubscriberSettings
    readonly timeline: ReturnType<typeof createTimelineReads>
    readonly belongs: (id: string) => Belongs | null
    readonly revision: () => number
  },
): QueryHandlers<SubscriberQuery> => {
  const { reader, reads, list, onus } = deps

  const present = (id: string): SubscriberData => {
    const found = reads.subscriber(id)
    if (found === undefined) throw new NocturneError('not-found', { what: 'subscriber' })
    return found
  }
  const nameOf = (accountId: string | null): string | null =>
    accountId === null ? null : deps.nameOfAccount(accountId)

  /** SECURITY: of who is reached in part, the services on OLTs that are. */
  const seesService =
    (reach: Reach, { agentId }: Pick<SubscriberData, 'agentId'>) =>
    ({ oltId }: Pick<ServiceData, 'oltId'>): boolean =>
      isEverything(reach) ||
      (agentId !== null && agentId === reach.accountId) ||
      oltId === null ||
      reachesOlt(reach, oltId)

  const notes = reader.prepare<
    [string],
    {
      id: string
      version: number
      text: string
      pinned: 0 | 1
      accountId: string | null
      createdAt: number
      updatedAt: number
    }
  >(
    `SELECT id, version, text, pinned, account_id AS accountId, created_at AS createdAt,
      updated_at AS updatedAt FROM subscriber_note WHERE subscriber_id = ?
      ORDER BY pinned DESC, created_at DESC, id DESC`,
  )
  type FileRow = Omit<SubscriberFile, 'by'> & { readonly accountId: string | null }
  const fileColumns = `id, name, media_type AS mediaType, bytes, sha256, note,
    account_id AS accountId, added_at AS addedAt`
  const files = reader.prepare<[string], FileRow>(
    `SELECT ${fileColumns} FROM subscriber_file WHERE subscriber_id = ?
      ORDER BY added_at DESC, id DESC`,
  )
  const file = reader.prepare<[string, string], FileRow>(
    `SELECT ${fileColumns} FROM subscriber_file WHERE id = ? AND subscriber_id = ?`,
  )
  const content = reader.prepare<[string], { content: Buffer }>(
    `SELECT content FROM subscriber_file_content WHERE file_id = ?`,
  )
  const fileOf = ({ accountId, ...row }: FileRow): SubscriberFile => ({
    ...row,
    by: nameOf(accountId),
  })

  const behind = reader.prepare<[string, string], BehindRow>(
    `SELECT s.id AS subscriberId, s.code, s.kind, s.name, s.status, s.agent_id AS agentId,
      s.never_suspend AS neverSuspend, s.shown_phone AS phone, s.shown_email AS email,
      s.shown_address AS shownAddress, a.lines, a.city, a.region, a.postcode,
      a.latitude_e7 AS latitudeE7, a.longitude_e7 AS longitudeE7, v.id AS serviceId,
      v.name AS serviceName, v.state AS serviceState, v.live_since AS liveSince,
      v.ended_at AS endedAt
      FROM subscriber_service v JOIN subscriber s ON s.id = v.subscriber_id
      LEFT JOIN subscriber_address a ON a.id = v.address_id
      WHERE v.serial = ? AND v.olt_id = ?
      ORDER BY v.state = 'ended', v.ended_at DESC, v.id LIMIT 20`,
  )
  const behindOf = (row: BehindRow): BehindOnu => {
    const {
      agentId: _,
      lines,
      city,
      region,
      postcode,
      shownAddress,
      latitudeE7,
      longitudeE7,
      ...rest
    } = row
    return {
      ...rest,
      neverSuspend: row.neverSuspend === 1,
      address:
        lines === null
          ? shownAddress
          : addressLine({
              lines,
              city: city ?? '',
              region: region ?? '',
              postcode: postcode ?? '',
            }),
      coordinates:
        latitudeE7 === null || longitudeE7 === null
          ? null
          : { latitude: fromE7(latitudeE7), longitude: fromE7(longitudeE7) },
    }
  }

  const alikeBy = {
    name: reader.prepare<[string], { id: string }>(
      `SELECT id FROM subscriber WHERE name_key = ? LIMIT 20`,
    ),
    phone: reader.prepare<[string], { id: string }>(
      `SELECT DISTINCT subscriber_id AS id FROM subscriber_contact WHERE phone = ? AND phone <> ''
        LIMIT 20`,
    ),
    email: reader.prepare<[string], { id: string }>(
      `SELECT DISTINCT subscriber_id AS id FROM subscriber_contact
        WHERE email = ? AND email <> '' LIMIT 20`,
    ),
  } as const

  return {
    'subscribers.list': (input, { reach }) => ({
      ...list.list(input, reach),
      revision: deps.revision(),
    }),

    'subscribers.record': ({ id }, { reach }) => {
      const { number: _, importId: __, ...data } = present(id)
      const services = reads.services(id)
      const seen = services.filter(seesService(reach, data))
      return {
        ...data,
        neverSuspend: data.neverSuspend === 1,
        restricted: data.restricted === 1,
        marketingConsent: data.marketingConsent === null ? null : data.marketingConsent === 1,
        agentName: nameOf(data.agentId),
        createdBy: nameOf(data.createdBy),
        contacts: [...reads.contacts(id)],
        addresses: [...reads.addresses(id)],
        services: seen.map((service) => onus.serviceOf(service, reach)),
        servicesBeyond: services.length - seen.length,
        notes: notes.all(id).map(({ accountId, pinned, ...note }) => ({
          ...note,
          pinned: pinned === 1,
          by: nameOf(accountId),
        })),
        files: files.all(id).map(fileOf),
      }
    },

    'subscribers.timeline': ({ id, before, limit }, { reach }) => {
      const data = present(id)
      const sees = seesService(reach, data)
      const beyond = reads.services(id).flatMap((one) => (sees(one) ? [] : [one.id]))
      const events = deps.timeline.page(id, before, limit + 1, beyond)
      return { events: events.slice(0, limit), more: events.length > limit }
    },

    'subscribers.behindOnu': (
      { oltId, address },
      { reach, session },
    ): Output<'subscribers.behindOnu'> => {
      const serial = onus.serialAt(oltId, packOnuAddress(address))
      const rows = serial === null ? [] : behind.all(serial, oltId)
      return {
        serial,
        behind: rows
          .filter(({ subscriberId }) => {
            const belongs = deps.belongs(subscriberId)
            return belongs !== null && reaches(reach, belongs, true)
          })
          .map(behindOf),
        readable: session?.permissions.has(subscribersAccess.read) ?? false,
      }
    },

    'subscribers.file': ({ id, fileId }) => {
      const found = file.get(fileId, id)
      const kept = content.get(fileId)
      if (found === undefined || kept === undefined) {
        throw new NocturneError('not-found', { what: 'subscriber-file' })
      }
      return { file: fileOf(found), content: new Uint8Array(kept.content) }
    },

    'subscribers.alike': ({ name, phone, email, exceptId }, { reach }) => {
      const number = phone === '' ? null : phoneOf(phone, deps.settings().country)
      const found = new Map<string, ('name' | 'phone' | 'email')[]>()
      const take = (by: 'name' | 'phone' | 'email', rows: readonly { id: string }[]): void => {
        for (const { id } of rows)
          if (id !== exceptId) found.set(id, [...(found.get(id) ?? []), by])
      }
      if (number !== null) take('phone', alikeBy.phone.all(number))
      if (email.trim() !== '') take('email', alikeBy.email.all(email.trim()))
      if (name.trim() !== '') take('name', alikeBy.name.all(nameKeyOf(name)))
      const reached = [...found.keys()].filter((id) => {
        const belongs = deps.belongs(id)
        return belongs !== null && reaches(reach, belongs, true)
      })
      return {
        alike: list
          .rowsOf(reached.slice(0, 10), reach)
          .map((subscriber) => ({ subscriber, by: found.get(subscriber.id) ?? [] })),
      }
    },

    /** SECURITY: who reaches a part gives nobody anything, and so learns no other names. */
    'subscribers.agents': (_input, { reach }) => ({
      agents: deps
        .activeAccounts()
        .filter(({ id }) => isEverything(reach) || id === reach.accountId)
        .map(({ id, name }) => ({ id, name })),
    }),

    'subscribers.settings': () => {
      const settings = deps.settings()
      return { ...settings, nextCode: codeOf(settings.codePattern, settings.nextNumber) }
    },
  }
}
