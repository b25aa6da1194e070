import type { OnuConfig } from '../../../src-shared/domain/onu-config.ts'
import { isNocturneError } from '../../../src-shared/errors.ts'
import type { CliAsking } from './ask-cli.ts'
import type { FamilyCli } from './family-cli.ts'

/**
 * Ethernet ports that nobody set are not in a configuration; how many an ONU has, its type tells. One
 * per configuration port: types hardly change, and their list is long.
 */
export interface OnuTypePorts {
  /** The same with ports that are as they come, where the number of ports is known. */
  readonly fill: (config: OnuConfig, asking: CliAsking) => Promise<OnuConfig>
}

export const createOnuTypePorts = (cli: FamilyCli): OnuTypePorts => {
  const command = cli.profile.reads.onu.ethPortsByType
  let counts: ReadonlyMap<string, number> | null = null
  /** Types that the OLT was asked for in vain: not again for each of their ONUs. */
  const missing = new Set<string>()

  const read = async (name: string, asking: CliAsking): Promise<ReadonlyMap<string, number>> => {
    const records = (await asking.records(name, {})) ?? []
    return new Map(
      records.flatMap(({ cells }) => {
        const { id, ethPorts } = cells
        return typeof ethPorts === 'number' ? [[String(id), ethPorts] as const] : []
      }),
    )
  }

  const countOf = async (type: string, asking: CliAsking): Promise<number | null> => {
    if (command === undefined || missing.has(type)) return null
    if (counts?.has(type) !== true) {
      counts = await read(command, asking).catch((error: unknown) => {
        // What only adds to a reading must not make it fail, as long as the session goes on.
        if (isNocturneError(error) && harmless.has(error.code)) return new Map<string, number>()
        throw error
      })
    }
    const count = counts.get(type)
    if (count === undefined) missing.add(type)
    return count ?? null
  }

  return {
    fill: async (config, asking) => {
      const { ethPorts, onuType } = config
      if (command === undefined || ethPorts === null || onuType === null) return config
      const count = await countOf(onuType, asking)
      if (count === null) return config
      const all = Array.from({ length: Math.min(count, 24) }, (_, index) => index + 1)
        .filter((port) => !ethPorts.some((one) => one.port === port))
        .map((port) => ({ port, mode: 'transparent', vlan: null, adminEnabled: null }) as const)
      const ports = [...ethPorts, ...all].toSorted((one, other) => one.port - other.port)
      return { ...config, ethPorts: ports }
    },
  }
}

const harmless: ReadonlySet<string> = new Set(['cli-refused', 'cli-unexpected-answer'])
