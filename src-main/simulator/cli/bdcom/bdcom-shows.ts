import { bdcomVendor, modelOf } from '../../families/onu-cells.ts'
import { cause, phase } from '../../population/down-causes.ts'
import { descriptionOf } from '../../population/olt-config.ts'
import { refreshLife } from '../../population/onu-life.ts'
import { isOnline, oltRxDbm } from '../../population/onu-readings.ts'
import { heardOnus, onusOfPon } from '../../population/provision.ts'
import { type BoxCommand, type BoxSession, privileged, textOf } from '../box-shell.ts'
import type { CliArgs } from '../command-table.ts'
import {
  macOfOnu,
  nameOfOnu,
  nameOfPon,
  placeOf,
  showMac,
  spanText,
  timeText,
} from './bdcom-places.ts'

/** Names, then dashes below them, then the rows. */
const tableOf = (
  columns: readonly (readonly [string, number])[],
  rows: readonly (readonly string[])[],
): readonly string[] => [
  columns
    .map(([name, width]) => name.padEnd(width))
    .join(' ')
    .trimEnd(),
  columns.map(([, width]) => '-'.repeat(width)).join(' '),
  ...rows.map((row) =>
    row
      .map((cell, n) => cell.padEnd(columns[n]?.[1] ?? 0))
      .join(' ')
      .trimEnd(),
  ),
]

const reasons: Readonly<Record<number, string>> = {
  [cause.dyingGasp]: 'power-off',
  [cause.los]: 'wire-down',
  [cause.losi]: 'wire-down',
  [cause.lofi]: 'mpcp-down',
  [cause.deactivated]: 'admin',
  [cause.rebooted]: 'oam-down',
}

const statuses: Readonly<Record<number, string>> = {
  [phase.working]: 'auto-configured',
  [phase.starting]: 'registered',
  [phase.los]: 'lost',
}

const lifeOf = ({ olt: { model, now } }: BoxSession, onu: number) => {
  refreshLife(model, onu, now())
  const { onus } = model
  return {
    status: statuses[onus.phase[onu] as number] ?? 'deregistered',
    reason: reasons[onus.cause[onu] as number] ?? 'N/A',
    upMs: onus.lastUpMs[onu],
    downMs: onus.lastDownMs[onu],
  }
}

/** `interface EPON0/1 [sequence]`, or all ports; null: no such port. */
const asked = (
  session: BoxSession,
  args: CliArgs,
): { readonly pons: readonly number[]; readonly onuId: number | null } | null => {
  const text = textOf(args)
  if (text === '') return { pons: session.olt.model.pons.map((_, pon) => pon), onuId: null }
  const [, port = '', sequence] = /^(.*?\d\/\d+(?::\d+)?)(?:\s+(\d+))?$/.exec(text) ?? []
  const place = placeOf(session, port)
  if (place === null) return null
  return {
    pons: [place.pon],
    onuId: place.onuId ?? (sequence === undefined ? null : Number(sequence)),
  }
}

const perPort =
  (
    pick: (session: BoxSession, onu: number) => boolean,
    show: (session: BoxSession, onus: readonly number[], port: string) => readonly string[],
  ) =>
  (session: BoxSession, args: CliArgs): Promise<void> => {
    const { model } = session.olt
    const wanted = asked(session, args)
    if (wanted === null) return session.io.print('% Interface does not exist.')
    const lines = wanted.pons.flatMap((pon) => {
      const onus = onusOfPon(model, pon).filter(
        (onu) =>
          pick(session, onu) && (wanted.onuId === null || model.onus.onuId[onu] === wanted.onuId),
      )
      return [...show(session, onus, nameOfPon(session, pon)), '']
    })
    return session.io.print(lines.slice(0, -1).join('\n'))
  }

const isThere = ({ olt: { model, now } }: BoxSession, onu: number): boolean =>
  isOnline(model, onu, now())

const information = perPort(
  () => true,
  (session, onus, port) => [
    `Interface ${port} has registered ${onus.length} ONUs:`,
    ...tableOf(
      [
        ['IntfName', 16],
        ['VendorID', 8],
        ['ModelID', 10],
        ['MAC Address', 14],
        ['Description', 31],
        ['BindType', 8],
        ['Status', 16],
        ['Dereg Reason', 17],
      ],
      onus.map((onu) => {
        const { model } = session.olt
        const { status, reason } = lifeOf(session, onu)
        const description = descriptionOf(model, onu)
        return [
          nameOfOnu(session, onu),
          bdcomVendor(model, onu),
          modelOf(model, onu).equipment,
          macOfOnu(session, onu),
          description === '' ? 'N/A' : description.slice(0, 31),
          'static',
          status,
          reason,
        ]
      }),
    ),
  ],
)

const active = perPort(isThere, (session, onus, port) => [
  `Interface ${port} has bound ${onus.length} active ONUs:`,
  ...tableOf(
    [
      ['IntfName', 16],
      ['MAC Address', 14],
      ['Status', 16],
      ['OAM Status', 12],
      ['Distance(m)', 11],
      ['RTT(TQ)', 7],
      ['LastRegTime', 19],
      ['LastDeregTime', 19],
      ['LastDeregReason', 17],
      ['Alivetime', 12],
    ],
    onus.map((onu) => {
      const { model, now } = session.olt
      const { status, reason, upMs, downMs } = lifeOf(session, onu)
      const metres = model.onus.distanceM[onu] as number
      return [
        nameOfOnu(session, onu),
        macOfOnu(session, onu),
        status,
        'ctc-oam-oper',
        String(metres),
        String(Math.round(metres / 1.6)),
        timeText(session, upMs),
        timeText(session, downMs),
        reason,
        spanText(now() - (upMs ?? now())),
      ]
    }),
  ),
])

const inactive = perPort(
  (session, onu) => !isThere(session, onu),
  (session, onus, port) => [
    `Interface ${port} has bound ${onus.length} inactive ONUs:`,
    ...tableOf(
      [
        ['IntfName', 16],
        ['MAC Address', 14],
        ['Status', 16],
        ['LastRegTime', 19],
        ['LastDeregTime', 19],
        ['LastDeregReason', 17],
        ['Absenttime', 12],
      ],
      onus.map((onu) => {
        const { status, reason, upMs, downMs } = lifeOf(session, onu)
        return [
          nameOfOnu(session, onu),
          macOfOnu(session, onu),
          status,
          timeText(session, upMs),
          timeText(session, downMs),
          reason,
          Number.isNaN(downMs) ? 'N/A' : spanText(session.olt.now() - (downMs ?? 0)),
        ]
      }),
    ),
  ],
)

/** Ports where nobody was turned away are left out. */
const rejected = (session: BoxSession): Promise<void> => {
  const { model, now } = session.olt
  const found = heardOnus(model, now())
  const lines = model.pons.flatMap((_, pon) => {
    const here = found.filter((one) => one.pon === pon)
    if (here.length === 0) return []
    return [
      `ONU rejected to register on interface ${nameOfPon(session, pon)}:`,
      ...tableOf(
        [
          ['INDEX', 5],
          ['MAC Address', 14],
          ['Reject Time', 19],
          ['LOID', 24],
          ['PASSWORD', 12],
        ],
        here.map(({ vendor, number, seenAtMs }, n) => [
          String(n + 1),
          showMac(vendor, number),
          timeText(session, seenAtMs),
          '(N/A)',
          '(N/A)',
        ]),
      ),
      '',
    ]
  })
  return lines.length === 0 ? Promise.resolve() : session.io.print(lines.slice(0, -1).join('\n'))
}

const optics = perPort(isThere, (session, onus) =>
  tableOf(
    [
      ['interface', 15],
      ['RxPower(dBm)', 12],
    ],
    onus.map((onu) => {
      const { model, now } = session.olt
      return [nameOfOnu(session, onu).toLowerCase(), oltRxDbm(model, onu, now()).toFixed(1)]
    }),
  ),
)

const variants = (line: string, run: BoxCommand['run']): readonly BoxCommand[] => [
  { line: `${line} interface [place...]`, views: privileged, run },
  { line, views: privileged, run },
]

export const bdcomShowCommands: readonly BoxCommand[] = [
  ...variants('show epon onu-information', information),
  ...variants('show epon active-onu', active),
  ...variants('show epon inactive-onu', inactive),
  ...variants('show epon optical-transceiver-diagnosis', optics),
  { line: 'show epon rejected-onu', views: privileged, run: rejected },
]
