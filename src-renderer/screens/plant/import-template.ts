import { exportCsv, type CsvCell } from '../../components/export-csv.ts'

export type ImportKind = 'nodes' | 'onus' | 'olts'

interface Template {
  readonly head: readonly string[]
  readonly rows: readonly (readonly CsvCell[])[]
}

/** Columns that an import knows, with lines that show what goes in them. */
export const templates: Readonly<Record<ImportKind, Template>> = {
  nodes: {
    head: [
      'zone',
      'cabinet',
      'splitter',
      'odb',
      'capacity',
      'olt',
      'pon',
      'latitude',
      'longitude',
      'street',
      'note',
    ],
    rows: [
      ['Harbour', 'ODC 1', '', '', '', 'OLT-01', '0/1/0', -6.75, 111.3, 'Jl. Melati', ''],
      ['Harbour', 'ODC 1', 'SP 1:8', '', 8, '', '', '', '', '', ''],
      [
        'Harbour',
        'ODC 1',
        'SP 1:8',
        'ODB 1',
        8,
        '',
        '',
        -6.7512,
        111.3021,
        'Jl. Melati',
        'at the school',
      ],
    ],
  },
  onus: {
    head: ['serial', 'olt', 'address', 'node', 'port', 'street address', 'latitude', 'longitude'],
    rows: [
      ['HWTC1A2B3C4D', '', '', 'ODB 1', 3, 'Jl. Melati No.12', -6.7513, 111.3022],
      ['', 'OLT-01', '0/1/0:4', 'Harbour › ODC 1 › SP 1:8 › ODB 1', 4, 'Jl. Melati No.14', '', ''],
    ],
  },
  olts: {
    head: ['olt', 'latitude', 'longitude'],
    rows: [['OLT-01', -6.75, 111.3]],
  },
}

export const saveTemplate = (kind: ImportKind): void => {
  const { head, rows } = templates[kind]
  exportCsv(`template-${kind}.csv`, head, rows)
}
