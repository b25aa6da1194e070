import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import {
  loadFamilies,
  parseFamily,
  ProfileRefused,
} from '../../src-main/olt/family/load-families.ts'

const folder = fileURLToPath(new URL('../../assets/olt-families', import.meta.url))
const huawei = readFileSync(`${folder}/huawei-smartax-gpon/profile.yaml`, 'utf8')

const refusal = (yaml: string): ProfileRefused => {
  try {
    parseFamily('profile.yaml', yaml)
  } catch (error) {
    if (error instanceof ProfileRefused) return error
    throw error
  }
  throw new Error('the profile was accepted')
}

const lineOf = (yaml: string, needle: string): number =>
  yaml.slice(0, yaml.indexOf(needle)).split('\n').length

/** The good profile with one thing changed: what is refused, and on which line. */
const expectRefused = (
  from: string,
  to: string,
  path: string,
  message: RegExp,
  near = to,
): void => {
  expect(huawei).toContain(from)
  const yaml = huawei.replace(from, to)
  const { issues } = refusal(yaml)
  const issue = issues.find((entry) => entry.path.startsWith(path))
  expect(issue, JSON.stringify(issues)).toBeDefined()
  expect(issue?.message).toMatch(message)
  expect(issue?.line).toBe(lineOf(yaml, near.trimStart().split('\n')[0] ?? ''))
  expect(issue?.column).toBeGreaterThan(0)
}

describe('a profile is refused, with the line', () => {
  it('for an unknown key at the top', () =>
    expectRefused(
      'technology: gpon',
      'technology: gpon\ncolour: red',
      'colour',
      /unknown key/u,
      'colour: red',
    ))

  it('for an unknown key deep inside', () =>
    expectRefused(
      'oid: 1.3.6.1.4.1.2011.6.128.1.1.2.46.1.20',
      'oid: 1.3.6.1.4.1.2011.6.128.1.1.2.46.1.20\n      scale: 3',
      'onus.fields.distanceM.scale',
      /unknown key/u,
      'scale: 3',
    ))

  it('for a field that no ONU has', () =>
    expectRefused('    distanceM:', '    distanceKm:', 'onus.fields.distanceKm', /unknown key/u))

  it('for something that is no OID', () =>
    expectRefused(
      'oid: 1.3.6.1.4.1.2011.6.128.1.1.2.46.1.20',
      'oid: 1.3.6.1.4.1..20',
      'onus.fields.distanceM.oid',
      /not an object identifier/u,
    ))

  it('for an index codec that does not exist', () =>
    expectRefused(
      'onus:\n  index: huawei-gpon',
      'onus:\n  index: huawei-xgs',
      'onus.index',
      /huawei-gpon/u,
      'index: huawei-xgs',
    ))

  it('for a value function that does not exist', () =>
    expectRefused(
      'decode: { function: onu-serial }',
      'decode: { function: eval }',
      'onus.fields.serial.decode.function',
      /onu-serial/u,
    ))

  it('for a state that nobody knows', () => {
    const yaml = huawei.replace("'1': online,", "'1': onlien,")
    const [issue] = refusal(yaml).issues
    expect(issue).toMatchObject({ path: 'onus.fields.state', line: lineOf(yaml, 'onlien') - 3 })
    expect(issue?.message).toMatch(/cannot be "onlien"/u)
  })

  it('for a text where a number belongs', () => {
    const { issues } = refusal(
      huawei.replace(
        'decode: { noValue: [-1, 2147483647], number: {} }\n    lastUpAt',
        'decode: { text: {} }\n    lastUpAt',
      ),
    )
    expect(issues[0]).toMatchObject({ path: 'onus.fields.distanceM' })
    expect(issues[0]?.message).toMatch(/needs number/u)
  })

  it('for two decoders, or none', () => {
    for (const rule of ['{ number: {}, text: {} }', '{ noValue: [1] }']) {
      const { issues } = refusal(
        huawei.replace('decode: { function: onu-serial }', `decode: ${rule}`),
      )
      expect(issues[0]?.path).toBe('onus.fields.serial.decode')
      expect(issues[0]?.message).toMatch(/exactly one of/u)
    }
  })

  it('for a division by zero', () => {
    const { issues } = refusal(huawei.replace('divide: 1000', 'divide: 0'))
    expect(issues[0]?.message).toMatch(/cannot be 0/u)
  })

  it('for a regular expression that is none', () => {
    const { issues } = refusal(huawei.replace('^GPON (\\d+)', '^GPON (\\d+'))
    expect(issues[0]).toMatchObject({ path: 'ponPorts.ifName' })
  })

  it('for a missing part, naming it', () => {
    const { issues } = refusal(huawei.replace(/^ponPorts:[\s\S]*?(?=^onus:)/mu, ''))
    expect(issues.map((issue) => issue.path)).toContain('ponPorts')
  })

  it('for a key that is given twice, and for text that is no YAML', () => {
    expect(refusal(`${huawei}\nvendor: Other\n`).issues[0]?.line).toBe(
      huawei.split('\n').length + 1,
    )
    expect(refusal('family: [').issues.length).toBeGreaterThan(0)
  })

  it('for a rule of recognition without a condition', () => {
    const { issues } = refusal(
      huawei.replace('sysObjectId: 1.3.6.1.4.1.2011.2.115, model', 'model'),
    )
    expect(issues[0]?.path).toBe('recognise.0')
  })
})

describe('the families that come with the console', () => {
  it('are all accepted', () => {
    expect(loadFamilies(folder).map(({ family }) => family)).toEqual(
      expect.arrayContaining(['huawei-smartax-gpon', 'zte-c300-gpon']),
    )
  })

  it.each(loadFamilies(folder).map((family) => [family.family, family] as const))(
    '%s maps every field once per column, and says at least the state',
    (_name, family) => {
      expect(family.onus.fields.state?.length).toBeGreaterThan(0)
      for (const columns of Object.values(family.onus.fields)) {
        const oids = columns?.map(({ oid }) => oid) ?? []
        expect(new Set(oids).size).toBe(oids.length)
      }
    },
  )
})
