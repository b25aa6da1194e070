import {
  ethPortModes,
  onuConfigParts,
  wanModes,
  type OnuConfig,
  type OnuConfigPart,
  type OnuEthPort,
  type OnuService,
  type OnuWan,
  type OnuWifi,
} from '../../../src-shared/domain/onu-config.ts'
import { NocturneError } from '../../../src-shared/errors.ts'
import type { Cell, CliRecord, RecordKind } from './parser-schema.ts'

type Cells = Readonly<Record<string, Cell>>

const unexpected = (what: string): NocturneError =>
  new NocturneError('cli-unexpected-answer', { line: what })

const textOf = (cells: Cells, name: string): string | null => {
  const cell = cells[name]
  return cell === undefined || cell === null ? null : String(cell)
}

const numberOf = (cells: Cells, name: string): number | null => {
  const cell = cells[name]
  if (cell === undefined || cell === null) return null
  const value = typeof cell === 'number' ? cell : Number(cell)
  if (!Number.isInteger(value)) throw unexpected(`${name}: ${String(cell)}`)
  return value
}

const switchOf = (cells: Cells, name: string): boolean | null => {
  const cell = cells[name]
  if (cell === undefined || cell === null) return null
  if (typeof cell !== 'boolean') throw unexpected(`${name}: ${String(cell)}`)
  return cell
}

/** What several records tell of one thing; the first that tells a value is believed. */
const merged = (records: readonly Cells[]): Cells => {
  const cells: Record<string, Cell> = {}
  for (const record of records) {
    for (const [name, cell] of Object.entries(record)) {
      if (cells[name] === undefined || cells[name] === null) cells[name] = cell
    }
  }
  return cells
}

const byNumber = (
  records: readonly Cells[],
  name: string,
): readonly (readonly [number, Cells])[] => {
  const groups = new Map<number, Cells[]>()
  for (const cells of records) {
    const number = numberOf(cells, name)
    if (number === null) throw unexpected(`no ${name}`)
    const group = groups.get(number)
    if (group === undefined) groups.set(number, [cells])
    else group.push(cells)
  }
  return [...groups]
    .toSorted(([one], [other]) => one - other)
    .map(([number, group]) => [number, merged(group)])
}

/**
 * An ONU's settings out of all records that speak of it. What is not among `parts` is not known.
 * Errors: `cli-unexpected-answer` {line}: something is told that no ONU can be set to.
 */
export const buildOnuConfig = (
  records: readonly CliRecord[],
  parts: readonly OnuConfigPart[],
): OnuConfig => {
  const cellsOf = (kind: RecordKind): readonly Cells[] =>
    records.filter((one) => one.kind === kind).map(({ cells }) => cells)
  const onu = merged(cellsOf('onu'))
  const serial = textOf(onu, 'serial')
  if (serial === null || serial === '') throw unexpected('no serial number')
  const whole: OnuConfig = {
    serial,
    onuType: textOf(onu, 'onuType'),
    lineProfile: textOf(onu, 'lineProfile'),
    serviceProfile: textOf(onu, 'serviceProfile'),
    name: textOf(onu, 'name'),
    description: textOf(onu, 'description'),
    adminEnabled: switchOf(onu, 'adminEnabled'),
    services: readServices(cellsOf('service'), cellsOf('gem'), cellsOf('tcont')),
    ethPorts: byNumber(cellsOf('eth'), 'ethPort').map(readEthPort),
    wan: cellsOf('wan').length === 0 ? null : readWan(merged(cellsOf('wan'))),
    wifi: byNumber(cellsOf('wifi'), 'wifiIndex').map(readWifi),
  }
  const unknown = onuConfigParts.filter((part) => part !== 'serial' && !parts.includes(part))
  return { ...whole, ...Object.fromEntries(unknown.map((part) => [part, null])) }
}

/** A service is limited where its GEM port and that one's T-CONT are. */
const readServices = (
  services: readonly Cells[],
  gems: readonly Cells[],
  tconts: readonly Cells[],
): readonly OnuService[] => {
  const gemOf = new Map(byNumber(gems, 'gemPort'))
  const tcontOf = new Map(byNumber(tconts, 'tcont'))
  return services
    .map((own): OnuService => {
      const gemPort = numberOf(own, 'gemPort')
      const gem = gemOf.get(gemPort ?? -1) ?? {}
      const tcont = tcontOf.get(numberOf(gem, 'tcont') ?? -1) ?? {}
      const all = merged([own, gem, tcont])
      const vlan = numberOf(own, 'vlan')
      if (vlan === null || gemPort === null) throw unexpected('a service without VLAN or GEM port')
      return {
        index: numberOf(own, 'index'),
        vlan,
        userVlan: numberOf(own, 'userVlan'),
        gemPort,
        upProfile: textOf(all, 'upProfile'),
        downProfile: textOf(all, 'downProfile'),
      }
    })
    .toSorted(
      (one, other) =>
        one.gemPort - other.gemPort ||
        (one.userVlan ?? 0) - (other.userVlan ?? 0) ||
        one.vlan - other.vlan,
    )
}

const readEthPort = ([port, cells]: readonly [number, Cells]): OnuEthPort => {
  const word = textOf(cells, 'mode') ?? 'transparent'
  const mode = ethPortModes.find((one) => one === word)
  if (mode === undefined) throw unexpected(`port mode ${word}`)
  const vlan = mode === 'transparent' ? null : numberOf(cells, 'vlan')
  return { port, mode, vlan, adminEnabled: switchOf(cells, 'adminEnabled') }
}

const readWan = (cells: Cells): OnuWan => {
  const word = textOf(cells, 'mode') ?? ''
  const mode = wanModes.find((one) => one === word)
  if (mode === undefined) throw unexpected(`WAN mode ${word}`)
  const isStatic = mode === 'static'
  return {
    mode,
    vlan: numberOf(cells, 'vlan'),
    ip: isStatic ? textOf(cells, 'ip') : null,
    mask: isStatic ? textOf(cells, 'mask') : null,
    gateway: isStatic ? textOf(cells, 'gateway') : null,
    userName: mode === 'pppoe' ? textOf(cells, 'userName') : null,
  }
}

const readWifi = ([index, cells]: readonly [number, Cells]): OnuWifi => ({
  index,
  ssid: textOf(cells, 'ssid') ?? '',
  enabled: switchOf(cells, 'enabled') ?? true,
})
