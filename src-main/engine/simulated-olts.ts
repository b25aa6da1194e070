/** How a simulated OLT lets us in over its CLI, as fields of `olt-cli.setAccess`. */
export interface SimulatedCli {
  readonly transport: 'ssh' | 'telnet'
  readonly port: number
  readonly userName: string
  readonly password: string
  readonly enablePassword: string | null
  readonly writeCommunity: string | null
}

/** A simulated OLT and how it lets us in, as fields of `network.addOlt`. */
export type SimulatedOlt = {
  readonly name: string
  readonly host: string
  readonly port: number
  readonly cli?: SimulatedCli
} & (
  | { readonly community: string }
  | {
      readonly snmpVersion: '3'
      readonly userName: string
      readonly authAlgorithm: 'sha1' | 'sha256'
      readonly authPassword: string
      readonly privAlgorithm: 'aes128'
      readonly privPassword: string
    }
)
