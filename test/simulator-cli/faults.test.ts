import { describe, expect, it } from 'vitest'
import type { CliPerson } from './support/cli-person.ts'
import { cliPlant, huaweiOlt, telnetIn } from './support/cli-plant.ts'

const prompt = /HW(\([\w/-]+\))?[#>]$/
const serial = 'HWTC11E70E9A'
const add = 'ont add 0 9 sn-auth 4857544311E70E9A omci ont-lineprofile-id 12 ont-srvprofile-id 101'

const ready = async (person: CliPerson): Promise<CliPerson> => {
  for (const line of ['enable', 'undo smart', 'scroll', 'config', 'interface gpon 0/1']) {
    await person.say(line, prompt)
  }
  return person
}

const plantWithFound = async () => {
  const plant = await cliPlant(huaweiOlt)
  plant.control({ kind: 'add-unconfigured', olt: 'HW', pon: '0/1/0', serial })
  return { ...plant, person: await ready(await telnetIn(plant.cli)) }
}

describe('a simulated CLI that misbehaves', () => {
  it('is busy for so many commands, and does nothing meanwhile', async () => {
    const { control, person, onu } = await plantWithFound()
    control({ kind: 'cli-fault', olt: 'HW', act: { kind: 'busy' }, matching: '^ont add', times: 2 })
    for (let n = 0; n < 2; n++) {
      expect(await person.say(add, prompt)).toContain(
        '  Failure: System is busy, please retry after a while',
      )
      expect(onu('0/1/0:9')).toBeUndefined()
    }
    expect(await person.say(add, prompt)).toContain('success: 1')
    expect(onu('0/1/0:9')).toMatchObject({ serial })
  })

  it('drops the session before it has done anything', async () => {
    const { control, person, onu } = await plantWithFound()
    control({ kind: 'cli-fault', olt: 'HW', act: { kind: 'drop', when: 'before-effect' } })
    person.type(`${add}\r`)
    expect(await person.gone()).not.toContain('success')
    expect(onu('0/1/0:9')).toBeUndefined()
  })

  it('drops the session after it has done it, without an answer', async () => {
    const { control, person, onu } = await plantWithFound()
    control({
      kind: 'cli-fault',
      olt: 'HW',
      act: { kind: 'drop', when: 'after-effect' },
      matching: '^ont add',
    })
    await person.say('display ont autofind all', prompt)
    person.type(`${add}\r`)
    expect(await person.gone()).not.toContain('success')
    expect(onu('0/1/0:9')).toMatchObject({ serial })
  })

  it('drops the session after it has done it, questions and all', async () => {
    const { control, person, onu } = await plantWithFound()
    await person.say('quit', prompt)
    control({ kind: 'cli-fault', olt: 'HW', act: { kind: 'drop', when: 'after-effect' } })
    await person.say('undo service-port port 0/0/0 ont 0', /\(y\/n\)\[n\]:$/)
    person.type('y\r')
    expect(await person.gone()).not.toContain('have been deleted')
    expect(onu('0/0/0:0')?.settings.services).toEqual([])
  })

  it('drops the session half way through an answer', async () => {
    const { control, person } = await plantWithFound()
    control({ kind: 'cli-fault', olt: 'HW', act: { kind: 'drop', when: 'mid-answer' } })
    person.type('display ont info 0 0 0 all\r')
    const text = await person.gone()
    expect(text).toContain('F/S/P   ONT')
    expect(text).not.toContain('the total of ONTs')
  })

  it('speaks unasked, pages and stammers where it is told to', async () => {
    const { control, person } = await plantWithFound()
    control({ kind: 'cli-fault', olt: 'HW', act: { kind: 'noise', where: 'before' } })
    control({ kind: 'cli-fault', olt: 'HW', act: { kind: 'noise', where: 'middle' } })
    control({ kind: 'cli-fault', olt: 'HW', act: { kind: 'noise', where: 'after-prompt' } })
    control({ kind: 'cli-fault', olt: 'HW', act: { kind: 'garbage' } })
    control({ kind: 'cli-fault', olt: 'HW', act: { kind: 'pager', lines: 4 } })
    person.type('display ont info 0 0 0 all\r')
    await person.until(/ {2}---- More \( Press 'Q' to break \) ----$/)
    person.type(' ')
    const rest = await person.until(/gpon-0\/1\)#[\s\S]*RUNNING[\s\S]*gpon-0\/1\)#$/)
    expect(rest.startsWith(`\u001b[37D${' '.repeat(37)}\u001b[37D`)).toBe(true)
  })

  it('forgets at a reboot what was not saved, and only that', async () => {
    const { control, person, onu, found, plant, clock } = await plantWithFound()
    await person.say(add, prompt)
    await person.say('save', prompt)
    expect(plant.truth('HW').unsaved).toBe(false)
    await person.say('ont modify 0 9 desc "later"', prompt)
    await person.say('interface gpon 0/0', prompt)
    await person.say('ont deactivate 0 1', prompt)
    await person.say('quit', prompt)
    await person.say('undo service-port port 0/0/0 ont 2', /\]:$/)
    await person.say('y', prompt)
    await person.say('interface gpon 0/0', prompt)
    expect(await person.say('ont delete 0 2', prompt)).toContain('success: 1')
    expect(found()).toHaveLength(1)
    const before = plant.truth('HW').onus.length
    control({ kind: 'cli-fault', olt: 'HW', act: { kind: 'reboot' } })
    person.type('display version\r')
    await person.gone()
    expect(onu('0/1/0:9')?.settings.description).toBe('ONT_NO_DESCRIPTION')
    expect(onu('0/0/0:1')?.enabled).toBe(true)
    expect(onu('0/0/0:2')?.settings.services.length).toBeGreaterThan(0)
    expect(plant.truth('HW').onus).toHaveLength(before + 1)
    expect(found()).toEqual([])
    clock.ms += 300_000
    expect(onu('0/0/0:2')?.phase).toBe('working')
  })
})
