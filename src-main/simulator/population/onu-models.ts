/** What ONUs stand at subscribers' homes, by family. Equipment that exists; serials are invented. */
export interface OnuModel {
  /** Four letters of a GPON serial number, or the first three octets of an EPON ONU's MAC address. */
  readonly vendor: string
  readonly equipment: string
  readonly hardware: string
  readonly software: string
  readonly ethernetPorts: number
}

const model = (
  vendor: string,
  equipment: string,
  hardware: string,
  software: string,
  ethernetPorts: number,
): OnuModel => ({ vendor, equipment, hardware, software, ethernetPorts })

/** Equipment ids keep to the MIB's 20 octets, software to 14 (HUAWEI-XPON-MIB 2.45). */
export const huaweiModels: readonly OnuModel[] = [
  model('HWTC', 'HG8245H', '15AD.A', 'V3R017C10S122', 4),
  model('HWTC', 'EG8145V5', '1A3D.A', 'V5R020C00S115', 4),
  model('HWTC', 'HG8546M', '10C7.A', 'V3R017C10S101', 4),
  model('HWTC', 'EG8010H', '11C9.A', 'V5R019C00S050', 1),
  model('ZTEG', 'F609V5.3', 'V5.3', 'V5.2.11P2N3', 4),
]

export const zteModels: readonly OnuModel[] = [
  model('ZTEG', 'F609V5.3', 'V5.3', 'V5.2.11P2N3', 4),
  model('ZTEG', 'F670LV9.0', 'V9.0', 'V9.0.11P1N22', 4),
  model('ZTEG', 'F660V6.0', 'V6.0', 'V6.0.10P3N12', 4),
  model('ZTEG', 'F601V7.2', 'V7.2', 'V7.2.10P1T3', 1),
  model('HWTC', 'HG8245H', '15AD.A', 'V3R017C10S122', 4),
]

export const vsolModels: readonly OnuModel[] = [
  model('GPON', 'V2801RGW', 'V2.0', 'V2.1.6-200911', 1),
  model('GPON', 'V2802RH', 'V1.1', 'V1.9.0-210602', 2),
  model('GPON', 'V411', 'V3.0', 'V3.2.8-220415', 1),
  model('ZTEG', 'F660V6.0', 'V6.0', 'V6.0.10P3N12', 4),
]

export const cdataModels: readonly OnuModel[] = [
  model('CDTC', 'FD511G-X', 'V1.0', 'V2.1.3_210705', 1),
  model('CDTC', 'FD512XW-R460', 'V4.1', 'V3.1.8_220310', 2),
  model('CDTC', 'FD514GD-R460', 'V2.0', 'V3.0.6_211124', 4),
  model('ZTEG', 'F670LV9.0', 'V9.0', 'V9.0.11P1N22', 4),
]

/** The octets are of the locally administered kind: nobody's. */
export const bdcomModels: readonly OnuModel[] = [
  model('02BDC0', 'P1501D1', 'V2.0', '10.0.26A.554', 1),
  model('02BDC1', '1004', 'V1.1', '10.0.22A.312', 4),
  model('02CDA1', 'FD502', 'V3.0', 'V2.1.7_191108', 1),
]
