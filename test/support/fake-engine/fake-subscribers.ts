import { namedOf } from './fake-named.ts'
import type {
  EventName,
  Input,
  Output,
  Payload,
  ProcedureName,
} from '../../../src-shared/contract/index.ts'
import type { SubscriberFilter } from '../../../src-shared/contract/subscribers-access.ts'
import type {
  SubscriberRecord,
  SubscriberRow,
} from '../../../src-shared/contract/subscribers-model.ts'
import { packOnuAddress } from '../../../src-shared/domain/onu-address.ts'
import { foldText } from '../../../src-shared/domain/fold-text.ts'
import { phoneOf } from '../../../src-shared/domain/phone.ts'
import { NocturneError } from '../../../src-shared/errors.ts'
import type { FakePlant } from './fake-plant.ts'
import { createFakeSubscriberBook, uuidOf } from './fake-subscriber-book.ts'
import { createFakeSubscriberPapers } from './fake-subscriber-papers.ts'

type Names = Extract<ProcedureName, `subscribers.${string}`>
type Handlers = {
  readonly [Name in Names]: (input: Input<Name>) => Output<Name> | Promise<Output<Name>>
}

/** Subscribers of the fake engine; what is changed stays changed until the page is loaded again. */
export const createFakeSubscribers = (deps: {
  readonly plant: FakePlant
  readonly now: () => number
  readonly me: () => string
  readonly may: (permission: string) => boolean
  readonly emit: <Name extends EventName>(name: Name, payload: Payload<Name>) => void
}): {
  readonly handlers: Handlers
  readonly find: (text: string) => readonly SubscriberRow[]
  /** As billing asks for them. */
  readonly named: (text: string, limit: number) => ReturnType<typeof namedOf>
} => {
  const { plant, now } = deps
  const book = createFakeSubscriberBook(plant, now)
  const agent = { id: uuidOf('a0a0', 1), name: 'Dewi Lestari' }
  let settings = {
    version: 1,
    codePattern: 'S-{000000}',
    nextNumber: plant.size + 4,
    country: 'ID',
    language: 'id',
  }
  const imports: Output<'subscribers.imports'>['imports'] = []
  let revision = 1
  let made = 0

  const changed = (): void => {
    revision += 1
    deps.emit('subscribers.changed', { revision })
  }
  const present = (id: string): SubscriberRecord => {
    const found = book.record(id)
    if (found === undefined) throw new NocturneError('not-found')
    return found
  }
  const put = (id: string, change: Partial<SubscriberRecord>, baseVersion?: number): number => {
    const before = present(id)
    if (baseVersion !== undefined && before.version !== baseVersion) {
      throw new NocturneError('conflict')
    }
    const version = before.version + (baseVersion === undefined ? 0 : 1)
    book.keep({ ...before, ...change, version, updatedAt: now() })
    changed()
    return version
  }
  const nextCode = (): string => `S-${String(settings.nextNumber).padStart(6, '0')}`
  const newId = (): string => uuidOf('a0ff', (made += 1))

  const matches = (filter: SubscriberFilter) => {
    const phone = phoneOf(filter.search, settings.country)
    const words = foldText(filter.search).split(/\s+/u).filter(Boolean)
    return (row: SubscriberRow): boolean =>
      (phone === null
        ? words.every((word) =>
            foldText(
              `${row.code} ${row.name} ${row.phone} ${row.email} ${row.address} ${row.serial}`,
            ).includes(word),
          )
        : row.phone === phone) &&
      (filter.statuses.length === 0 || filter.statuses.includes(row.status)) &&
      (filter.kind === null || row.kind === filter.kind) &&
      (filter.agent === null || (filter.agent === 'none' ? null : filter.agent) === row.agentId) &&
      (filter.service === null || (filter.service === 'live') === row.liveServices > 0) &&
      (!filter.neverSuspend || row.neverSuspend) &&
      (!filter.restricted || row.restricted)
  }

  const keyOf: Readonly<
    Record<Input<'subscribers.list'>['sort'], (row: SubscriberRow) => string | number>
  > = {
    name: (row) => foldText(row.name),
    code: (row) => row.code,
    status: (row) => row.status,
    agent: (row) => row.agentName ?? '',
    services: (row) => row.liveServices,
    createdAt: (row) => row.createdAt,
    updatedAt: (row) => row.updatedAt,
  }

  const sorted = (
    filter: SubscriberFilter,
    sort: Input<'subscribers.list'>['sort'],
    descending: boolean,
  ): SubscriberRow[] => {
    const key = keyOf[sort]
    const found = book.rows().filter(matches(filter))
    found.sort((one, other) => {
      const [a, b] = [key(one), key(other)]
      return a < b ? -1 : a > b ? 1 : 0
    })
    return descending ? found.toReversed() : found
  }

  const idsOf = (which: Input<'subscribers.setAgent'>['which']): readonly string[] =>
    'ids' in which ? which.ids : sorted(which.filter, 'name', false).map(({ id }) => id)

  const handlers: Handlers = {
    'subscribers.list': ({ filter, sort, descending, offset, limit }) => {
      const found = sorted(filter, sort, descending)
      return {
        subscribers: found.slice(offset, offset + limit),
        total: found.length,
        all: book.rows().length,
        revision,
      }
    },
    'subscribers.record': ({ id }) => present(id),
    'subscribers.timeline': ({ id }) => {
      const record = present(id)
      const event = (
        seq: number,
        kind: string,
        at: number,
        data: Output<'subscribers.timeline'>['events'][number]['data'] = {},
      ) => ({ seq, at, kind, objectKind: null, objectId: null, by: 'Dewi Lestari', data })
      return {
        events: [
          event(4, 'note-added', now() - 86_400_000 * 40),
          event(3, 'file-added', record.createdAt + 7_200_000, { name: 'contract.pdf' }),
          event(2, 'service-added', record.createdAt + 3_600_000, {
            name: 'Home internet',
            serial: record.services[0]?.onu?.serial ?? null,
            olt: record.services[0]?.onu?.oltName ?? null,
          }),
          event(1, 'created', record.createdAt, { status: 'lead' }),
        ],
        more: false,
      }
    },
    'subscribers.behindOnu': ({ oltId, address }) => {
      const olt = plant.olts.find((one) => one.id === oltId)
      const packed = packOnuAddress(address)
      let row = olt?.firstRow ?? 0
      const end = row + (olt?.rows ?? 0)
      while (row < end && plant.address[row] !== packed) row += 1
      const record = row < end ? book.ofPlantRow(row) : undefined
      const service = record?.services[0]
      const place = record?.addresses[0]
      return {
        serial: row < end ? (plant.serial[row] ?? null) : null,
        readable: deps.may('subscribers.subscriber.read'),
        behind:
          record === undefined || service === undefined
            ? []
            : [
                {
                  subscriberId: record.id,
                  code: record.code,
                  kind: record.kind,
                  name: record.name,
                  status: record.status,
                  neverSuspend: record.neverSuspend,
                  phone: record.contacts[0]?.phone ?? null,
                  email: record.contacts[0]?.email ?? null,
                  address: place === undefined ? null : `${place.lines}, ${place.city}`,
                  coordinates: place?.coordinates ?? null,
                  serviceId: service.id,
                  serviceName: service.name,
                  serviceState: service.state,
                  liveSince: service.liveSince,
                  endedAt: service.endedAt,
                },
              ],
      }
    },
    'subscribers.file': ({ id, fileId }) => {
      const file = present(id).files.find((one) => one.id === fileId)
      if (file === undefined) throw new NocturneError('not-found')
      return { file, content: new TextEncoder().encode('%PDF-1.7 fake') }
    },
    'subscribers.export': ({ filter, sort, descending }) => {
      const found = sorted(filter, sort, descending)
      const lines = found.map(({ code, name, phone }) => [code, name, phone ?? ''].join(','))
      return { csv: `\ufeffcode,name,phone\r\n${lines.join('\r\n')}\r\n`, rows: found.length }
    },
    'subscribers.alike': ({ phone, name, exceptId }) => {
      const number = phone === '' ? null : phoneOf(phone, settings.country)
      return {
        alike: book
          .rows()
          .filter(({ id }) => id !== exceptId)
          .flatMap((subscriber) => {
            const by: ('name' | 'phone')[] = []
            if (number !== null && subscriber.phone === number) by.push('phone')
            if (name !== '' && foldText(subscriber.name) === foldText(name)) by.push('name')
            return by.length === 0 ? [] : [{ subscriber, by }]
          })
          .slice(0, 10),
      }
    },
    'subscribers.agents': () => ({
      agents: [agent, { id: uuidOf('a0a0', 2), name: 'Agus Salim' }],
    }),
    'subscribers.settings': () => ({ ...settings, nextCode: nextCode() }),
    'subscribers.previewAgent': ({ which, agentId }) => {
      const ids = new Set(idsOf(which))
      const rows = book.rows().filter(({ id }) => ids.has(id))
      const changing = rows.filter((row) => row.agentId !== agentId)
      const count = changing.filter((row) => row.agentId === null).length
      return {
        chosen: rows.length,
        changing: changing.length,
        from: [
          ...(count > 0 ? [{ agentName: null, count }] : []),
          ...(count < changing.length
            ? [{ agentName: agent.name, count: changing.length - count }]
            : []),
        ],
        sample: changing.slice(0, 10).map(({ code, name }) => ({ code, name })),
      }
    },
    'subscribers.previewImport': ({ mapping }) => ({
      importId: newId(),
      encoding: 'UTF-8',
      separator: ',',
      columns: (['name', 'phone', 'olt', 'serial', null] as const).map((field, at) => ({
        header: ['Nama', 'No HP', 'OLT', 'SN', 'Paket lama'][at] ?? '',
        field: mapping === null ? field : (mapping[at] ?? null),
        sample:
          [['Sri Rahayu'], ['0812-3456-7890'], ['Harbour'], ['ZTEGC0FFEE01'], ['20 Mbps']][at] ??
          [],
      })),
      rows: 14,
      adds: 12,
      problems: [
        { line: 7, field: 'phone', code: 'phone', text: '08x1' },
        { line: 9, field: 'code', code: 'code-taken', text: 'S-000004' },
      ],
      problemsTotal: 2,
      warnings: [{ line: 4, code: 'alike-phone', text: 'Budi Santoso: +628123456789' }],
      warningsTotal: 1,
      sample: [
        {
          line: 2,
          code: '',
          name: 'Sri Rahayu',
          phone: '+6281234567890',
          email: '',
          address: 'Jl. Melati 4, Bandung',
          serial: 'ZTEGC0FFEE01',
        },
      ],
    }),
    'subscribers.imports': () => ({ imports: [...imports] }),
    'subscribers.create': ({ code, contacts, addresses, agentId, ...fields }) => {
      const id = newId()
      const own = code ?? nextCode()
      if (book.rows().some((row) => row.code.toLowerCase() === own.toLowerCase())) {
        throw new NocturneError('subscriber-code-taken', { code: own })
      }
      if (code === null) settings = { ...settings, nextNumber: settings.nextNumber + 1 }
      book.keep({
        ...fields,
        id,
        version: 1,
        code: own,
        statusSince: now(),
        statusReason: '',
        agentId,
        agentName: agentId === agent.id ? agent.name : null,
        restricted: false,
        restrictedSince: null,
        marketingConsent: null,
        marketingConsentAt: null,
        anonymisedAt: null,
        createdAt: now(),
        createdBy: deps.me(),
        updatedAt: now(),
        contacts: contacts.map((one) => ({
          ...one,
          id: newId(),
          phone: phoneOf(one.phone, settings.country) ?? '',
          verifiedAt: null,
        })),
        addresses: addresses.map((one) => ({ ...one, id: newId() })),
        services: [],
        servicesBeyond: 0,
        notes: [],
        files: [],
      })
      changed()
      return { id, code: own }
    },
    'subscribers.change': ({ id, baseVersion, ...fields }) => ({
      version: put(id, fields, baseVersion),
    }),
    'subscribers.setStatus': ({ id, baseVersion, status, reason }) => ({
      version: put(id, { status, statusSince: now(), statusReason: reason }, baseVersion),
    }),
    'subscribers.setContacts': ({ id, baseVersion, contacts }) => ({
      version: put(
        id,
        {
          contacts: contacts.map((one, at) => {
            const phone = one.phone === '' ? '' : phoneOf(one.phone, settings.country)
            if (phone === null) {
              throw new NocturneError('invalid-input', {
                field: `contacts.${at}.phone`,
                rule: 'phone',
              })
            }
            return { ...one, id: one.id ?? newId(), phone, verifiedAt: null }
          }),
        },
        baseVersion,
      ),
    }),
    'subscribers.setAddresses': ({ id, baseVersion, addresses }) => ({
      version: put(
        id,
        { addresses: addresses.map((one) => ({ ...one, id: one.id ?? newId() })) },
        baseVersion,
      ),
    }),
    'subscribers.setAgent': ({ which, agentId }) => {
      const ids = idsOf(which)
      for (const id of ids) {
        put(id, { agentId, agentName: agentId === agent.id ? agent.name : null })
      }
      return { changed: ids.length, before: [{ agentId: null, ids: [...ids] }] }
    },
    ...createFakeSubscriberPapers({ plant, now, me: deps.me, present, put, newId }),
    'subscribers.configure': ({ baseVersion, ...change }) => {
      settings = { ...change, version: baseVersion + 1 }
      return { version: settings.version }
    },
    'subscribers.applyImport': ({ importId }) => {
      imports.unshift({
        id: importId,
        at: now(),
        by: deps.me(),
        fileName: 'subscribers.csv',
        added: 12,
        undoneAt: null,
        builtUpon: 0,
      })
      changed()
      return { added: 12 }
    },
    'subscribers.undoImport': ({ importId }) => {
      const at = imports.findIndex(({ id }) => id === importId)
      const found = imports[at]
      if (found !== undefined) imports[at] = { ...found, undoneAt: now() }
      changed()
      return { removed: 12 }
    },
  }

  const find = (text: string): readonly SubscriberRow[] =>
    book.rows().filter(
      matches({
        search: text,
        statuses: [],
        kind: null,
        agent: null,
        oltId: null,
        service: null,
        neverSuspend: false,
        restricted: false,
        importId: null,
      }),
    )
  return { handlers, find, named: (text, limit) => namedOf(find(text), limit) }
}
