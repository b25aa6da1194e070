import { descriptionOf, settingsOf } from '../../population/olt-config.ts'
import { onusOfPon } from '../../population/provision.ts'
import { type BoxCommand, type BoxSession, privileged, textOf, hostName } from '../box-shell.ts'
import type { CliArgs } from '../command-table.ts'
import { macOfOnu, nameOfOnu, nameOfPon, onuAt, placeOf } from './bdcom-places.ts'

const head = 'Building configuration...\n\nCurrent configuration:\n!'

const ponLines = (session: BoxSession, pon: number): readonly string[] => {
  const { model } = session.olt
  return [
    `interface ${nameOfPon(session, pon)}`,
    ...onusOfPon(model, pon).map(
      (onu) => ` epon bind-onu mac ${macOfOnu(session, onu)} ${model.onus.onuId[onu]}`,
    ),
    ' switchport mode trunk',
    '!',
  ]
}

const onuLines = (session: BoxSession, onu: number): readonly string[] => {
  const { model } = session.olt
  const description = descriptionOf(model, onu)
  return [
    `interface ${nameOfOnu(session, onu)}`,
    ...(description === '' ? [] : [` description ${description}`]),
    ...settingsOf(model, onu).ethPorts.map(({ port, mode, vlan, priority }) =>
      mode === 'tag' && vlan !== null
        ? `  epon onu port ${port} ctc vlan mode tag ${vlan} priority ${priority}`
        : `  epon onu port ${port} ctc vlan mode transparent`,
    ),
    '!',
  ]
}

const whole = (session: BoxSession): Promise<void> => {
  const { model } = session.olt
  return session.io.print(
    [
      head,
      '!version 10.1.0F build 69083',
      'service timestamps log date',
      `hostname ${hostName(session.olt)}`,
      '!',
      ...model.pons.flatMap((_, pon) => [
        ...ponLines(session, pon),
        ...onusOfPon(model, pon).flatMap((onu) => onuLines(session, onu)),
      ]),
    ].join('\n'),
  )
}

const ofInterface = (session: BoxSession, args: CliArgs): Promise<void> => {
  const place = placeOf(session, textOf(args))
  if (place === null) return session.io.print('% Interface does not exist.')
  const onu = onuAt(session, place)
  if (place.onuId !== null && onu === undefined) {
    return session.io.print('% Interface does not exist.')
  }
  const lines = onu === undefined ? ponLines(session, place.pon) : onuLines(session, onu)
  return session.io.print([head, ...lines].join('\n'))
}

export const bdcomConfigCommands: readonly BoxCommand[] = [
  { line: 'show running-config', views: privileged, run: whole },
  { line: 'show running-config interface [place...]', views: privileged, run: ofInterface },
]
