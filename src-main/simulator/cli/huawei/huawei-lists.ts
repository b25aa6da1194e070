import { catalogue, settingsOf } from '../../population/olt-config.ts'
import { presentOnus } from '../../population/olt-model.ts'
import type { OnuSettings } from '../../population/onu-settings.ts'
import type { CliArgs, CliCommand } from '../command-table.ts'
import { askParameters, fail, type HuaweiSession, privileged, rule } from './huawei-session.ts'

/** How many ONTs are bound to each value of a setting. */
const bindings = (
  session: HuaweiSession,
  of: (settings: OnuSettings) => string | null,
): ReadonlyMap<string | null, number> => {
  const counts = new Map<string | null, number>()
  for (const onu of presentOnus(session.olt.model)) {
    const id = of(settingsOf(session.olt.model, onu))
    counts.set(id, (counts.get(id) ?? 0) + 1)
  }
  return counts
}

/** As recorded: captures/cli/huawei/…_display_ont-lineprofile_gpon_all.raw. */
const profiles =
  (kind: 'lineProfile' | 'serviceProfile', dashes: number) =>
  async (session: HuaweiSession, args: CliArgs): Promise<void> => {
    if (!(await askParameters(session, '<cr>||<K>', args.typed))) return
    const all = catalogue(session.olt.model)
    const list = kind === 'lineProfile' ? all.lineProfiles : all.serviceProfiles
    const counts = bindings(session, (settings) => settings[kind])
    return session.io.print(
      [
        rule(dashes),
        '  Profile-ID  Profile-name                                Binding times',
        rule(dashes),
        ...list.map(
          ({ id, name }) =>
            `  ${id.padEnd(12)}${name.padEnd(44)}${String(counts.get(id) ?? 0).padEnd(12)}`,
        ),
        rule(dashes),
        `  Total: ${list.length}`,
      ].join('\n'),
    )
  }

const lineProfile = async (session: HuaweiSession, args: CliArgs): Promise<void> => {
  if (!(await askParameters(session, '<cr>||<K>', args.typed))) return
  const found = catalogue(session.olt.model).lineProfiles.find(({ id }) => id === args.text('id'))
  if (found === undefined) return fail(session, 'The ont-lineprofile does not exist')
  return session.io.print(
    [
      rule(78),
      `  Profile-ID          :${found.id}`,
      `  Profile-name        :${found.name}`,
      '  Access-type         :GPON',
      rule(78),
      '  FEC upstream switch :Disable',
      '  OMCC encrypt switch :Off',
      '  Qos mode            :PQ',
      '  Mapping mode        :VLAN',
      rule(78),
      '  <T-CONT   1>          DBA Profile-ID:10',
      ...found.gemPorts.map((gem) => `   <Gem Index ${gem}>`),
      rule(78),
    ].join('\n'),
  )
}

const serviceProfile = async (session: HuaweiSession, args: CliArgs): Promise<void> => {
  if (!(await askParameters(session, '<cr>||<K>', args.typed))) return
  const found = catalogue(session.olt.model).serviceProfiles.find(
    ({ id }) => id === args.text('id'),
  )
  if (found === undefined) return fail(session, 'The profile does not exist')
  return session.io.print(
    [
      rule(),
      `  Profile-ID  : ${found.id}`,
      `  Profile-name: ${found.name}`,
      '  Access-type : GPON',
      rule(),
      '  Port-type     Port-number',
      rule(),
      `  POTS          ${found.potsPorts}`,
      `  ETH           ${found.ethPorts}`,
      rule(),
    ].join('\n'),
  )
}

/** Columns in general knowledge. */
const vlans = async (session: HuaweiSession, args: CliArgs): Promise<void> => {
  if (!(await askParameters(session, '<cr>|vlanattr<K>|vlantype<E>||<K>', args.typed))) return
  const { model } = session.olt
  const used = new Map<number, number>()
  for (const onu of presentOnus(model)) {
    for (const { vlan } of settingsOf(model, onu).services)
      used.set(vlan, (used.get(vlan) ?? 0) + 1)
  }
  const list = catalogue(model).vlans
  return session.io.print(
    [
      rule(71),
      '  VLAN   Type     Attribute  STND-Port NUM   SERV-Port NUM  VLAN-Con NUM',
      rule(71),
      ...list.map(
        ({ id }) =>
          `  ${String(id).padStart(4)}   smart    common     ${'1'.padStart(13)}   ${String(used.get(id) ?? 0).padStart(13)}  ${'-'.padStart(12)}`,
      ),
      rule(71),
      `  Total: ${list.length}`,
      '  Note : STND-Port--standard port, SERV-Port--service virtual port,',
      '         VLAN-Con--vlan-connect',
    ].join('\n'),
  )
}

/** Columns in general knowledge. */
const trafficTables = async (session: HuaweiSession, args: CliArgs): Promise<void> => {
  if (!(await askParameters(session, '<cr>||<K>', args.typed))) return
  const list = catalogue(session.olt.model).trafficTables.filter(
    ({ id }) => Number(id) >= args.number('from'),
  )
  if (list.length === 0) return fail(session, 'The traffic table does not exist')
  return session.io.print(
    [
      rule(77),
      '  TID  CIR       CBS       PIR       PBS       Pri  Copy-policy     Pri-Policy',
      '       (kbps)    (bytes)   (kbps)    (bytes)',
      rule(77),
      ...list.map(({ id, kbps }) => {
        const cells = [kbps, Math.min(10_240_000, kbps * 32), kbps, Math.min(10_240_000, kbps * 64)]
        return `  ${id.padStart(3)}  ${cells.map((cell) => String(cell).padEnd(10)).join('')}0    -               tag-pri`
      }),
      rule(77),
      `  Total Num : ${list.length}`,
    ].join('\n'),
  )
}

const version = async (session: HuaweiSession, args: CliArgs): Promise<void> => {
  if (!(await askParameters(session, '<cr>|backplane<K>|frameid/slotid<S>||<K>', args.typed)))
    return
  const { model, now } = session.olt
  const upS = Math.max(0, Math.floor((now() - model.bootedAtMs) / 1000))
  return session.io.print(
    [
      '',
      `  VERSION : ${model.scenario.model}V800R018C10`,
      '  PATCH   : SPH105',
      `  PRODUCT : ${model.scenario.model}`,
      '',
      '  Active Mainboard Running Area Information:',
      rule(50),
      '  Current Program Area : Area A',
      '  Current Data Area : Area A',
      rule(50),
      '',
      `  Uptime is ${Math.floor(upS / 86_400)} day(s), ${Math.floor(upS / 3600) % 24} hour(s), ${Math.floor(upS / 60) % 60} minute(s), ${upS % 60} second(s)`,
    ].join('\n'),
  )
}

const board = async (session: HuaweiSession, args: CliArgs): Promise<void> => {
  if (!(await askParameters(session, '<cr>||<K>', args.typed))) return
  const { model } = session.olt
  const slots = [...new Set(model.pons.map(({ slot }) => slot))].toSorted((a, b) => a - b)
  const isNew = model.scenario.model.startsWith('MA5800')
  return session.io.print(
    [
      rule(73),
      '  SlotID  BoardName  Status          SubType0 SubType1    Online/Offline',
      rule(73),
      ...slots.map(
        (slot) =>
          `  ${String(slot).padEnd(8)}${(isNew ? 'H901GPHF' : 'H805GPFD').padEnd(11)}${model.failedSlots.has(slot) ? 'Failed' : 'Normal'}`,
      ),
      rule(73),
    ].join('\n'),
  )
}

const views = privileged

export const huaweiListCommands: readonly CliCommand<HuaweiSession>[] = [
  { line: 'display ont-lineprofile gpon all', views, run: profiles('lineProfile', 78) },
  { line: 'display ont-srvprofile gpon all', views, run: profiles('serviceProfile', 77) },
  { line: 'display ont-lineprofile gpon profile-id <id>', views, run: lineProfile },
  { line: 'display ont-srvprofile gpon profile-id <id>', views, run: serviceProfile },
  { line: 'display vlan all', views, run: vlans },
  { line: 'display traffic table ip from-index <from:int>', views, run: trafficTables },
  { line: 'display version', run: version },
  { line: 'display board <frame:int>', views, run: board },
]
