import { catalogue, settingsOf } from '../../population/olt-config.ts'
import { isOnline } from '../../population/onu-readings.ts'
import type { EthPortSetting, OnuSettings } from '../../population/onu-settings.ts'
import { serialParts } from '../../population/populate.ts'
import {
  authorise,
  changeSettings,
  findOnu,
  findSerial,
  freeOnuId,
  onusOfPon,
  rebootOnu,
  remove,
  setEnabled,
} from '../../population/provision.ts'
import { type BoxCommand, type BoxSession, freshPorts, ponOfPort, textOf } from '../box-shell.ts'
import type { CliWord } from '../cli-words.ts'
import type { CliArgs } from '../command-table.ts'

const [firstOnt, lastOnt] = [1, 128]

export const fail = (session: BoxSession, reason: string): Promise<void> =>
  session.io.print(`Error: ${reason}`)

const noOnt = 'There is no ONT avaliable.'

/** The ONT that two numbers name, or a word that there is none. */
export const ontAt = async (session: BoxSession, args: CliArgs): Promise<number | undefined> => {
  const pon = ponOfPort(session, args.number('port'))
  const onu = pon === undefined ? undefined : findOnu(session.olt.model, pon, args.number('ont'))
  if (onu === undefined) await fail(session, 'The ONT does not exist.')
  return onu
}

/** `key value` pairs behind a command; null: one is missing or not known. */
const pairs = (
  words: readonly CliWord[],
  keys: readonly string[],
): ReadonlyMap<string, string> | null => {
  const found = new Map<string, string>()
  for (let at = 0; at < words.length; at += 2) {
    const key = words[at]?.text.toLowerCase() ?? ''
    const value = words[at + 1]?.text
    // as Huawei writes it, without a value
    if (key === 'omci') {
      at--
      continue
    }
    if (!keys.includes(key) || value === undefined) return null
    found.set(key, value)
  }
  return found
}

const profileKeys = [
  'ont-lineprofile-id',
  'ont-lineprofile-name',
  'ont-srvprofile-id',
  'ont-srvprofile-name',
  'desc',
]

/** Profiles that are named as settings; a text is the refusal. */
const profilesOf = (
  session: BoxSession,
  given: ReadonlyMap<string, string>,
): Partial<OnuSettings> | string => {
  const all = catalogue(session.olt.model)
  const pick = (
    kind: string,
    list: readonly { readonly id: string; readonly name: string }[],
  ): string | null | undefined => {
    const wanted = given.get(`ont-${kind}profile-id`) ?? given.get(`ont-${kind}profile-name`)
    if (wanted === undefined) return null
    return list.find(({ id, name }) => id === wanted || name === wanted)?.id
  }
  const line = pick('line', all.lineProfiles)
  const service = pick('srv', all.serviceProfiles)
  if (line === undefined) return 'The line profile does not exist.'
  if (service === undefined) return 'The service profile does not exist.'
  const description = given.get('desc')
  return {
    ...(line === null ? {} : { lineProfile: line }),
    ...(service === null ? {} : { serviceProfile: service }),
    ...(description === undefined ? {} : { description }),
  }
}

const readSerial = (text: string): ReturnType<typeof serialParts> | null =>
  /^[A-Za-z]{4}-?[0-9A-Fa-f]{8}$/.test(text)
    ? serialParts(text.replace('-', '').toUpperCase())
    : null

const add = async (session: BoxSession, args: CliArgs, ontId: number | null): Promise<void> => {
  const { model, now } = session.olt
  const pon = ponOfPort(session, args.number('port'))
  const serial = readSerial(args.text('sn'))
  const given = pairs(args.rest, profileKeys)
  if (pon === undefined || serial === null || given === null) {
    return session.io.print('% Parameter error.')
  }
  if (ontId !== null && (ontId < firstOnt || ontId > lastOnt)) {
    return session.io.print('% Parameter error.')
  }
  if (findSerial(model, serial) !== undefined) return session.io.print('% SN already exist.')
  if (ontId !== null && findOnu(model, pon, ontId) !== undefined) {
    return session.io.print('% ONT-ID already exist.')
  }
  const profiles = profilesOf(session, given)
  if (typeof profiles === 'string') return fail(session, profiles)
  const onuId = ontId ?? freeOnuId(model, pon, firstOnt, lastOnt)
  if (onuId === undefined) return fail(session, 'The number of ONTs has reached the limit.')
  const onu = authorise(
    model,
    { pon, onuId },
    serial,
    { lineProfile: '0', serviceProfile: '0', ...profiles },
    now(),
  )
  changeSettings(model, onu, { ethPorts: freshPorts(session, onu) }, now())
  return undefined
}

const each =
  (act: (session: BoxSession, onu: number, args: CliArgs) => Promise<void> | void) =>
  async (session: BoxSession, args: CliArgs): Promise<void> => {
    if (args.text('ont') !== 'all') {
      const onu = await ontAt(session, args)
      if (onu !== undefined) await act(session, onu, args)
      return
    }
    const pon = ponOfPort(session, args.number('port'))
    const onus = pon === undefined ? [] : onusOfPon(session.olt.model, pon)
    if (onus.length === 0) return fail(session, noOnt)
    for (const onu of onus) await act(session, onu, args)
  }

const set = (patch: (session: BoxSession, onu: number, args: CliArgs) => Partial<OnuSettings>) =>
  each(({ olt, ...session }, onu, args) =>
    changeSettings(olt.model, onu, patch({ olt, ...session }, onu, args), olt.now()),
  )

const reboot = each((session, onu) => {
  const { model, now } = session.olt
  if (!isOnline(model, onu, now())) return fail(session, 'The ONT is not online.')
  rebootOnu(model, onu, now())
  return undefined
})

const modify = each((session, onu, args) => {
  const given = pairs(args.rest, profileKeys)
  if (given === null || given.size === 0) return session.io.print('% Parameter error.')
  const profiles = profilesOf(session, given)
  if (typeof profiles === 'string') return fail(session, profiles)
  changeSettings(session.olt.model, onu, profiles, session.olt.now())
  return undefined
})

const removeOnt = each(({ olt }, onu) => remove(olt.model, onu, olt.now()))

const ethPort = (change: (port: EthPortSetting, args: CliArgs) => EthPortSetting) =>
  set(({ olt }, onu, args) => ({
    ethPorts: settingsOf(olt.model, onu).ethPorts.map((port) =>
      port.port === args.number('eth') ? change(port, args) : port,
    ),
  }))

const native = ethPort((port, args) => ({ ...port, mode: 'tag', vlan: args.number('vlan') }))

const views = ['pon'] as const

/** Within `interface gpon 0/0`: `<port> <ont>` (facts/olt.md 9.4). */
export const cdataOntCommands: readonly BoxCommand[] = [
  {
    line: 'ont add <port:int> <ont:int> sn-auth <sn> [more...]',
    views,
    run: (session, args) => add(session, args, args.number('ont')),
  },
  {
    line: 'ont add <port:int> sn-auth <sn> [more...]',
    views,
    run: (session, args) => add(session, args, null),
  },
  { line: 'ont modify <port:int> <ont:int> [more...]', views, run: modify },
  {
    line: 'ont description <port:int> <ont:int> [text...]',
    views,
    run: set((_session, _onu, args) => ({ description: textOf(args) })),
  },
  {
    line: 'no ont description <port:int> <ont:int>',
    views,
    run: set(() => ({ description: '' })),
  },
  { line: 'ont reboot <port:int> <ont>', views, run: reboot },
  {
    line: 'ont activate <port:int> <ont>',
    views,
    run: each(({ olt }, onu) => setEnabled(olt.model, onu, true, olt.now())),
  },
  {
    line: 'ont deactivate <port:int> <ont>',
    views,
    run: each(({ olt }, onu) => setEnabled(olt.model, onu, false, olt.now())),
  },
  { line: 'ont delete <port:int> <ont>', views, run: removeOnt },
  {
    line: 'ont port native-vlan <port:int> <ont:int> eth <eth:int> vlan <vlan:int> [more...]',
    views,
    run: native,
  },
  {
    line: 'no ont port native-vlan <port:int> <ont:int> eth <eth:int>',
    views,
    run: ethPort((port) => ({ ...port, mode: 'transparent', vlan: null })),
  },
]
