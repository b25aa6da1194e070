import type { PonPort } from '../../population/olt-model.ts'
import { presentOnus } from '../../population/olt-model.ts'
import { findServiceIndex, freeServiceIndex, settingsOf } from '../../population/olt-config.ts'
import { isOnline } from '../../population/onu-readings.ts'
import type { ServiceSetting } from '../../population/onu-settings.ts'
import { changeSettings, removeService } from '../../population/provision.ts'
import { type BoxCommand, type BoxSession, configuring, privileged } from '../box-shell.ts'
import type { CliArgs } from '../command-table.ts'
import { fail, ontAt } from './cdata-onts.ts'

/** `… gemport 1 multi-service user-vlan 100 tag-action transparent` (one public source). */
const add = async (session: BoxSession, args: CliArgs, wanted: number | null): Promise<void> => {
  const { model, now } = session.olt
  const onu = await ontAt(session, args)
  if (onu === undefined) return
  const [vlan, gemPort] = [args.number('vlan'), args.number('gem')]
  const user = args.text('user')
  const userVlan = user === 'untagged' ? null : Number(user)
  if (vlan < 1 || vlan > 4094 || !(userVlan === null || (userVlan >= 1 && userVlan <= 4094))) {
    return session.io.print('% Parameter error.')
  }
  if (wanted !== null && findServiceIndex(model, wanted) !== null) {
    return fail(session, 'The service port already exists.')
  }
  const { services } = settingsOf(model, onu)
  if (services.some((one) => one.gemPort === gemPort && one.userVlan === userVlan)) {
    return fail(session, 'The service port conflicts with an existing one.')
  }
  const made: ServiceSetting = {
    index: wanted ?? freeServiceIndex(model),
    vlan,
    userVlan,
    gemPort,
    vport: gemPort,
    inbound: null,
    outbound: null,
  }
  changeSettings(model, onu, { services: [...services, made] }, now())
}

const removeOne = (session: BoxSession, args: CliArgs): Promise<void> | undefined =>
  removeService(session.olt.model, args.number('index'), session.olt.now())
    ? undefined
    : fail(session, 'The service port does not exist.')

const removeOfOnt = async (session: BoxSession, args: CliArgs): Promise<void> => {
  const { model, now } = session.olt
  const onu = await ontAt(session, args)
  if (onu === undefined) return
  for (const { index } of settingsOf(model, onu).services) removeService(model, index, now())
}

const rule = '-'.repeat(80)

const list = (session: BoxSession, onus: readonly number[]): Promise<void> => {
  const { model, now } = session.olt
  const lines = onus.flatMap((onu) => {
    const pon = model.pons[model.onus.pon[onu] as number] as PonPort
    return settingsOf(model, onu).services.map((one) =>
      [
        `  ${String(one.index).padEnd(7)}`,
        String(one.vlan).padEnd(7),
        `${pon.shelf}/${pon.slot}`.padEnd(6),
        String(pon.port).padEnd(5),
        String(model.onus.onuId[onu]).padEnd(5),
        String(one.gemPort).padEnd(6),
        String(one.userVlan ?? 'untagged').padEnd(11),
        'transparent'.padEnd(13),
        isOnline(model, onu, now()) ? 'up' : 'down',
      ].join(''),
    )
  })
  if (lines.length === 0) return fail(session, 'There is no service port.')
  return session.io.print(
    [
      rule,
      '  Index  VLAN   F/S   Port ONT  GEM   User-VLAN  Tag-action   State',
      rule,
      ...lines,
      rule,
      `  Total: ${lines.length}`,
    ].join('\n'),
  )
}

const listOfOnt = async (session: BoxSession, args: CliArgs): Promise<void> => {
  const onu = await ontAt(session, args)
  if (onu !== undefined) await list(session, [onu])
}

const rest =
  'gpon <fs> port <port:int> ont <ont:int> gemport <gem:int> multi-service user-vlan <user> [more...]'

export const cdataServiceCommands: readonly BoxCommand[] = [
  {
    line: `service-port autoindex vlan <vlan:int> ${rest}`,
    views: configuring,
    run: (session, args) => add(session, args, null),
  },
  {
    line: `service-port <index:int> vlan <vlan:int> ${rest}`,
    views: configuring,
    run: (session, args) => add(session, args, args.number('index')),
  },
  {
    line: `service-port vlan <vlan:int> ${rest}`,
    views: configuring,
    run: (session, args) => add(session, args, null),
  },
  {
    line: 'no service-port gpon <fs> port <port:int> ont <ont:int>',
    views: configuring,
    run: removeOfOnt,
  },
  { line: 'no service-port <index:int>', views: configuring, run: removeOne },
  {
    line: 'show service-port all',
    views: privileged,
    run: (session) => list(session, presentOnus(session.olt.model)),
  },
  {
    line: 'show service-port gpon <fs> port <port:int> ont <ont:int>',
    views: privileged,
    run: listOfOnt,
  },
]
