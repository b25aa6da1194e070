import { settingsOf } from '../../population/olt-config.ts'
import { isOnline } from '../../population/onu-readings.ts'
import type { EthPortSetting, OnuSettings } from '../../population/onu-settings.ts'
import {
  authorise,
  changeSettings,
  findOnu,
  findSerial,
  freeOnuId,
  rebootOnu,
  remove,
} from '../../population/provision.ts'
import { type BoxCommand, type BoxSession, freshPorts, privileged, textOf } from '../box-shell.ts'
import type { CliArgs } from '../command-table.ts'
import { nameOfOnu, onuAt, placeOf, readMac } from './bdcom-places.ts'

const [firstOnu, lastOnu] = [1, 64]

const bind = (session: BoxSession, args: CliArgs, wanted: number | null): Promise<void> | void => {
  const { model, now } = session.olt
  const { pon } = session
  const serial = readMac(args.text('mac'))
  if (serial === null || (wanted !== null && (wanted < firstOnu || wanted > lastOnu))) {
    return session.io.print('% Invalid input.')
  }
  const twin = findSerial(model, serial)
  if (twin !== undefined) {
    return session.io.print(`% This MAC address has been bound to ${nameOfOnu(session, twin)}.`)
  }
  if (wanted !== null && findOnu(model, pon, wanted) !== undefined) {
    return session.io.print(`% The sequence ${wanted} is already used.`)
  }
  const onuId = wanted ?? freeOnuId(model, pon, firstOnu, lastOnu)
  if (onuId === undefined) return session.io.print('% The binding table is full.')
  const onu = authorise(model, { pon, onuId }, serial, {}, now())
  changeSettings(model, onu, { ethPorts: freshPorts(session, onu) }, now())
}

const unbind = (session: BoxSession, onu: number | undefined): Promise<void> | void => {
  if (onu === undefined) return session.io.print('% The ONU does not exist.')
  remove(session.olt.model, onu, session.olt.now())
}

const unbindMac = (session: BoxSession, args: CliArgs): Promise<void> | void => {
  const serial = readMac(args.text('mac'))
  if (serial === null) return session.io.print('% Invalid input.')
  const onu = findSerial(session.olt.model, serial)
  const isHere = onu !== undefined && session.olt.model.onus.pon[onu] === session.pon
  return unbind(session, isHere ? onu : undefined)
}

const reboot = async (session: BoxSession, args: CliArgs): Promise<void> => {
  const { model, now } = session.olt
  const place = placeOf(session, textOf(args))
  const onu = place === null ? undefined : onuAt(session, place)
  if (onu === undefined) return session.io.print('% The ONU does not exist.')
  if (!isOnline(model, onu, now())) return session.io.print('% The ONU is not online.')
  const answer = await session.io.ask(`Are you sure to reboot ${nameOfOnu(session, onu)}(y/n)?`)
  if (/^y/i.test(answer.trim())) rebootOnu(model, onu, now())
}

const set =
  (patch: (session: BoxSession, args: CliArgs) => Partial<OnuSettings> | string) =>
  (session: BoxSession, args: CliArgs): Promise<void> | void => {
    const made = patch(session, args)
    if (typeof made === 'string') return session.io.print(made)
    changeSettings(session.olt.model, session.onu, made, session.olt.now())
  }

/** An ONU that is not there asks whether it shall be set for later (one public source). */
const ethPort =
  (change: (port: EthPortSetting, args: CliArgs) => EthPortSetting) =>
  async (session: BoxSession, args: CliArgs): Promise<void> => {
    const { model } = session.olt
    const { ethPorts } = settingsOf(model, session.onu)
    const wanted = args.number('eth')
    if (!ethPorts.some(({ port }) => port === wanted)) {
      return session.io.print('% The port is out of range.')
    }
    const changed = ethPorts.map((port) => (port.port === wanted ? change(port, args) : port))
    changeSettings(model, session.onu, { ethPorts: changed }, session.olt.now())
  }

const tagged = ethPort((port, args) => ({ ...port, mode: 'tag', vlan: args.number('vlan') }))
const transparent = ethPort((port) => ({ ...port, mode: 'transparent', vlan: null }))

export const bdcomOnuCommands: readonly BoxCommand[] = [
  {
    line: 'epon bind-onu mac <mac>',
    views: ['pon'],
    run: (session, args) => bind(session, args, null),
  },
  {
    line: 'epon bind-onu mac <mac> <seq:int>',
    views: ['pon'],
    run: (session, args) => bind(session, args, args.number('seq')),
  },
  {
    line: 'no epon bind-onu sequence <seq:int>',
    views: ['pon'],
    run: (session, args) =>
      unbind(session, findOnu(session.olt.model, session.pon, args.number('seq'))),
  },
  { line: 'no epon bind-onu mac <mac>', views: ['pon'], run: unbindMac },
  { line: 'epon reboot onu interface [place...]', views: privileged, run: reboot },
  {
    line: 'description <first> [more...]',
    views: ['onu'],
    run: set((_, args) => ({ description: `${args.text('first')} ${textOf(args)}`.trim() })),
  },
  { line: 'no description', views: ['onu'], run: set(() => ({ description: '' })) },
  {
    line: 'epon onu port <eth:int> ctc vlan mode tag <vlan:int> [more...]',
    views: ['onu'],
    run: tagged,
  },
  { line: 'epon onu port <eth:int> ctc vlan mode transparent', views: ['onu'], run: transparent },
]
