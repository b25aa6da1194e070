import { hostname, networkInterfaces, platform } from 'node:os'

/** Where somebody signs in: what the machine calls itself, and its addresses then. */
export interface Machine {
  readonly device: string
  /** `192.168.7.20/24`: with the length of the network. Not its own loop, not link-local ones. */
  readonly addresses: readonly string[]
}

const systems: Readonly<Record<string, string>> = {
  linux: 'Linux',
  darwin: 'macOS',
  win32: 'Windows',
}

/** Bridges that containers and virtual machines make: they say nothing about where one is. */
const isVirtual = (name: string): boolean =>
  /^(?:docker|br-|veth|virbr|vmnet|vboxnet|lxc|lxd|cni|flannel|vEthernet)/i.test(name)

const mostAddresses = 16

export const thisMachine = (): Machine => ({
  device: `${hostname()} (${systems[platform()] ?? platform()})`.slice(0, 120),
  addresses: Object.entries(networkInterfaces())
    .filter(([name]) => !isVirtual(name))
    .flatMap(([, addresses]) => addresses ?? [])
    .filter(({ internal, cidr }) => !internal && cidr !== null && !/^fe80:/i.test(cidr))
    .map(({ cidr }) => cidr ?? '')
    .toSorted()
    .slice(0, mostAddresses),
})
