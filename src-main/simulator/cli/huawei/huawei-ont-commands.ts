import { catalogue, settingsOf } from '../../population/olt-config.ts'
import { isOnline } from '../../population/onu-readings.ts'
import type { EthPortSetting, OnuSettings } from '../../population/onu-settings.ts'
import {
  authorise,
  changeSettings,
  findOnu,
  findSerial,
  freeOnuId,
  onusOfPon,
  rebootOnu,
  remove,
  replaceSerial,
  setEnabled,
} from '../../population/provision.ts'
import type { CliArgs, CliCommand } from '../command-table.ts'
import type { CliWord } from '../cli-words.ts'
import {
  askParameters,
  confirm,
  fail,
  type HuaweiSession,
  ontAt,
  parameterError,
  ponHere,
  readSerial,
} from './huawei-session.ts'

/** Longest description that the MIB has room for (HUAWEI-XPON-MIB 2.43.1.9). */
const longestText = 128
const lastOnt = 127

interface OntOptions {
  id: number | null
  serial: string | null
  lineProfile: string | null
  serviceProfile: string | null
  description: string | null
}

/** Reads `[id] sn-auth SN omci ont-lineprofile-id N ont-srvprofile-id M desc "…"`; null: wrong. */
const readOptions = (words: readonly CliWord[]): OntOptions | null => {
  const options: OntOptions = {
    id: null,
    serial: null,
    lineProfile: null,
    serviceProfile: null,
    description: null,
  }
  let at = 0
  if (/^\d+$/.test(words[0]?.text ?? '')) {
    options.id = Number(words[0]?.text)
    at = 1
  }
  for (; at < words.length; at++) {
    const value = words[at + 1]?.text ?? null
    switch (words[at]?.text.toLowerCase()) {
      case 'sn-auth':
      case 'sn':
        options.serial = value
        break
      case 'omci':
        continue
      case 'ont-lineprofile-id':
      case 'ont-lineprofile-name':
        options.lineProfile = value
        break
      case 'ont-srvprofile-id':
      case 'ont-srvprofile-name':
        options.serviceProfile = value
        break
      case 'desc':
        options.description = value
        break
      default:
        return null
    }
    if (value === null) return null
    at++
  }
  return options
}

const profileId = (
  list: readonly { readonly id: string; readonly name: string }[],
  text: string,
): string | undefined => list.find(({ id, name }) => id === text || name === text)?.id

/** Profiles of the options as settings; a text is the refusal. */
const profilesOf = (
  session: HuaweiSession,
  { lineProfile, serviceProfile, description }: OntOptions,
): Partial<OnuSettings> | string => {
  const all = catalogue(session.olt.model)
  const line = lineProfile === null ? undefined : profileId(all.lineProfiles, lineProfile)
  if (lineProfile !== null && line === undefined) return 'The ont-lineprofile does not exist'
  const service =
    serviceProfile === null ? undefined : profileId(all.serviceProfiles, serviceProfile)
  if (serviceProfile !== null && service === undefined) return 'The profile does not exist'
  return {
    ...(line === undefined ? {} : { lineProfile: line }),
    ...(service === undefined ? {} : { serviceProfile: service }),
    ...(description === null ? {} : { description }),
  }
}

const isText = (text: string | null): boolean =>
  text === null || (text.length <= longestText && /^[\x20-\x7e]*$/.test(text))

/** The ports of a service profile, as a new ONU has them. */
const freshPorts = (session: HuaweiSession, serviceProfile: string | null): EthPortSetting[] => {
  const { serviceProfiles } = catalogue(session.olt.model)
  const count = serviceProfiles.find(({ id }) => id === serviceProfile)?.ethPorts ?? 0
  return Array.from({ length: count }, (_, n) => ({
    port: n + 1,
    mode: 'tag',
    vlan: 1,
    priority: 0,
    enabled: true,
  }))
}

const ontAdd = async (session: HuaweiSession, args: CliArgs): Promise<void> => {
  const options = readOptions(args.rest)
  const serial = options?.serial == null ? undefined : readSerial(options.serial)
  if (options === null || serial === undefined || !isText(options.description)) {
    return parameterError(session)
  }
  if (!(await askParameters(session, '<cr>|ont-type<K>', args.typed))) return
  const { model, now } = session.olt
  const pon = ponHere(session, args.number('port'))
  if (pon === undefined) return fail(session, 'The port does not exist')
  if (findSerial(model, serial) !== undefined) return fail(session, 'SN already exists')
  if (options.id !== null && options.id > lastOnt) return parameterError(session)
  if (options.id !== null && findOnu(model, pon, options.id) !== undefined) {
    return session.io.print('  The ONT ID has already existed')
  }
  const profiles = profilesOf(session, options)
  if (typeof profiles === 'string') return fail(session, profiles)
  const onuId = options.id ?? freeOnuId(model, pon, 0, lastOnt)
  if (onuId === undefined) return fail(session, 'The number of ONTs has reached the upper limit')
  const settings: Partial<OnuSettings> = {
    lineProfile: '0',
    serviceProfile: '0',
    description: 'ONT_NO_DESCRIPTION',
    ...profiles,
  }
  const ethPorts = freshPorts(session, settings.serviceProfile ?? null)
  authorise(model, { pon, onuId }, serial, { ...settings, ethPorts }, now())
  return session.io.print(
    `  Number of ONTs that can be added: 1, success: 1\n  PortID :${args.number('port')}, ONTID :${onuId}`,
  )
}

const ontModify = async (session: HuaweiSession, args: CliArgs): Promise<void> => {
  const options = readOptions(args.rest)
  const isGiven = options !== null && Object.values(options).some((value) => value !== null)
  if (!isGiven || options.id !== null || !isText(options.description)) {
    return parameterError(session)
  }
  const { model, now } = session.olt
  const onu = ontAt(session, ponHere(session, args.number('port')), args.number('ont'))
  if (onu === undefined) return fail(session, 'The ONT does not exist')
  const profiles = profilesOf(session, options)
  if (typeof profiles === 'string') return fail(session, profiles)
  if (Object.keys(profiles).length > 0) changeSettings(model, onu, profiles, now())
  if (options.serial === null) return
  const serial = readSerial(options.serial)
  if (serial === undefined) return parameterError(session)
  if (findSerial(model, serial) !== undefined) return fail(session, 'SN already exists')
  replaceSerial(model, onu, serial, now())
}

const ontDelete = async (session: HuaweiSession, args: CliArgs): Promise<void> => {
  const { model, now } = session.olt
  const pon = ponHere(session, args.number('port'))
  const onus =
    args.text('ont') === 'all' && pon !== undefined
      ? onusOfPon(model, pon)
      : [ontAt(session, pon, args.number('ont'))].filter((onu) => onu !== undefined)
  if (onus.length === 0) return fail(session, 'The ONT does not exist')
  if (onus.some((onu) => settingsOf(model, onu).services.length > 0)) {
    return fail(session, 'This configured object has some service virtual ports')
  }
  if (args.text('ont') === 'all' && !(await confirm(session, 'Are you sure to continue?'))) return
  for (const onu of onus) remove(model, onu, now())
  return session.io.print(
    `  Number of ONTs that can be deleted: ${onus.length}, success: ${onus.length}`,
  )
}

/** `all` or one of a port. */
const chosen = (session: HuaweiSession, args: CliArgs): readonly number[] => {
  const pon = ponHere(session, args.number('port'))
  if (pon === undefined) return []
  if (args.text('ont') === 'all') return onusOfPon(session.olt.model, pon)
  const onu = ontAt(session, pon, args.number('ont'))
  return onu === undefined ? [] : [onu]
}

const switchOnts =
  (on: boolean) =>
  async (session: HuaweiSession, args: CliArgs): Promise<void> => {
    const onus = chosen(session, args)
    if (onus.length === 0) return fail(session, 'The ONT does not exist')
    for (const onu of onus) setEnabled(session.olt.model, onu, on, session.olt.now())
  }

/** `ont reset` and `ont factory-setting-restore`: the first needs an ONT that is there. */
const restart =
  (question: string, act: (session: HuaweiSession, onu: number) => void) =>
  async (session: HuaweiSession, args: CliArgs): Promise<void> => {
    const { model, now } = session.olt
    const onus = chosen(session, args)
    if (onus.length === 0) return fail(session, 'The ONT does not exist')
    if (!onus.some((onu) => isOnline(model, onu, now()))) return fail(session, 'ONT is not online')
    if (!(await confirm(session, question))) return
    for (const onu of onus) act(session, onu)
  }

const setPort = (
  session: HuaweiSession,
  args: CliArgs,
  change: (port: EthPortSetting) => EthPortSetting,
): boolean | null => {
  const { model, now } = session.olt
  const onu = ontAt(session, ponHere(session, args.number('port')), args.number('ont'))
  if (onu === undefined) return null
  const { ethPorts } = settingsOf(model, onu)
  if (!ethPorts.some(({ port }) => port === args.number('eth'))) return false
  const changed = ethPorts.map((one) => (one.port === args.number('eth') ? change(one) : one))
  changeSettings(model, onu, { ethPorts: changed }, now())
  return true
}

const reportPort = (session: HuaweiSession, what: string, done: boolean | null): Promise<void> =>
  done === null
    ? fail(session, 'The ONT does not exist')
    : session.io.print(
        `  Set ONT port(s) ${what}, success: ${done ? 1 : 0}, failed: ${done ? 0 : 1}`,
      )

const nativeVlan = (session: HuaweiSession, args: CliArgs): Promise<void> => {
  const vlan = args.number('vlan')
  const [key, value] = args.rest
  const priority = key === undefined ? 0 : Number(value?.text)
  if (vlan < 1 || vlan > 4094 || !(priority >= 0 && priority <= 7)) return parameterError(session)
  const done = setPort(session, args, (port) => ({ ...port, mode: 'tag', vlan, priority }))
  return reportPort(session, 'VLAN configuration', done)
}

const portState =
  (enabled: boolean) =>
  (session: HuaweiSession, args: CliArgs): Promise<void> =>
    reportPort(
      session,
      'attribute configuration',
      setPort(session, args, (port) => ({ ...port, enabled })),
    )

const views = ['gpon']

/** Everything that is done to an ONT in the view of its board (facts/olt.md 9.1). */
export const huaweiOntCommands: readonly CliCommand<HuaweiSession>[] = [
  { line: 'ont add <port:int> [options...]', views, run: ontAdd },
  { line: 'ont modify <port:int> <ont:int> [options...]', views, run: ontModify },
  { line: 'ont delete <port:int> <ont>', views, run: ontDelete },
  { line: 'ont activate <port:int> <ont>', views, run: switchOnts(true) },
  { line: 'ont deactivate <port:int> <ont>', views, run: switchOnts(false) },
  {
    line: 'ont reset <port:int> <ont>',
    views,
    run: restart('Are you sure to reset the ONT(s)?', ({ olt }, onu) =>
      rebootOnu(olt.model, onu, olt.now()),
    ),
  },
  {
    line: 'ont factory-setting-restore <port:int> <ont>',
    views,
    run: restart('Are you sure to continue?', ({ olt }, onu) => {
      changeSettings(olt.model, onu, { wan: null, wifi: [] }, olt.now())
      rebootOnu(olt.model, onu, olt.now())
    }),
  },
  {
    line: 'ont port native-vlan <port:int> <ont:int> eth <eth:int> vlan <vlan:int> [priority...]',
    views,
    run: nativeVlan,
  },
  {
    line: 'ont port attribute <port:int> <ont:int> eth <eth:int> operational-state on',
    views,
    run: portState(true),
  },
  {
    line: 'ont port attribute <port:int> <ont:int> eth <eth:int> operational-state off',
    views,
    run: portState(false),
  },
]
