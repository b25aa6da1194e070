import type { OnuAddress } from '../../../src-shared/domain/onu-address.ts'
import type { DeviceStep } from '../../../src-shared/domain/device-steps.ts'
import type { OnuConfig } from '../../../src-shared/domain/onu-config.ts'
import { simulatedOlt } from '../../olt-cli/simulated-olt.ts'

export const signal = new AbortController().signal

export interface Box {
  readonly family: string
  readonly driver: string
  readonly model: string
  /** As the plant and as the configuration write it. */
  readonly plugged: string
  readonly serial: string
  readonly lineProfile: string | null
  readonly serviceProfile: string | null
  readonly text: string
  readonly otherText: string
}

export const boxes: readonly Box[] = [
  {
    family: 'vsol-v1600g',
    driver: 'vsol-v1600g-gpon',
    model: 'V1600G1',
    plugged: 'GPON0A0B0C0D',
    serial: 'GPON0A0B0C0D',
    lineProfile: 'HOME-100M',
    serviceProfile: 'V2801RGW',
    text: 'Rumah_7',
    otherText: 'Rumah_8',
  },
  {
    family: 'cdata-gpon',
    driver: 'cdata-nscrtv-gpon',
    model: 'FD1608S',
    plugged: 'CDTC0A0B0C0D',
    serial: 'CDTC0A0B0C0D',
    lineProfile: '12',
    serviceProfile: '101',
    text: 'Rumah 7, Jl. Melati',
    otherText: 'Rumah 8',
  },
  {
    family: 'bdcom-epon',
    driver: 'bdcom-p33xx-epon',
    model: 'P3310C',
    plugged: '02:BD:C0:0A:0B:0C',
    serial: '02BDC00A0B0C',
    lineProfile: null,
    serviceProfile: null,
    text: 'Rumah_7',
    otherText: 'Rumah_8',
  },
]

export const pon = { shelf: 0, slot: 0, port: 1 }
export const address: OnuAddress = { ...pon, onuId: 40 }

/** The box with an ONU that waits on its first port, read and changed by its cli.yaml. */
export const open = async (box: Box) => {
  const olt = {
    name: 'BOX-1',
    family: box.family,
    model: box.model,
    pons: [
      { at: '0/0/1', onus: 4 },
      { at: '0/0/2', onus: 2 },
    ],
  }
  const opened = await simulatedOlt(box.driver, olt, [pon, { ...pon, port: 2 }])
  opened.plant.control({
    kind: 'add-unconfigured',
    olt: 'BOX-1',
    pon: '0/0/1',
    serial: box.plugged,
  })
  const add: DeviceStep = {
    kind: 'add-onu',
    address,
    serial: box.serial,
    onuType: null,
    lineProfile: box.lineProfile,
    serviceProfile: box.serviceProfile,
    name: null,
    description: box.text,
  }
  return {
    ...opened,
    add,
    read: (): Promise<OnuConfig | null> => opened.port.readOnu(address, signal),
    run: (...steps: readonly DeviceStep[]) =>
      opened.port.withWriter(signal, async (writer) => {
        const outcomes = []
        for (const step of steps) outcomes.push(await writer.run(step, signal))
        return outcomes.map((one) =>
          'problem' in one ? `${one.kind} ${one.problem.code}` : one.kind,
        )
      }),
  }
}
