import {
  catalogue,
  findServiceIndex,
  freeServiceIndex,
  settingsOf,
} from '../../population/olt-config.ts'
import { presentOnus } from '../../population/olt-model.ts'
import { isOnline } from '../../population/onu-readings.ts'
import type { ServiceSetting } from '../../population/onu-settings.ts'
import { changeSettings, onusOfPon, removeService } from '../../population/provision.ts'
import type { CliWord } from '../cli-words.ts'
import type { CliArgs, CliCommand } from '../command-table.ts'
import {
  askParameters,
  confirm,
  fail,
  fspOf,
  type HuaweiSession,
  ontAt,
  parameterError,
  ponAt,
  ponOf,
  privileged,
  rule,
} from './huawei-session.ts'

interface FlowOptions {
  gemPort: number | null
  userVlan: number | null
  inbound: string | null
  outbound: string | null
}

/** `gemport G multi-service user-vlan U inbound traffic-table index I outbound …`; null: wrong. */
const readFlow = (words: readonly CliWord[]): FlowOptions | null => {
  const flow: FlowOptions = { gemPort: null, userVlan: null, inbound: null, outbound: null }
  const texts = words.map(({ text }) => text.toLowerCase())
  for (let at = 0; at < texts.length; at++) {
    const value = texts[at + 1] ?? ''
    switch (texts[at]) {
      case 'gemport':
        flow.gemPort = Number(value)
        at++
        break
      case 'multi-service':
        break
      case 'user-vlan':
        if (value !== 'untagged' && !/^\d+$/.test(value)) return null
        flow.userVlan = value === 'untagged' ? null : Number(value)
        at++
        break
      case 'tag-transform':
        at++
        break
      case 'inbound':
      case 'outbound': {
        const number = texts[at + 3] ?? ''
        if (value !== 'traffic-table' || texts[at + 2] !== 'index' || number === '') return null
        flow[texts[at] as 'inbound' | 'outbound'] = number
        at += 3
        break
      }
      default:
        return null
    }
  }
  return flow
}

const addServicePort = async (
  session: HuaweiSession,
  args: CliArgs,
  index: number | null,
): Promise<void> => {
  const flow = readFlow(args.rest)
  if (flow?.gemPort == null || Number.isNaN(flow.gemPort)) return parameterError(session)
  if (!(await askParameters(session, '<cr>|bundle<K>|inbound<K>|rx-cttr<K>', args.typed))) return
  const { model, now } = session.olt
  const all = catalogue(model)
  const vlan = args.number('vlan')
  if (!all.vlans.some(({ id }) => id === vlan)) return fail(session, 'The VLAN does not exist')
  const onu = ontAt(session, ponAt(session, ...fspOf(args.text('fsp'))), args.number('ont'))
  if (onu === undefined) return fail(session, 'The required ONT does not exist')
  const settings = settingsOf(model, onu)
  const gems = all.lineProfiles.find(({ id }) => id === settings.lineProfile)?.gemPorts ?? []
  if (!gems.includes(flow.gemPort)) return fail(session, 'The GEM port does not exist')
  for (const table of [flow.inbound, flow.outbound]) {
    if (table !== null && !all.trafficTables.some(({ id }) => id === table)) {
      return fail(session, 'The traffic table does not exist')
    }
  }
  const taken = index === null ? null : findServiceIndex(model, index)
  const twin = settings.services.find(
    (one) => one.gemPort === flow.gemPort && one.userVlan === flow.userVlan,
  )
  if (taken !== null) return fail(session, 'Service virtual port has existed already')
  if (twin !== undefined) {
    return fail(session, `Conflicted service virtual port index: ${twin.index}`)
  }
  const service: ServiceSetting = {
    index: index ?? freeServiceIndex(model),
    vlan,
    userVlan: flow.userVlan,
    gemPort: flow.gemPort,
    vport: 1,
    inbound: flow.inbound,
    outbound: flow.outbound,
  }
  changeSettings(model, onu, { services: [...settings.services, service] }, now())
}

const undoByIndex = async (session: HuaweiSession, args: CliArgs): Promise<void> => {
  const { model, now } = session.olt
  if (!removeService(model, args.number('index'), now())) {
    return fail(session, 'The service virtual port does not exist')
  }
}

const undoOfOnt = async (session: HuaweiSession, args: CliArgs): Promise<void> => {
  if (!(await askParameters(session, '<cr>|gemport<K>', args.typed))) return
  const { model, now } = session.olt
  const onu = ontAt(session, ponAt(session, ...fspOf(args.text('fsp'))), args.number('ont'))
  if (onu === undefined) return fail(session, 'The required ONT does not exist')
  const { services } = settingsOf(model, onu)
  if (services.length === 0) return fail(session, 'The service virtual port does not exist')
  const question = 'Are you sure to release service virtual port(s)?'
  if (!(await confirm(session, question))) return
  for (const { index } of services) removeService(model, index, now())
  return session.io.print(
    `  The number of total service virtual port which need be deleted: ${services.length}\n` +
      `  The number of total service virtual port which have been deleted: ${services.length}`,
  )
}

const heading = [
  '  Switch-Oriented Flow List',
  rule(),
  '   INDEX VLAN VLAN     PORT F/ S/ P VPI  VCI   FLOW  FLOW       RX   TX   STATE',
  '         ID   ATTR     TYPE                    TYPE  PARA',
  rule(),
].join('\n')

/** As recorded: `      25  110 common   gpon 0/0 /1  1    1     vlan  110        17   47   up`. */
const flowLine = (session: HuaweiSession, onu: number, service: ServiceSetting): string => {
  const { model, now } = session.olt
  const { shelf, slot, port } = ponOf(session, onu)
  return [
    `  ${String(service.index).padStart(6)} ${String(service.vlan).padStart(4)} common   gpon`,
    ` ${shelf}/${slot} /${String(port).padEnd(3)}`,
    `${String(model.onus.onuId[onu]).padEnd(5)}${String(service.gemPort).padEnd(6)}vlan  `,
    `${String(service.userVlan ?? 'untag').padEnd(11)}`,
    `${(service.inbound ?? '-').padEnd(5)}${(service.outbound ?? '-').padEnd(5)}`,
    isOnline(model, onu, now()) ? 'up' : 'down',
  ].join('')
}

const showFlows = async (
  session: HuaweiSession,
  args: CliArgs,
  onus: readonly number[],
): Promise<void> => {
  if (!(await askParameters(session, '<cr>||<K>', args.typed))) return
  const { model, now } = session.olt
  let total = 0
  let up = 0
  for (const onu of onus) {
    for (const service of settingsOf(model, onu).services) {
      if (total === 0) await session.io.print(heading)
      total++
      if (isOnline(model, onu, now())) up++
      await session.io.print(flowLine(session, onu, service))
    }
  }
  if (total === 0) return fail(session, 'The service virtual port does not exist')
  return session.io.print(
    [
      rule(),
      `   Total : ${total}  (Up/Down :    ${up}/${total - up})`,
      '   Note : F--Frame, S--Slot, P--Port,',
      '          VPI indicates ONT ID for PON, VCI indicates GEM index for GPON,',
      '          v/e--vlan/encap, pritag--priority-tagged,',
      '          ppp--pppoe, ip--ipoe, ip4--ipv4oe, ip6--ipv6oe, vxl--vxlan.',
    ].join('\n'),
  )
}

const onusAt = (session: HuaweiSession, args: CliArgs): readonly number[] => {
  const pon = ponAt(session, ...fspOf(args.text('fsp')))
  return pon === undefined ? [] : onusOfPon(session.olt.model, pon)
}

export const huaweiServiceCommands: readonly CliCommand<HuaweiSession>[] = [
  {
    line: 'service-port vlan <vlan:int> gpon <fsp:fsp> ont <ont:int> [flow...]',
    views: ['config'],
    run: (session, args) => addServicePort(session, args, null),
  },
  {
    line: 'service-port <index:int> vlan <vlan:int> gpon <fsp:fsp> ont <ont:int> [flow...]',
    views: ['config'],
    run: (session, args) => addServicePort(session, args, args.number('index')),
  },
  { line: 'undo service-port <index:int>', views: ['config'], run: undoByIndex },
  {
    line: 'undo service-port port <fsp:fsp> ont <ont:int>',
    views: ['config'],
    run: undoOfOnt,
  },
  {
    line: 'display service-port all',
    views: privileged,
    run: (session, args) => showFlows(session, args, presentOnus(session.olt.model)),
  },
  {
    line: 'display service-port port <fsp:fsp>',
    views: privileged,
    run: (session, args) => showFlows(session, args, onusAt(session, args)),
  },
  {
    line: 'display service-port port <fsp:fsp> ont <ont:int>',
    views: privileged,
    run: (session, args) =>
      showFlows(
        session,
        args,
        onusAt(session, args).filter(
          (onu) => session.olt.model.onus.onuId[onu] === args.number('ont'),
        ),
      ),
  },
  {
    line: 'display service-port <index:int>',
    views: privileged,
    run: (session, args) => {
      const found = findServiceIndex(session.olt.model, args.number('index'))
      return found === null
        ? fail(session, 'The service virtual port does not exist')
        : session.io.print(`${heading}\n${flowLine(session, found.onu, found.service)}\n${rule()}`)
    },
  },
]
