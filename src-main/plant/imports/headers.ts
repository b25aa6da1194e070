/** Which column of a file is which field, by its name in English or Indonesian. */

export type ImportKind = 'nodes' | 'onus' | 'olts'

const place = {
  latitude: ['latitude', 'lat', 'lintang', 'garis lintang', 'y'],
  longitude: ['longitude', 'long', 'lon', 'lng', 'bujur', 'garis bujur', 'x'],
  coordinates: [
    'coordinates',
    'coordinate',
    'koordinat',
    'lat long',
    'latlong',
    'latlng',
    'gps',
    'titik koordinat',
    'lokasi gps',
    'tikor',
  ],
} as const

const levels = {
  zone: ['zone', 'zona', 'area', 'wilayah', 'region', 'cluster', 'klaster'],
  cabinet: ['cabinet', 'odc', 'kabinet', 'fdt', 'lemari'],
  splitter: ['splitter', 'spliter', 'pembagi', 'spl'],
  odb: ['odb', 'odp', 'box', 'distribution box', 'kotak', 'kotak distribusi', 'fat', 'nap', 'dp'],
} as const

const oltNames = ['olt', 'olt name', 'nama olt', 'device', 'perangkat'] as const

const fieldsByKind = {
  nodes: {
    path: ['path', 'jalur', 'full name', 'full path', 'nama lengkap', 'tree'],
    parent: ['parent', 'parent path', 'induk', 'atasan', 'under', 'below', 'di bawah', 'hulu'],
    name: ['name', 'nama', 'node', 'label', 'titik', 'id'],
    kind: ['kind', 'type', 'jenis', 'tipe', 'macam'],
    capacity: [
      'capacity',
      'kapasitas',
      'ports',
      'port',
      'jumlah port',
      'number of ports',
      'outputs',
      'ratio',
      'rasio',
      'split',
    ],
    olt: oltNames,
    pon: ['pon', 'pon port', 'port pon', 'feeder', 'feed', 'fed by'],
    street: ['street', 'jalan', 'address', 'alamat', 'location', 'lokasi'],
    note: ['note', 'notes', 'catatan', 'keterangan', 'remark', 'remarks', 'comment'],
    ...levels,
    ...place,
  },
  onus: {
    olt: oltNames,
    address: ['address', 'onu address', 'interface', 'onu index', 'index', 'alamat onu', 'indeks'],
    pon: ['pon', 'pon port', 'port pon'],
    onuId: ['onu', 'onu id', 'ont id', 'id onu', 'ont', 'onuid', 'nomor onu'],
    serial: ['serial', 'serial number', 'sn', 'nomor seri', 'no seri', 'onu serial', 'sn onu'],
    onuName: ['name', 'nama', 'description', 'keterangan', 'customer', 'pelanggan', 'onu name'],
    node: ['node', 'path', 'jalur', 'titik', 'hangs on', 'parent', 'induk', 'tergantung pada'],
    nodePort: [
      'port',
      'node port',
      'splitter port',
      'port splitter',
      'port odp',
      'port odb',
      'odb port',
      'odp port',
      'core',
      'nomor port',
    ],
    streetAddress: [
      'street address',
      'alamat',
      'street',
      'jalan',
      'alamat pelanggan',
      'customer address',
      'alamat lengkap',
      'house',
      'rumah',
    ],
    ...levels,
    ...place,
  },
  olts: {
    olt: [...oltNames, 'name', 'nama'],
    host: ['host', 'ip', 'ip address', 'alamat ip', 'address'],
    ...place,
  },
} as const satisfies Record<ImportKind, Record<string, readonly string[]>>

export type NodeField = keyof (typeof fieldsByKind)['nodes']
export type OnuField = keyof (typeof fieldsByKind)['onus']
export type OltField = keyof (typeof fieldsByKind)['olts']
export type ImportField = NodeField | OnuField | OltField

export interface Column {
  readonly header: string
  readonly field: ImportField | null
}

/** Letters and digits alone count: `Serial_Number`, `serial number` and `SERIAL-NUMBER` are one. */
const keyOf = (header: string): string =>
  header
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, '')

/** A field that two columns name is the first one's. */
export const columnsOf = (kind: ImportKind, headers: readonly string[]): readonly Column[] => {
  const fieldOf = new Map<string, ImportField>()
  for (const [field, names] of Object.entries(fieldsByKind[kind])) {
    for (const name of names) {
      const key = keyOf(name)
      if (!fieldOf.has(key)) fieldOf.set(key, field as ImportField)
    }
  }
  const taken = new Set<ImportField>()
  return headers.map((header) => {
    const field = fieldOf.get(keyOf(header)) ?? null
    if (field === null || taken.has(field)) return { header, field: null }
    taken.add(field)
    return { header, field }
  })
}

/** Whether the columns say enough of each row to know what it is about. */
export const columnsSuffice = (kind: ImportKind, columns: readonly Column[]): boolean => {
  const has = (field: ImportField): boolean => columns.some((column) => column.field === field)
  const located = has('coordinates') || (has('latitude') && has('longitude'))
  switch (kind) {
    case 'nodes':
      return (['path', 'name', 'zone', 'cabinet', 'splitter', 'odb'] as const).some(has)
    case 'onus':
      return has('serial') || (has('olt') && (has('address') || (has('pon') && has('onuId'))))
    case 'olts':
      return (has('olt') || has('host')) && located
  }
}
