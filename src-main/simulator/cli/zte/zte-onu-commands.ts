import { cause } from '../../population/down-causes.ts'
import { catalogue, settingsOf } from '../../population/olt-config.ts'
import type { OnuSettings, ServiceSetting } from '../../population/onu-settings.ts'
import {
  authorise,
  changeSettings,
  findOnu,
  findSerial,
  remove,
  type Serial,
  setEnabled,
} from '../../population/provision.ts'
import type { CliArgs, CliCommand } from '../command-table.ts'
import {
  missing,
  onuHere,
  say,
  successful,
  wrong,
  zteRefusals,
  type ZteSession,
} from './zte-session.ts'

const lastOnu = 128
/** Longer than what anybody has seen; the MIB says no number. */
const longestText = 64

const readSerial = (text: string): Serial | undefined => {
  const match = /^([A-Z]{4})([0-9A-F]{8})$/.exec(text.toUpperCase())
  return match === null
    ? undefined
    : {
        vendor: Buffer.from(match[1] ?? '', 'latin1').readUInt32BE(),
        number: Number.parseInt(match[2] ?? '', 16),
      }
}

const addOnu = (session: ZteSession, args: CliArgs): Promise<void> => {
  const { model, now } = session.olt
  const onuId = args.number('id')
  const serial = readSerial(args.text('sn'))
  if (serial === undefined || onuId < 1 || onuId > lastOnu) return wrong(session)
  const type = catalogue(model).onuTypes.find(({ name }) => name === args.text('type'))
  if (type === undefined) return say(session, zteRefusals.type)
  if (findOnu(model, session.pon, onuId) !== undefined) return say(session, zteRefusals.onu)
  if (findSerial(model, serial) !== undefined) return say(session, zteRefusals.serial)
  authorise(
    model,
    { pon: session.pon, onuId },
    serial,
    {
      onuType: type.name,
      ethPorts: Array.from({ length: type.ethPorts }, (_, n) => ({
        port: n + 1,
        mode: 'transparent',
        vlan: null,
        priority: 0,
        enabled: true,
      })),
    },
    now(),
  )
  return say(session, successful)
}

const removeOnu = (session: ZteSession, args: CliArgs): Promise<void> => {
  const { model, now } = session.olt
  const onu = findOnu(model, session.pon, args.number('id'))
  if (onu === undefined) return missing(session)
  remove(model, onu, now())
  return say(session, successful)
}

/** Changes the ONU whose view this is: a patch, or the refusal. */
export const change =
  (
    work: (
      settings: OnuSettings,
      args: CliArgs,
      session: ZteSession,
    ) => Partial<OnuSettings> | string,
  ) =>
  (session: ZteSession, args: CliArgs): Promise<void> | undefined => {
    const { model, now } = session.olt
    const onu = onuHere(session)
    if (onu === undefined) return missing(session)
    const patch = work(settingsOf(model, onu), args, session)
    if (typeof patch === 'string') return say(session, patch)
    changeSettings(model, onu, patch, now())
    return undefined
  }

/** All that was typed behind the keyword, blanks and all. */
const textBehind = (args: CliArgs): string =>
  args.typed
    .trim()
    .replace(/^\S+\s+/, '')
    .replace(/^"(.*)"$/, '$1')

const setText = (key: 'name' | 'description') =>
  change((_settings, args) => {
    const text = textBehind(args)
    return text.length > longestText || !/^[\x20-\x7e]+$/.test(text)
      ? "%Error 20202: Invalid input detected at '^' marker.Invalid parameter"
      : { [key]: text }
  })

const tcont = change((settings, args, session) => {
  const profile = args.text('profile')
  if (!catalogue(session.olt.model).tcontProfiles.some(({ name }) => name === profile)) {
    return zteRefusals.profile
  }
  const id = args.number('id')
  const others = settings.tconts.filter((one) => one.id !== id)
  return { tconts: [...others, { id, profile }].toSorted((a, b) => a.id - b.id) }
})

const noTcont = change((settings, args) => {
  const id = args.number('id')
  if (!settings.tconts.some((one) => one.id === id)) return zteRefusals.tcont
  if (settings.gemPorts.some((one) => one.tcont === id)) return zteRefusals.used
  return { tconts: settings.tconts.filter((one) => one.id !== id) }
})

const gemPort = change((settings, args) => {
  const [id, tcontId] = [args.number('id'), args.number('tcont')]
  if (!settings.tconts.some((one) => one.id === tcontId)) return zteRefusals.tcont
  const before = settings.gemPorts.find((one) => one.id === id)
  const name = args.text('name') === '' ? null : args.text('name')
  const fresh = {
    id,
    tcont: tcontId,
    name: name ?? before?.name ?? null,
    upProfile: before?.upProfile ?? null,
    downProfile: before?.downProfile ?? null,
  }
  const others = settings.gemPorts.filter((one) => one.id !== id)
  return { gemPorts: [...others, fresh].toSorted((a, b) => a.id - b.id) }
})

/** `gemport 1 traffic-limit upstream X downstream Y`, either of them. */
const gemLimit = change((settings, args, session) => {
  const id = args.number('id')
  const before = settings.gemPorts.find((one) => one.id === id)
  if (before === undefined) return zteRefusals.gem
  const words = args.rest.map(({ text }) => text)
  const of = (key: string): string | null => {
    const at = words.indexOf(key)
    return at < 0 ? null : (words[at + 1] ?? null)
  }
  const [up, down] = [of('upstream'), of('downstream')]
  const { trafficTables } = catalogue(session.olt.model)
  for (const profile of [up, down]) {
    if (profile !== null && !trafficTables.some(({ name }) => name === profile)) {
      return zteRefusals.profile
    }
  }
  return {
    gemPorts: settings.gemPorts.map((one) =>
      one.id === id
        ? { ...one, upProfile: up ?? one.upProfile, downProfile: down ?? one.downProfile }
        : one,
    ),
  }
})

const noGemPort = change((settings, args) => {
  const id = args.number('id')
  if (!settings.gemPorts.some((one) => one.id === id)) return zteRefusals.gem
  return { gemPorts: settings.gemPorts.filter((one) => one.id !== id) }
})

/** The vport of the line (C300) or of the view (C600); on both it is the number of the GEM port. */
const servicePort = change((settings, args, session) => {
  const vport = session.view === 'vport' ? session.vport : args.number('vport')
  const user = args.text('user')
  const vlan = args.number('vlan')
  if (user !== 'untagged' && !/^\d+$/.test(user)) {
    return "%Error 20202: Invalid input detected at '^' marker.Invalid parameter"
  }
  if (!settings.gemPorts.some(({ id }) => id === vport)) return zteRefusals.gem
  if (!catalogue(session.olt.model).vlans.some(({ id }) => id === vlan)) return zteRefusals.vlan
  const index = args.number('index')
  const fresh: ServiceSetting = {
    index,
    vlan,
    userVlan: user === 'untagged' ? null : Number(user),
    gemPort: vport,
    vport,
    inbound: null,
    outbound: null,
  }
  const isSame = (one: ServiceSetting): boolean =>
    one.index === index && (session.kind === 'c300' || one.vport === vport)
  const others = settings.services.filter((one) => !isSame(one))
  return { services: [...others, fresh].toSorted((a, b) => a.index - b.index) }
})

const noServicePort = change((settings, args, session) => {
  const index = args.number('index')
  const isIt = (one: ServiceSetting): boolean =>
    one.index === index && (session.kind === 'c300' || one.vport === session.vport)
  if (!settings.services.some(isIt)) return '%Code 62397-GPONSRV: The entry is not existed.'
  return { services: settings.services.filter((one) => !isIt(one)) }
})

/** C600 only (facts/olt.md 9.3). */
const admin =
  (on: boolean) =>
  (session: ZteSession): Promise<void> | undefined => {
    const onu = onuHere(session)
    if (onu === undefined) return missing(session)
    setEnabled(session.olt.model, onu, on, session.olt.now())
    return undefined
  }

/** The whole PON goes dark with it (facts/olt.md 9.2). */
const shutPort =
  (on: boolean) =>
  ({ olt: { model, now }, pon: p }: ZteSession): void => {
    const pon = model.pons[p]
    if (pon === undefined || pon.laser.dark === !on) return
    pon.laser.dark = !on
    if (!on) pon.cuts.push({ startMs: now(), endMs: Infinity, cause: cause.los, beyondM: 0 })
    else for (const cut of pon.cuts) if (cut.endMs > now()) cut.endMs = now() + 40_000
    for (let onu = 0; onu < model.onus.count; onu++) {
      if (model.onus.pon[onu] === p) model.onus.invalidate(onu)
    }
  }

const onuViews = ['onu']

/** What both kinds have in the views of a PON port and of an ONU (facts/olt.md 9.2, 9.3). */
export const zteOnuCommands = (kind: ZteSession['kind']): readonly CliCommand<ZteSession>[] => [
  { line: 'onu <id:int> type <type> sn <sn>', views: ['olt'], run: addOnu },
  { line: 'no onu <id:int>', views: ['olt'], run: removeOnu },
  { line: 'shutdown', views: ['olt'], run: shutPort(false) },
  { line: 'no shutdown', views: ['olt'], run: shutPort(true) },
  { line: 'name <name> [rest...]', views: onuViews, run: setText('name') },
  { line: 'no name', views: onuViews, run: change(() => ({ name: '' })) },
  { line: 'description <text> [rest...]', views: onuViews, run: setText('description') },
  { line: 'no description', views: onuViews, run: change(() => ({ description: '' })) },
  { line: 'tcont <id:int> profile <profile>', views: onuViews, run: tcont },
  { line: 'tcont <id:int> name <name> profile <profile>', views: onuViews, run: tcont },
  { line: 'no tcont <id:int>', views: onuViews, run: noTcont },
  { line: 'gemport <id:int> tcont <tcont:int>', views: onuViews, run: gemPort },
  { line: 'gemport <id:int> unicast tcont <tcont:int>', views: onuViews, run: gemPort },
  { line: 'gemport <id:int> name <name> tcont <tcont:int>', views: onuViews, run: gemPort },
  { line: 'gemport <id:int> traffic-limit [limits...]', views: onuViews, run: gemLimit },
  { line: 'no gemport <id:int>', views: onuViews, run: noGemPort },
  ...(kind === 'c300'
    ? [
        {
          line: 'service-port <index:int> vport <vport:int> user-vlan <user> vlan <vlan:int>',
          views: onuViews,
          run: servicePort,
        },
        { line: 'no service-port <index:int>', views: onuViews, run: noServicePort },
      ]
    : [
        {
          line: 'service-port <index:int> user-vlan <user> vlan <vlan:int>',
          views: ['vport'],
          run: servicePort,
        },
        { line: 'no service-port <index:int>', views: ['vport'], run: noServicePort },
        { line: 'admin disable', views: onuViews, run: admin(false) },
        { line: 'admin enable', views: onuViews, run: admin(true) },
      ]),
]
