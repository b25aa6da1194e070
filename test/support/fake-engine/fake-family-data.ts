import type { Output } from '../../../src-shared/contract/index.ts'

type Family = Output<'families.family'>
type Summary = Family['family']
type Technology = Summary['technology']

/** id, title, vendor, technology, models, proven, unproven, OLTs. */
type Line = readonly [string, string, string, Technology, string, number, number, number]

const lines: readonly Line[] = [
  [
    'zte-c3xx',
    'ZTE C300/C320',
    'ZTE',
    'gpon',
    'C300 V1.2|C300 V2.1|C320 V1.2|C320 V2.1',
    38,
    24,
    7,
  ],
  [
    'huawei-smartax',
    'Huawei SmartAX GPON',
    'Huawei',
    'gpon',
    'MA5600T|MA5603T|MA5608T|MA5680T|MA5683T|MA5800|MA5801',
    41,
    9,
    5,
  ],
  ['bdcom-p33xx-epon', 'BDCOM P33xx EPON', 'BDCOM', 'epon', 'P3310|P3608', 22, 4, 0],
  ['bdcom-gp3600-gpon', 'BDCOM GP3600 GPON', 'BDCOM', 'gpon', 'GP3600', 19, 6, 0],
  ['calix-axos-gpon', 'Calix AXOS GPON', 'Calix', 'gpon', 'E7|E9', 4, 7, 0],
  ['cdata-nscrtv-epon', 'C-Data EPON (NSCRTV)', 'C-Data', 'epon', 'FD1108S|FD1204', 18, 3, 0],
  ['cdata-nscrtv-gpon', 'C-Data GPON (NSCRTV)', 'C-Data', 'gpon', 'FD1608|FD1616', 20, 8, 0],
  ['eltex-ltp-gpon', 'Eltex LTP GPON', 'Eltex', 'gpon', 'LTP-4X|LTP-8X', 15, 6, 0],
  [
    'fiberhome-an5516',
    'FiberHome AN5516',
    'FiberHome',
    'any',
    'AN5516-01|AN5516-04|AN5516-06',
    26,
    5,
    0,
  ],
  ['hsgq-gpon', 'HSGQ GPON', 'HSGQ', 'gpon', 'G02|G04|G08', 9, 11, 0],
  ['vsol-v1600d-epon', 'VSOL V1600D EPON', 'V-Solution', 'epon', 'V1600D', 23, 4, 0],
  ['generic-olt', 'Any OLT (standard MIBs)', 'any', 'any', '', 8, 0, 0],
]

export const builtInFamilies = (onus: number): Summary[] =>
  lines.map(([id, title, vendor, technology, models, proven, unproven, olts]) => ({
    id,
    title,
    vendor,
    technology,
    models: models === '' ? [] : models.split('|'),
    source: 'built-in',
    trust: 'built-in',
    contentHash: null,
    trustedAt: null,
    trustedBy: null,
    columns: { proven, unproven },
    olts: onus <= 3 ? Math.min(olts, 1) : olts,
    pollingReason:
      id === 'zte-c3xx'
        ? 'Light of all ONUs is not read by default: the OLT asks each ONU, and C320s with many pollers were seen to time out.'
        : null,
  }))

const hash = (seed: string): string =>
  Array.from({ length: 64 }, (_, at) =>
    '0123456789abcdef'.charAt((seed.charCodeAt(at % seed.length) * (at + 7)) % 16),
  ).join('')

export const ownFamilies = (now: number): Summary[] => {
  const own = (
    id: string,
    title: string,
    rest: Pick<Summary, 'trust' | 'olts' | 'technology' | 'columns' | 'models'>,
  ): Summary => ({
    id,
    title,
    vendor: 'V-Solution',
    source: 'own',
    contentHash: hash(id),
    trustedAt: rest.trust === 'untrusted' ? null : now - 9 * 86_400_000,
    trustedBy: rest.trust === 'untrusted' ? null : 'Sari Wijaya',
    pollingReason: null,
    ...rest,
  })
  return [
    own('kampung-epon', 'Kampung EPON (old firmware)', {
      trust: 'trusted',
      olts: 2,
      technology: 'epon',
      models: ['V1600D2', 'V1600D4'],
      columns: { proven: 21, unproven: 6 },
    }),
    own('kota-gpon', 'Kota GPON', {
      trust: 'untrusted',
      olts: 1,
      technology: 'gpon',
      models: ['V1600G1'],
      columns: { proven: 3, unproven: 15 },
    }),
    own('pasar-xgs', 'Pasar XGS-PON', {
      trust: 'changed',
      olts: 0,
      technology: 'gpon',
      models: ['V3600X'],
      columns: { proven: 12, unproven: 9 },
    }),
  ]
}

export const fakeReadme = (title: string): string => `# ${title}

Firmware V1.2 and V2.1. Objects stand in two trees, \`1012\` and \`1082\`; each field asks 1012 first.

| what                                 | how sure                                               |
| ------------------------------------ | ------------------------------------------------------ |
| three spaces of index numbers        | recording and two code bases                           |
| distance                             | recording: 125 ONUs, three of them without a ranging   |
| serial in 1082: column .18 or .6     | sources disagree: **unproven**, both are tried         |
| voltage, temperature, bytes          | one source: unproven                                   |

## Before an upgrade

1. Record the OLT: \`npm run cli -- capture --host 10.10.4.2 --out before.snmprec\`.
2. Put it into \`captures/\` and run \`family check\`.

- <b>Markup</b> stays text, and a [link](https://example.invalid/) is its address.
`

export const fakeColumns = (technology: Technology): Family['columns'] => {
  const base = technology === 'epon' ? '1.3.6.1.4.1.37950.1.1.5' : '1.3.6.1.4.1.37950.1.1.6'
  const column = (
    table: Family['columns'][number]['table'],
    field: string,
    arcs: string,
    certainty: 'proven' | 'unproven' = 'proven',
    note: string | null = null,
  ) => ({ table, field, oid: `${base}.${arcs}`, certainty, note })
  return [
    column('boards', 'name', '10.1.1.2'),
    column(
      'boards',
      'state',
      '10.1.1.8',
      'unproven',
      '2 in the recording for four boards at work; what other numbers mean is not known.',
    ),
    column('pon-ports', 'temperatureC', '10.13.1.1.2'),
    column('pon-ports', 'voltageV', '10.13.1.1.3'),
    column('pon-ports', 'onuCount', '10.14.1.1.4', 'unproven'),
    column('onus', 'serial', '12.1.9.1.5'),
    column('onus', 'state', '12.1.9.1.6'),
    column(
      'onus',
      'distanceM',
      '12.1.9.1.7',
      'proven',
      '0 in the recording where the OLT has not ranged the ONU.',
    ),
    column(
      'onus',
      'onuRxDbm',
      '12.2.1.8.1.7',
      'proven',
      'Not 0.01 dBm as the MIB says: a text with its unit, "-14.61 dBm" (recording).',
    ),
    column('onus', 'oltRxDbm', '12.2.1.8.1.9', 'unproven', 'One source.'),
    column('onus', 'temperatureC', '12.2.1.8.1.3', 'unproven'),
    column('unconfigured', 'serial', '12.1.25.1.4', 'unproven'),
  ]
}
