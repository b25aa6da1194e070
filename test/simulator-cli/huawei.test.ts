import { describe, expect, it } from 'vitest'
import { cliPlant, huaweiOlt, telnetIn } from './support/cli-plant.ts'
import type { CliPerson } from './support/cli-person.ts'

const serial = 'HWTC11E70E9A'
const hex = '4857544311E70E9A'
const prompt = /HW(\([\w/-]+\))?[#>]$/

/** In the configuration view, without pager and questions. */
const ready = async (person: CliPerson, fs?: string): Promise<CliPerson> => {
  for (const line of ['enable', 'undo smart', 'scroll', 'config']) await person.say(line, prompt)
  if (fs !== undefined) await person.say(`interface gpon ${fs}`, prompt)
  return person
}

describe('a simulated SmartAX, by its CLI,', () => {
  it('refuses commands in a view that has them not, with the mark under the word', async () => {
    const { cli } = await cliPlant(huaweiOlt)
    const person = await ready(await telnetIn(cli))
    const answer = await person.say(`ont add 0 sn-auth ${hex} omci`, prompt)
    expect(answer).toContain("% Unknown command, the error locates at '^'")
    const [typed = '', mark = ''] = answer.split('\r\n')
    expect(`HW(config)#${typed}`.indexOf('ont')).toBe(mark.indexOf('^'))
  })

  it('says that nothing was found when nothing was', async () => {
    const { cli } = await cliPlant(huaweiOlt)
    const person = await ready(await telnetIn(cli))
    expect(await person.say('display ont autofind all', prompt)).toContain(
      '  Failure: Automatically found ONTs do not exist\r\n',
    )
  })

  it('authorises what it has found: by CLI, seen by SNMP, up after it has booted', async () => {
    const { cli, control, found, onu, clock } = await cliPlant(huaweiOlt)
    control({ kind: 'add-unconfigured', olt: 'HW', pon: '0/0/1', serial })
    const person = await ready(await telnetIn(cli), '0/0')
    const list = await person.say('display ont autofind all', prompt)
    expect(list).toContain('   F/S/P               : 0/0/1\r\n')
    expect(list).toContain(`   Ont SN              : ${hex} (HWTC-11E70E9A)\r\n`)
    const added = await person.say(
      `ont add 1 sn-auth "${hex}" omci ont-lineprofile-id 12 ont-srvprofile-id 101 desc "Rumah 7"`,
      prompt,
    )
    expect(added).toContain(
      '  Number of ONTs that can be added: 1, success: 1\r\n  PortID :1, ONTID :',
    )
    const id = /ONTID :(\d+)/.exec(added)?.[1] ?? ''
    expect(found()).toEqual([])
    expect(onu(`0/0/1:${id}`)).toMatchObject({ serial, phase: 'offline' })
    clock.ms += 61_000
    expect(onu(`0/0/1:${id}`)).toMatchObject({ serial, phase: 'working' })
    await person.say(`ont delete 1 ${id}`, /success: 1/)
    expect(found()).toEqual([`0/0/1 ${serial}`])
  })
})
