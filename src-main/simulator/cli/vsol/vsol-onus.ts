import { serialText } from '../../families/cell-writers.ts'
import { catalogue, settingsOf } from '../../population/olt-config.ts'
import type { EthPortSetting, OnuSettings } from '../../population/onu-settings.ts'
import { serialParts } from '../../population/populate.ts'
import {
  authorise,
  changeSettings,
  findOnu,
  findSerial,
  rebootOnu,
  remove,
  setEnabled,
} from '../../population/provision.ts'
import { isOnline } from '../../population/onu-readings.ts'
import { type BoxCommand, type BoxSession, freshPorts, textOf } from '../box-shell.ts'
import type { CliArgs } from '../command-table.ts'

/** An ONU of the view's PON, or a word that there is none. */
export const onuHere = async (session: BoxSession, args: CliArgs): Promise<number | undefined> => {
  const onu = findOnu(session.olt.model, session.pon, args.number('id'))
  if (onu === undefined) await session.io.print(`Error: onu ${args.text('id')} is not exist!`)
  return onu
}

const readSerial = (text: string): ReturnType<typeof serialParts> | null =>
  /^[A-Za-z]{4}[0-9A-Fa-f]{8}$/.test(text) ? serialParts(text.toUpperCase()) : null

const lastOnu = 128

const add = async (session: BoxSession, args: CliArgs): Promise<void> => {
  const { model, now } = session.olt
  const onuId = args.number('id')
  const serial = readSerial(args.text('sn'))
  if (serial === null || onuId < 1 || onuId > lastOnu) {
    return session.io.print('% Parameter out of range.')
  }
  const twin = findSerial(model, serial)
  if (twin !== undefined) {
    const text = serialText(serial.vendor, serial.number)
    return session.io.print(`Error: sn ${text} is already exist!`)
  }
  if (findOnu(model, session.pon, onuId) !== undefined) {
    return session.io.print(`Error: onu ${onuId} is already exist!`)
  }
  const onu = authorise(model, { pon: session.pon, onuId }, serial, {}, now())
  changeSettings(model, onu, { ethPorts: freshPorts(session, onu) }, now())
  return undefined
}

const change =
  (patch: (session: BoxSession, args: CliArgs, onu: number) => Partial<OnuSettings> | string) =>
  async (session: BoxSession, args: CliArgs): Promise<void> => {
    const onu = await onuHere(session, args)
    if (onu === undefined) return
    const made = patch(session, args, onu)
    if (typeof made === 'string') return session.io.print(made)
    changeSettings(session.olt.model, onu, made, session.olt.now())
  }

const act =
  (done: (session: BoxSession, onu: number) => Promise<void> | void) =>
  async (session: BoxSession, args: CliArgs): Promise<void> => {
    const onu = await onuHere(session, args)
    if (onu !== undefined) await done(session, onu)
  }

const removeOnu = act(({ olt }, onu) => remove(olt.model, onu, olt.now()))

const reboot = act(({ olt, io }, onu) => {
  if (!isOnline(olt.model, onu, olt.now())) return io.print('Error: onu is not online!')
  rebootOnu(olt.model, onu, olt.now())
  return undefined
})

const bind = (kind: 'line' | 'srv') =>
  change(({ olt }, args) => {
    const all = catalogue(olt.model)
    const name = args.text('name')
    const list = kind === 'line' ? all.lineProfiles : all.serviceProfiles
    if (!list.some((one) => one.name === name)) return `Error: profile ${name} is not exist!`
    return kind === 'line' ? { lineProfile: name } : { serviceProfile: name }
  })

const servicePort = change(({ olt }, args, onu) => {
  const services = settingsOf(olt.model, onu).services.filter(
    ({ index }) => index !== args.number('sp'),
  )
  const made = {
    index: args.number('sp'),
    vlan: args.number('vlan'),
    userVlan: args.number('user'),
    gemPort: args.number('gem'),
    vport: args.number('gem'),
    inbound: null,
    outbound: null,
  }
  return { services: [...services, made].toSorted((one, other) => one.index - other.index) }
})

const noServicePort = change(({ olt }, args, onu) => {
  const { services } = settingsOf(olt.model, onu)
  const left = services.filter(({ index }) => index !== args.number('sp'))
  if (left.length === services.length) return 'Error: service-port is not exist!'
  return { services: left }
})

const portVlan = (make: (port: EthPortSetting, args: CliArgs) => EthPortSetting) =>
  change(({ olt }, args, onu) => {
    const { ethPorts } = settingsOf(olt.model, onu)
    const port = args.number('eth')
    if (!ethPorts.some((one) => one.port === port)) return '% Parameter out of range.'
    return { ethPorts: ethPorts.map((one) => (one.port === port ? make(one, args) : one)) }
  })

const tagged = portVlan((port, args) => ({ ...port, mode: 'tag', vlan: args.number('vlan') }))
const transparent = portVlan((port) => ({ ...port, mode: 'transparent', vlan: null }))

const views = ['pon'] as const

export const vsolOnuCommands: readonly BoxCommand[] = [
  { line: 'onu add <id:int> profile <profile> sn <sn>', views, run: add },
  { line: 'no onu <id:int>', views, run: removeOnu },
  { line: 'onu delete <id:int>', views, run: removeOnu },
  { line: 'onu <id:int> delete', views, run: removeOnu },
  { line: 'onu <id:int> reboot', views, run: reboot },
  {
    line: 'onu <id:int> activate',
    views,
    run: act(({ olt }, onu) => setEnabled(olt.model, onu, true, olt.now())),
  },
  {
    line: 'onu <id:int> deactivate',
    views,
    run: act(({ olt }, onu) => setEnabled(olt.model, onu, false, olt.now())),
  },
  ...['desc', 'description'].flatMap((word): BoxCommand[] => [
    {
      line: `onu <id:int> ${word} <first> [more...]`,
      views,
      run: change((_, args) => ({ description: `${args.text('first')} ${textOf(args)}`.trim() })),
    },
    { line: `no onu <id:int> ${word}`, views, run: change(() => ({ description: '' })) },
  ]),
  { line: 'onu <id:int> profile line name <name>', views, run: bind('line') },
  { line: 'onu <id:int> profile srv name <name>', views, run: bind('srv') },
  { line: 'no onu <id:int> profile line', views, run: change(() => ({ lineProfile: null })) },
  { line: 'no onu <id:int> profile srv', views, run: change(() => ({ serviceProfile: null })) },
  // what a line profile brings along is not modelled: taken, and nothing is made of it
  { line: 'onu <id:int> tcont <tcont:int> [more...]', views, run: act(() => {}) },
  { line: 'onu <id:int> gemport <gem:int> [more...]', views, run: act(() => {}) },
  { line: 'onu <id:int> service <name> gemport <gem:int> [more...]', views, run: act(() => {}) },
  {
    line: 'onu <id:int> service-port <sp:int> gemport <gem:int> uservlan <user:int> vlan <vlan:int> [more...]',
    views,
    run: servicePort,
  },
  { line: 'no onu <id:int> service-port <sp:int>', views, run: noServicePort },
  {
    line: 'onu <id:int> portvlan eth <eth:int> mode tag vlan <vlan:int> [more...]',
    views,
    run: tagged,
  },
  { line: 'onu <id:int> portvlan eth <eth:int> mode transparent', views, run: transparent },
]
