import type { OrderPaper, WorkOrderKind } from '../../src-shared/domain/work-order.ts'
import type { Reads } from '../store/reads.ts'
import type { Transaction } from '../store/write-path.ts'

/**
 * What a fresh workspace begins with: a type for each kind of work with its checklist. All of it is as if
 * a person had written it; what is changed is never put in again.
 */

const item = (
  id: string,
  en: string,
  idn: string,
  required = true,
): OrderPaper['items'][number] => ({
  id,
  label: { en, id: idn },
  kind: 'tick',
  unit: '',
  required,
})
const photo = (id: string, en: string, idn: string, required = true) => ({
  id,
  label: { en, id: idn },
  required,
})

const clean = item(
  'clean',
  'Connectors cleaned and looked at',
  'Konektor dibersihkan dan diperiksa',
)
const online = item(
  'online',
  'Service tried together with the customer',
  'Layanan dicoba bersama pelanggan',
)

export const firstTypes: readonly {
  readonly kind: WorkOrderKind
  readonly en: string
  readonly id: string
  readonly minutes: number
  readonly paper: OrderPaper
}[] = [
  {
    kind: 'install',
    en: 'Installation',
    id: 'Pemasangan',
    minutes: 120,
    paper: {
      items: [
        item(
          'route',
          'Way of the cable agreed with the customer',
          'Jalur kabel disetujui pelanggan',
        ),
        clean,
        online,
        {
          id: 'port',
          label: { en: 'Port at the distribution box', id: 'Port di ODP' },
          kind: 'text',
          unit: '',
          required: true,
        },
        {
          id: 'cable',
          label: { en: 'Length of the drop cable', id: 'Panjang kabel drop' },
          kind: 'number',
          unit: 'm',
          required: false,
        },
      ],
      photos: [
        photo('box', 'Distribution box, open', 'ODP terbuka'),
        photo('onu', 'ONU with its label', 'ONU dengan labelnya'),
        photo('entry', 'Where the cable enters the house', 'Titik masuk kabel', false),
      ],
      light: 'after',
      needsMaterial: true,
    },
  },
  {
    kind: 'repair',
    en: 'Repair',
    id: 'Perbaikan',
    minutes: 90,
    paper: {
      items: [
        {
          id: 'found',
          label: { en: 'What was found', id: 'Temuan' },
          kind: 'text',
          unit: '',
          required: true,
        },
        clean,
        online,
      ],
      photos: [photo('cause', 'What was broken', 'Bagian yang rusak', false)],
      light: 'both',
      needsMaterial: false,
    },
  },
  {
    kind: 'move',
    en: 'Move',
    id: 'Pemindahan',
    minutes: 120,
    paper: {
      items: [item('old', 'Old cable taken off', 'Kabel lama dilepas'), clean, online],
      photos: [photo('onu', 'ONU at its new place', 'ONU di tempat baru')],
      light: 'after',
      needsMaterial: false,
    },
  },
  {
    kind: 'collect',
    en: 'Collection of devices',
    id: 'Pengambilan perangkat',
    minutes: 45,
    paper: {
      items: [
        {
          id: 'serial',
          label: { en: 'Serial of the device', id: 'Nomor seri perangkat' },
          kind: 'text',
          unit: '',
          required: true,
        },
        item('power', 'Power supply given back', 'Adaptor dikembalikan', false),
      ],
      photos: [photo('device', 'The device as it was taken', 'Perangkat saat diambil')],
      light: 'none',
      needsMaterial: false,
    },
  },
  {
    kind: 'survey',
    en: 'Survey',
    id: 'Survei',
    minutes: 60,
    paper: {
      items: [
        {
          id: 'distance',
          label: { en: 'Way to the nearest box', id: 'Jarak ke ODP terdekat' },
          kind: 'number',
          unit: 'm',
          required: true,
        },
        {
          id: 'free',
          label: { en: 'Free ports there', id: 'Port kosong' },
          kind: 'number',
          unit: '',
          required: true,
        },
        item('possible', 'Can be connected', 'Dapat disambungkan', false),
      ],
      photos: [photo('house', 'The house', 'Rumah'), photo('box', 'Nearest box', 'ODP terdekat')],
      light: 'none',
      needsMaterial: false,
    },
  },
]

export const needsSeed = (reads: Reads): boolean =>
  reads.get(`SELECT 1 FROM work_order_settings WHERE seeded_at IS NULL`) !== undefined &&
  reads.get(`SELECT 1 FROM work_order_type LIMIT 1`) === undefined

export const putSeed = (
  tx: Transaction,
  { newId, now }: { readonly newId: () => string; readonly now: number },
): void => {
  for (const [position, type] of firstTypes.entries()) {
    const id = newId()
    tx.run(
      `INSERT INTO work_order_type (id, version, kind, name_en, name_id, minutes, paper, active,
        position) VALUES (?, 1, ?, ?, ?, ?, ?, 1, ?)`,
      id,
      type.kind,
      type.en,
      type.id,
      type.minutes,
      JSON.stringify(type.paper),
      position,
    )
    tx.change({ entity: 'work-order-type', entityId: id, kind: 'created', version: 1 })
  }
  tx.run(`UPDATE work_order_settings SET seeded_at = ? WHERE id = 1`, now)
}

/** Monday to Friday 08–12 and 13–17, Saturday morning: until somebody says otherwise. */
export const usualWeek: readonly (readonly (readonly [number, number])[])[] = [
  ...Array.from({ length: 5 }, () => [[480, 720] as const, [780, 1020] as const]),
  [[480, 720] as const],
  [],
]
