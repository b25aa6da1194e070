import { dateText } from '../../families/cell-writers.ts'
import { wallClock } from '../../families/onu-cells.ts'
import type { PonPort } from '../../population/olt-model.ts'
import { heardOnus } from '../../population/provision.ts'
import type { CliArgs, CliCommand } from '../command-table.ts'
import { huaweiConfigurationCommands } from './huawei-configuration.ts'
import { huaweiListCommands } from './huawei-lists.ts'
import { huaweiOntInfoCommands } from './huawei-ont-info.ts'
import { huaweiOntPortCommands } from './huawei-ont-ports.ts'
import {
  askParameters,
  fail,
  type HuaweiSession,
  privileged,
  rule,
  showSerial,
} from './huawei-session.ts'

/** As recorded in captures/cli/huawei/…_display_ont_autofind_2.raw: three blanks, 76 dashes. */
const autofind = async (session: HuaweiSession, args: CliArgs): Promise<void> => {
  if (!(await askParameters(session, '<cr>||<K>', args.typed))) return
  const { model, now } = session.olt
  const found = heardOnus(model, now())
  if (found.length === 0) return fail(session, 'Automatically found ONTs do not exist')
  const line = ` ${rule(76)}`
  const blocks = found.map((one, n) => {
    const pon = model.pons[one.pon] as PonPort
    const values: readonly (readonly [string, string])[] = [
      ['Number', String(n + 1)],
      ['F/S/P', `${pon.shelf}/${pon.slot}/${pon.port}`],
      ['Ont SN', showSerial(one.vendor, one.number)],
      ['Password', '0x00000000000000000000'],
      ['Loid', ''],
      ['Checkcode', ''],
      ['VendorID', one.model.vendor],
      ['Ont Version', one.model.hardware],
      ['Ont SoftwareVersion', one.model.software],
      ['Ont EquipmentID', one.model.equipment],
      ['Ont Customized Info', ''],
      ['Ont MAC', '-'],
      ['Ont Equipment SN', ''],
      ['Ont autofind time', dateText(one.seenAtMs, wallClock(model))],
      ['Multi channel', '-'],
    ]
    return values.map(([key, value]) => `   ${key.padEnd(20)}: ${value}`.trimEnd()).join('\n')
  })
  return session.io.print(`${line}\n${blocks.join(`\n${line}\n`)}\n${line}`)
}

export const huaweiDisplayCommands: readonly CliCommand<HuaweiSession>[] = [
  ...huaweiOntInfoCommands,
  ...huaweiOntPortCommands,
  ...huaweiListCommands,
  ...huaweiConfigurationCommands,
  { line: 'display ont autofind all', views: privileged, run: autofind },
]
