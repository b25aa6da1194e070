import type { EventName, Input, Output, Payload } from '../../../src-shared/contract/index.ts'
import { NocturneError } from '../../../src-shared/errors.ts'
import type { FakePlant } from './fake-plant.ts'
import { speedIdOf } from './fake-provisioning-book.ts'

type Speed = Output<'provisioning.speeds'>['speeds'][number]
type Lists = Output<'provisioning.catalogue'>['lists']
type Entry = NonNullable<Lists['vlans']>[number]

const names: readonly (readonly [string, number, number])[] = [
  ['HOME-20M', 20_480, 10_240],
  ['HOME-50M', 51_200, 25_600],
  ['HOME-100M', 102_400, 51_200],
  ['HOME-200M', 204_800, 102_400],
]

const entry = (id: string, name: string, rest: Partial<Entry> = {}): Entry => ({
  id,
  name,
  downKbps: null,
  upKbps: null,
  ethPorts: null,
  voicePorts: null,
  wifi: null,
  inUse: null,
  ...rest,
})

const listsOf = (zte: boolean, rows: number): Lists => ({
  'line-profiles': names.map(([name, downKbps, upKbps]) =>
    entry(name, name, { downKbps, upKbps, inUse: Math.floor(rows / 4) }),
  ),
  'service-profiles': [
    entry('ROUTER-4P-WIFI', 'ROUTER-4P-WIFI', { ethPorts: 4, voicePorts: 0, wifi: true }),
    entry('BRIDGE-4P', 'BRIDGE-4P', { ethPorts: 4, voicePorts: 0, wifi: false }),
    entry('BRIDGE-1P', 'BRIDGE-1P', { ethPorts: 1, voicePorts: 0, wifi: false, inUse: 0 }),
  ],
  vlans: [40, 100, 101, 110, 120, 300].map((vlan) =>
    entry(String(vlan), vlan === 40 ? 'VOIP' : `INET-${vlan}`),
  ),
  'traffic-tables': [
    ...names.map(([name, downKbps, upKbps]) => entry(name, name, { downKbps, upKbps })),
    entry('VOIP-2M', 'VOIP-2M', { downKbps: 2048, upKbps: 2048 }),
  ],
  ...(zte
    ? {
        'onu-types': ['ZTE-F601', 'ZTE-F660', 'ZTE-F670L', 'ZTE-HG8310M'].map((name) =>
          entry(name, name, {
            ethPorts: name === 'ZTE-F601' ? 1 : 4,
            voicePorts: 2,
            wifi: name !== 'ZTE-F601',
          }),
        ),
      }
    : {}),
})

/** Catalogues of the OLTs (the second one's was not read yet) and the speeds of the console. */
export const createFakeCatalogue = (deps: {
  readonly plant: FakePlant
  readonly now: () => number
  readonly emit: <Name extends EventName>(name: Name, payload: Payload<Name>) => void
}) => {
  const { plant, now, emit } = deps
  const readAt = new Map(
    plant.olts.filter((_, at) => at !== 1).map(({ id }, at) => [id, now() - (at + 2) * 86_400_000]),
  )
  const speeds: Speed[] =
    plant.size === 0
      ? []
      : names.map(([name, downKbps, upKbps], at) => ({
          id: speedIdOf(at + 1),
          version: 1,
          name: name.replace('HOME-', 'Home ').replace('M', ' Mbit/s'),
          downKbps,
          upKbps,
          onOlts: plant.olts.map(({ id }) => ({
            oltId: id,
            lineProfile: name,
            serviceProfile: null,
            upProfile: name,
            downProfile: name,
          })),
        }))
  return {
    /** What stands for it on an OLT. */
    lineProfileOf: (speedId: string): string | undefined =>
      speeds.find(({ id }) => id === speedId)?.onOlts[0]?.lineProfile ?? undefined,
    handlers: {
      'provisioning.catalogue': ({ oltId }: Input<'provisioning.catalogue'>) => {
        const olt = plant.olts.find(({ id }) => id === oltId)
        if (olt === undefined) throw new NocturneError('not-found')
        const at = readAt.get(oltId) ?? null
        return {
          readAt: at,
          lists: at === null ? {} : listsOf(olt.family === 'zte-c3xx', olt.rows),
        }
      },
      'provisioning.readCatalogue': async ({
        oltId,
        taskId,
      }: Input<'provisioning.readCatalogue'>) => {
        for (let done = 0; done < 5; done += 1) {
          emit('workspace.progress', { taskId, step: 'catalogue', done, total: 5 })
          await new Promise((resolve) => setTimeout(resolve, 250))
        }
        readAt.set(oltId, now())
        emit('provisioning.changed', { what: 'catalogue' })
        return { entries: 22 }
      },
      'provisioning.speeds': () => ({ speeds: [...speeds] }),
      'provisioning.saveSpeed': ({
        speedId,
        baseVersion,
        ...rest
      }: Input<'provisioning.saveSpeed'>) => {
        const at = speeds.findIndex(({ id }) => id === speedId)
        const id = speedId ?? speedIdOf(100 + speeds.length)
        const row = { ...rest, id, version: baseVersion + 1 }
        if (at < 0) speeds.push(row)
        else speeds[at] = row
        emit('provisioning.changed', { what: 'speeds' })
        return { speedId: id }
      },
      'provisioning.removeSpeed': ({ speedId }: Input<'provisioning.removeSpeed'>) => {
        speeds.splice(
          speeds.findIndex(({ id }) => id === speedId),
          1,
        )
        emit('provisioning.changed', { what: 'speeds' })
        return {}
      },
    },
  }
}
