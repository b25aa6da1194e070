/** Invented places, half Indonesian, half English. No real person, address or company is meant. */
export const streets = [
  'Jl. Kenanga Timur',
  'Jl. Melati Putih',
  'Jl. Cempaka Raya',
  'Jl. Anggrek Bulan',
  'Jl. Flamboyan',
  'Jl. Teratai Dalam',
  'Jl. Bougenville',
  'Jl. Mawar Merah',
  'Jl. Pinus Selatan',
  'Jl. Cendana III',
  'Jl. Rambutan',
  'Jl. Kelapa Sawit',
  'Jl. Merpati Lama',
  'Jl. Garuda Kecil',
  'Jl. Kutilang',
  'Jl. Cendrawasih',
  'Jl. Pantai Karang',
  'Jl. Bukit Angin',
  'Jl. Lembah Hijau',
  'Jl. Sungai Tenang',
  'Gg. Mangga',
  'Gg. Jambu Air',
  'Gg. Nusa Indah',
  'Gg. Kamboja',
  'Perum Griya Lestari',
  'Perum Bumi Asri',
  'Perum Taman Senja',
  'Harbour View',
  'Old Mill Lane',
  'Lantern Street',
  'Coral Walk',
  'Rice Barn Road',
  'Windmill Close',
  'Ferry Steps',
  'Tamarind Avenue',
  'Banyan Court',
  'Kite Hill',
  'Saltworks Row',
  'Orchid Terrace',
  'Market Cross',
  'Station Parade',
  'Lotus Pond Road',
  'Gunung Sari Heights',
  'Palm Grove',
  'Quarry Bend',
  'Clove Garden',
  'Monsoon Drive',
  'Heron Quay',
] as const

/** What stands at the address; most are homes and carry no word. */
export const premises = [
  'Warung Senja',
  'Café Pelangi',
  'Toko Sumber',
  'Kantor RT',
  'Klinik Sehat',
  'Bengkel Jaya',
  'Corner Bakery',
  'Primary School',
  'Laundry Bersih',
  'Guest House',
] as const

export interface OnuModel {
  readonly vendor: string
  readonly equipment: string
  readonly hardware: string
  readonly software: string
  readonly ethernetPorts: number
}

/** Equipment ids keep to the MIB's 20 octets, software to 14 (HUAWEI-XPON-MIB 2.45). */
export const huaweiModels: readonly OnuModel[] = [
  {
    vendor: 'HWTC',
    equipment: 'HG8245H',
    hardware: '15AD.A',
    software: 'V3R017C10S122',
    ethernetPorts: 4,
  },
  {
    vendor: 'HWTC',
    equipment: 'EG8145V5',
    hardware: '1A3D.A',
    software: 'V5R020C00S115',
    ethernetPorts: 4,
  },
  {
    vendor: 'HWTC',
    equipment: 'HG8546M',
    hardware: '10C7.A',
    software: 'V3R017C10S101',
    ethernetPorts: 4,
  },
  {
    vendor: 'HWTC',
    equipment: 'EG8010H',
    hardware: '11C9.A',
    software: 'V5R019C00S050',
    ethernetPorts: 1,
  },
  {
    vendor: 'ZTEG',
    equipment: 'F609V5.3',
    hardware: 'V5.3',
    software: 'V5.2.11P2N3',
    ethernetPorts: 4,
  },
]

export const zteModels: readonly OnuModel[] = [
  {
    vendor: 'ZTEG',
    equipment: 'F609V5.3',
    hardware: 'V5.3',
    software: 'V5.2.11P2N3',
    ethernetPorts: 4,
  },
  {
    vendor: 'ZTEG',
    equipment: 'F670LV9.0',
    hardware: 'V9.0',
    software: 'V9.0.11P1N22',
    ethernetPorts: 4,
  },
  {
    vendor: 'ZTEG',
    equipment: 'F660V6.0',
    hardware: 'V6.0',
    software: 'V6.0.10P3N12',
    ethernetPorts: 4,
  },
  {
    vendor: 'ZTEG',
    equipment: 'F601V7.2',
    hardware: 'V7.2',
    software: 'V7.2.10P1T3',
    ethernetPorts: 1,
  },
  {
    vendor: 'HWTC',
    equipment: 'HG8245H',
    hardware: '15AD.A',
    software: 'V3R017C10S122',
    ethernetPorts: 4,
  },
]
