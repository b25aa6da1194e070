import type {
  SubscriberRecord,
  SubscriberRow,
  SubscriberService,
} from '../../../src-shared/contract/subscribers-model.ts'
import type { FakePlant } from './fake-plant.ts'
import { rowOf } from './fake-rows.ts'

/** Subscribers of the generated network: one for every ONU, and some leads without a service. */

const firstNames =
  'Agus Budi Citra Dewi Eko Fitri Gunawan Hana Indah Joko Kartika Lestari Made Nur Putri Rahmat Sari Tono Wayan Yuni'.split(
    ' ',
  )
const lastNames =
  'Santoso Wijaya Halim Pratama Nugroho Saputra Hidayat Kurniawan Siregar Setiawan Permata Utami'.split(
    ' ',
  )
const cities = ['Bandung', 'Cimahi', 'Sumedang', 'Garut'] as const

export const uuidOf = (part: string, number: number): string =>
  `01930000-0000-7000-${part}-${number.toString(16).padStart(12, '0')}`

const pick = <Value>(from: readonly Value[], at: number): Value => from[at % from.length]!

export interface FakeSubscriberBook {
  readonly rows: () => SubscriberRow[]
  readonly record: (id: string) => SubscriberRecord | undefined
  readonly keep: (record: SubscriberRecord) => void
  readonly drop: (id: string) => void
  /** Who is served by this row of the plant. */
  readonly ofPlantRow: (row: number) => SubscriberRecord | undefined
}

export const createFakeSubscriberBook = (
  plant: FakePlant,
  now: () => number,
): FakeSubscriberBook => {
  const kept = new Map<string, SubscriberRecord>()
  let list: SubscriberRow[] | null = null
  const total = plant.size + (plant.size === 0 ? 0 : 3)

  const nameOf = (at: number): string =>
    at % 9 === 4
      ? `Toko ${pick(lastNames, at)} ${(at % 90) + 1}`
      : `${pick(firstNames, at * 7 + 3)} ${pick(lastNames, at * 5 + (at >> 4))}`
  const statusOf = (at: number): SubscriberRow['status'] =>
    at >= plant.size ? 'lead' : at % 23 === 5 ? 'suspended' : 'active'
  const phoneOf = (at: number): string => `+62812${String(10_000_000 + at * 37).slice(0, 8)}`
  const streetOf = (at: number): string => `Jl. Cempaka Raya ${(at % 190) + 1}`

  const rowAt = (at: number): SubscriberRow => ({
    id: uuidOf('a000', at + 1),
    version: 1,
    code: `S-${String(at + 1).padStart(6, '0')}`,
    kind: at % 9 === 4 ? 'company' : 'person',
    name: nameOf(at),
    status: statusOf(at),
    statusSince: now() - ((at % 400) + 1) * 86_400_000,
    agentId: at % 5 === 0 ? uuidOf('a0a0', 1) : null,
    agentName: at % 5 === 0 ? 'Dewi Lestari' : null,
    neverSuspend: at % 61 === 7,
    restricted: at % 97 === 11,
    phone: phoneOf(at),
    email: at % 3 === 0 ? `pelanggan${at + 1}@example.com` : null,
    address: `${streetOf(at)}, ${40_111 + (at % 40)} ${pick(cities, at)}`,
    serial: at < plant.size ? (plant.serial[at] ?? null) : null,
    liveServices: at < plant.size ? 1 : 0,
    createdAt: now() - ((at % 900) + 2) * 86_400_000,
    updatedAt: now() - ((at % 90) + 1) * 3_600_000,
  })

  const serviceAt = (at: number): SubscriberService => {
    const onu = rowOf(plant, at, now())
    return {
      id: uuidOf('a001', at + 1),
      subscriberId: uuidOf('a000', at + 1),
      version: 1,
      name: 'Home internet',
      addressId: uuidOf('a003', at + 1),
      state: 'live',
      liveSince: now() - ((at % 800) + 1) * 86_400_000,
      endedAt: null,
      note: '',
      onu: {
        oltId: onu.oltId,
        oltName: onu.oltName,
        serial: onu.serial ?? '',
        onu,
        elsewhere: [],
        wanted:
          statusOf(at) === 'suspended'
            ? {
                oltId: onu.oltId,
                oltName: onu.oltName,
                address: onu.address,
                serial: onu.serial ?? '',
                desired: 'suspended',
                desiredSince: now() - 7_200_000,
                desiredBy: null,
                reason: 'Not paid since October',
                source: 'billing',
                cause: 'debt',
                actual: at % 2 === 0 ? 'active' : 'suspended',
                actualAt: now() - 600_000,
                agreesSince: at % 2 === 0 ? null : now() - 7_100_000,
                tries: at % 2 === 0 ? 3 : 0,
                nextTryAt: at % 2 === 0 ? now() + 240_000 : null,
                problem: at % 2 === 0 ? { code: 'cli-unreachable', params: {} } : null,
                planId: null,
              }
            : null,
        reached: true,
      },
    }
  }

  const recordAt = (at: number): SubscriberRecord => {
    const row = rowAt(at)
    return {
      id: row.id,
      version: 1,
      code: row.code,
      kind: row.kind,
      name: row.name,
      status: row.status,
      statusSince: row.statusSince,
      statusReason: row.status === 'suspended' ? 'Two invoices unpaid' : '',
      language: 'id',
      timeZone: null,
      currency: null,
      neverSuspend: row.neverSuspend,
      neverSuspendReason: row.neverSuspend ? 'Clinic' : '',
      taxId: row.kind === 'company' ? '01.234.567.8-901.000' : '',
      taxName: '',
      taxTreatment: 'standard',
      taxNote: '',
      agentId: row.agentId,
      agentName: row.agentName,
      restricted: row.restricted,
      restrictedSince: row.restricted ? now() - 86_400_000 * 12 : null,
      marketingConsent: at % 4 === 0 ? true : at % 4 === 1 ? false : null,
      marketingConsentAt: at % 4 < 2 ? row.createdAt : null,
      anonymisedAt: null,
      createdAt: row.createdAt,
      createdBy: 'Dewi Lestari',
      updatedAt: row.updatedAt,
      contacts: [
        {
          id: uuidOf('a002', at * 2 + 1),
          role: 'owner',
          name: '',
          phone: row.phone ?? '',
          email: row.email ?? '',
          channel: 'whatsapp',
          note: '',
          verifiedAt: null,
        },
        ...(at % 3 === 0
          ? [
              {
                id: uuidOf('a002', at * 2 + 2),
                role: 'billing' as const,
                name: nameOf(at + 11),
                phone: phoneOf(at + 500_000),
                email: '',
                channel: 'any' as const,
                note: 'After 17:00',
                verifiedAt: null,
              },
            ]
          : []),
      ],
      addresses: [
        {
          id: uuidOf('a003', at + 1),
          kind: 'service',
          label: '',
          lines: `${streetOf(at)}\nRT 0${(at % 8) + 1}/03`,
          city: pick(cities, at),
          region: 'Jawa Barat',
          postcode: String(40_111 + (at % 40)),
          country: 'ID',
          coordinates: { latitude: -6.9147 - (at % 100) / 5000, longitude: 107.6098 },
        },
      ],
      services: at < plant.size ? [serviceAt(at)] : [],
      servicesBeyond: 0,
      notes:
        at % 2 === 0
          ? [
              {
                id: uuidOf('a004', at + 1),
                version: 1,
                text: 'Dog in the yard: ring first.\nLine enters at the back of the house.',
                pinned: true,
                by: 'Agus Salim',
                createdAt: now() - 86_400_000 * 40,
                updatedAt: now() - 86_400_000 * 40,
              },
            ]
          : [],
      files:
        at % 2 === 0
          ? [
              {
                id: uuidOf('a005', at + 1),
                name: 'contract.pdf',
                mediaType: 'application/pdf',
                bytes: 184_220,
                sha256: 'ab'.repeat(32),
                note: 'Signed',
                by: 'Dewi Lestari',
                addedAt: row.createdAt,
              },
            ]
          : [],
    }
  }

  const at = (id: string): number => Number.parseInt(id.slice(-12), 16) - 1
  const isMade = (id: string): boolean => id.startsWith(uuidOf('a000', 1).slice(0, 24))

  const rowOfRecord = (record: SubscriberRecord): SubscriberRow => {
    const live = record.services.filter(({ state }) => state === 'live')
    const address = record.addresses[0]
    return {
      ...record,
      phone: record.contacts.find(({ phone }) => phone !== '')?.phone ?? null,
      email: record.contacts.find(({ email }) => email !== '')?.email ?? null,
      address:
        address === undefined
          ? null
          : [address.lines.replaceAll('\n', ', '), `${address.postcode} ${address.city}`.trim()]
              .filter(Boolean)
              .join(', '),
      serial: live[0]?.onu?.serial ?? null,
      liveServices: live.length,
    }
  }

  const rows = (): SubscriberRow[] => {
    list ??= Array.from({ length: total }, (_, index) => rowAt(index))
    return list
  }

  return {
    rows,
    record: (id) => {
      const found = kept.get(id)
      if (found !== undefined) return found
      return isMade(id) && at(id) < total && rows().some((row) => row.id === id)
        ? recordAt(at(id))
        : undefined
    },
    keep: (record) => {
      kept.set(record.id, record)
      const all = rows()
      const place = all.findIndex(({ id }) => id === record.id)
      if (place < 0) all.push(rowOfRecord(record))
      else all[place] = rowOfRecord(record)
    },
    drop: (id) => {
      kept.delete(id)
      list = rows().filter((row) => row.id !== id)
    },
    ofPlantRow: (row) => {
      const id = uuidOf('a000', row + 1)
      return kept.get(id) ?? (row < plant.size && row % 10 !== 9 ? recordAt(row) : undefined)
    },
  }
}
