import type { OnuAddress, PonAddress } from '../../../src-shared/domain/onu-address.ts'
import type { OnuConfig, OnuConfigPart } from '../../../src-shared/domain/onu-config.ts'
import { NocturneError } from '../../../src-shared/errors.ts'
import type { CliAsking, Gathered } from './ask-cli.ts'
import { buildOnuConfig } from './build-onu-config.ts'
import type { FoundOnu } from './config-port.ts'
import { parametersOf } from './cli-template.ts'
import type { FamilyCli } from './family-cli.ts'
import type { OnuTypePorts } from './onu-type-ports.ts'
import type { Cell, CliRecord } from './parser-schema.ts'
import { numberIn, textIn } from './record-cells.ts'
import { addressValues } from './step-values.ts'

type Cells = Readonly<Record<string, Cell>>

const cannot = (what: string): NocturneError =>
  new NocturneError('cli-family-cannot', { step: what })

export interface ReadingParts {
  readonly cli: FamilyCli
  readonly typePorts: OnuTypePorts
}

/** Null: the OLT has no such ONU. */
export const readOnuConfig = async (
  { cli, typePorts }: ReadingParts,
  asking: CliAsking,
  address: OnuAddress,
): Promise<OnuConfig | null> => {
  const { questions, parts } = cli.profile.reads.onu
  const gathered = await asking.all(questions, addressValues(address))
  if (gathered === null) return null
  const own = gathered.records.filter(({ cells }) => isAt(cells, address))
  if (!own.some(({ kind }) => kind === 'onu')) return null
  return typePorts.fill(buildOnuConfig(own, without(parts, gathered)), asking)
}

const without = (
  parts: readonly OnuConfigPart[],
  { unknown }: Gathered,
): readonly OnuConfigPart[] => parts.filter((part) => !unknown.includes(part))

/** Rows of others in a table that was asked for one ONU are not its own. */
const isAt = (cells: Cells, address: OnuAddress): boolean =>
  (['shelf', 'slot', 'port', 'onuId'] as const).every(
    (name) => cells[name] === undefined || Number(cells[name]) === address[name],
  )

export const readPonConfigs = async (
  { cli, typePorts }: ReadingParts,
  asking: CliAsking,
  pon: PonAddress,
  onProgress: (done: number, total: number | null) => void = () => undefined,
): Promise<ReadonlyMap<number, OnuConfig>> => {
  const rule = cli.profile.reads.pon
  if (rule === undefined) throw cannot('read-pon')
  const values = { shelf: pon.shelf, slot: pon.slot, port: pon.port }
  const listed = (await asking.records(rule.list, values)) ?? []
  const shared: CliRecord[] = [...listed]
  for (const command of rule.once) {
    shared.push(...((await asking.records(command, values)) ?? []))
  }
  const ids = [...new Set(listed.map(({ cells }) => numberIn(cells, 'onuId')))]
    .filter((id) => id !== null)
    .toSorted((one, other) => one - other)
  const configs = new Map<number, OnuConfig>()
  for (const [done, onuId] of ids.entries()) {
    onProgress(done, ids.length)
    const address = { ...pon, onuId }
    const more = await asking.all(rule.each, addressValues(address))
    // Deleted since it was listed: it is not there.
    if (more === null) continue
    const own = [...more.records, ...shared].filter(({ cells }) => isAt(cells, address))
    const config = buildOnuConfig(own, without(rule.parts, more))
    configs.set(onuId, await typePorts.fill(config, asking))
  }
  onProgress(ids.length, ids.length)
  return configs
}

/** Commands of views that belong to a PON port or its board are asked there, each once. */
const perPon = async (
  cli: FamilyCli,
  asking: CliAsking,
  command: string,
  more: Readonly<Record<string, string>>,
  pons: readonly PonAddress[],
): Promise<readonly CliRecord[]> => {
  const rule = cli.profile.commands[command]
  if (rule === undefined) throw cannot(command)
  const needs = neededPlaces(cli, command)
  if (needs.length === 0) return (await asking.records(command, more)) ?? []
  const seen = new Set<string>()
  const records: CliRecord[] = []
  for (const pon of pons) {
    const key = needs.map((name) => pon[name]).join('/')
    if (seen.has(key)) continue
    seen.add(key)
    const values = Object.fromEntries(needs.map((name) => [name, pon[name]]))
    records.push(...((await asking.records(command, { ...more, ...values })) ?? []))
  }
  return records
}

const neededPlaces = (cli: FamilyCli, command: string): readonly (keyof PonAddress)[] => {
  const rule = cli.profile.commands[command]
  const inMode = cli.modeValues.get(rule?.mode ?? '') ?? []
  const inLine = rule === undefined ? [] : namesIn(rule.send)
  return (['shelf', 'slot', 'port'] as const).filter(
    (name) => inMode.includes(name) || inLine.includes(name),
  )
}

const namesIn = (template: Parameters<typeof parametersOf>[0]): readonly string[] =>
  parametersOf(template).map(({ name }) => name)

export const findSerialPlace = async (
  cli: FamilyCli,
  asking: CliAsking,
  serial: string,
  pons: readonly PonAddress[],
): Promise<OnuAddress | null> => {
  const { serial: bySerial, pon } = cli.profile.reads
  const command = bySerial ?? pon?.list
  if (command === undefined) throw cannot('find-serial')
  const records = await perPon(cli, asking, command, { serial }, pons)
  const places = records.filter(
    ({ cells }) => bySerial !== undefined || textIn(cells, 'serial') === serial,
  )
  for (const { cells } of places) {
    const [shelf, slot, port, onuId] = ['shelf', 'slot', 'port', 'onuId'].map((name) =>
      numberIn(cells, name),
    )
    if (port != null && onuId != null) {
      return { shelf: shelf ?? 0, slot: slot ?? 0, port, onuId }
    }
  }
  if (places.length > 0) {
    throw new NocturneError('cli-unexpected-answer', { line: 'no place of the serial number' })
  }
  return null
}

export const readFoundOnus = async (
  cli: FamilyCli,
  asking: CliAsking,
  pons: readonly PonAddress[],
): Promise<readonly FoundOnu[]> => {
  const command = cli.profile.reads.found
  if (command === undefined) throw cannot('read-found')
  const records = await perPon(cli, asking, command, {}, pons)
  return records.map(({ cells }) => {
    const port = numberIn(cells, 'port')
    const serial = textIn(cells, 'serial')
    if (port === null || serial === null) {
      throw new NocturneError('cli-unexpected-answer', { line: 'an ONU without place or serial' })
    }
    return {
      pon: { shelf: numberIn(cells, 'shelf') ?? 0, slot: numberIn(cells, 'slot') ?? 0, port },
      serial,
      model: textIn(cells, 'model'),
      firmware: textIn(cells, 'firmware'),
    }
  })
}
