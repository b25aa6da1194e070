import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { isReadOnlyLine, maskSecrets, steadyText } from '../../src-main/olt/cli/family-cli.ts'
import { parseFamilyCli } from '../../src-main/olt/cli/load-cli.ts'
import { ProfileRefused } from '../../src-main/olt/family/load-families.ts'
import { familyClis } from './family-clis.ts'

const whole = readFileSync(
  new URL('../../assets/olt-families/vsol-v1600g-gpon/cli.yaml', import.meta.url),
  'utf8',
)

const issuesOf = (yaml: string): readonly string[] => {
  try {
    parseFamilyCli('cli.yaml', yaml)
    return []
  } catch (error) {
    if (!(error instanceof ProfileRefused)) throw error
    return error.issues.map(({ path, message }) => `${path}: ${message}`)
  }
}

/** The profile with one thing changed. */
const changed = (from: string, to: string): readonly string[] => {
  expect(whole).toContain(from)
  return issuesOf(whole.replace(from, () => to))
}

describe('a cli.yaml', () => {
  it('is taken as it is', () => {
    expect(issuesOf(whole)).toEqual([])
  })

  it.each([
    ['an unknown key', 'needs: []', 'needs: []\nruns: rm', 'unknown key'],
    ['a pattern that may stand still', "'^show [A-Za-z0-9 /_.:-]{1,200}$'", "'^(a+)+x'", 'repeat'],
    [
      'lines longer than its patterns are judged for',
      "neverInLine: '[?%!#|;]'",
      "neverInLine: '[?]'\n  limits: { lineLength: 256 }",
      'lineLength',
    ],
    [
      'a mode that is not there',
      'mode: pon, send: show onu info',
      'mode: moon, send: x',
      'no mode',
    ],
    ['a parameter that is not there', 'show onu info', "'show onu {nobody}'", 'no parameter'],
    ['a parser that is not there', 'parser: onu-info', 'parser: nothing', 'no parser'],
    ['a command that is not there', 'found: auto-find', 'found: nothing', 'no command'],
    ['a line with a line end', 'enter: configure terminal', 'enter: "a\\nb"', 'printable'],
    [
      'a set-up line with an escape',
      'lines: [terminal length 0]',
      'lines: ["\\e[2J"]',
      'printable',
    ],
  ])('is refused for %s', (_what, from, to, reason) => {
    const issues = changed(from, to)
    expect(issues.join('\n')).toContain(reason)
  })

  it('is refused where a text with blanks would stand between words', () => {
    const line = "'onu {onuId} profile line name {lineProfile}'"
    const between = "'onu {onuId} profile {description} name {lineProfile}'"
    expect(changed(line, between).join('\n')).toContain('may hold blanks')
    const withoutBlanks = whole.replace('max: 64, blanks: true }', 'max: 64 }')
    expect(withoutBlanks).not.toBe(whole)
    expect(issuesOf(withoutBlanks.replace(line, between))).toEqual([])
  })

  it('is refused when it is too deep to be read', () => {
    expect(issuesOf('['.repeat(5_000)).join()).toContain('too deeply')
  })
})

describe.each([...familyClis].map(([name, cli]) => [name, cli] as const))('%s', (_name, cli) => {
  it('lets a read-only terminal send nothing that writes', () => {
    const steps = Object.values(cli.profile.steps).flatMap(({ lines }) => lines)
    const verbs = new Set(
      steps.map(({ send }) => (send[0]?.kind === 'text' ? (send[0].text.split(' ')[0] ?? '') : '')),
    )
    for (const verb of verbs) {
      expect(isReadOnlyLine(cli, verb)).toBe(false)
      expect(isReadOnlyLine(cli, `${verb} 1 2 3`)).toBe(false)
    }
    const reading = Object.values(cli.profile.commands).map(({ send }) =>
      send.map((part) => (part.kind === 'text' ? part.text : '1')).join(''),
    )
    for (const line of reading) {
      expect(isReadOnlyLine(cli, line)).toBe(true)
      for (const more of ['\nreboot', '\u0000', '?', '; reboot', ' | reboot', '\rwrite', 'é']) {
        expect(isReadOnlyLine(cli, `${line}${more}`)).toBe(false)
      }
      expect(isReadOnlyLine(cli, `${line} ${'x'.repeat(10_000)}`)).toBe(false)
    }
    expect(isReadOnlyLine(cli, '')).toBe(false)
  })

  it('masks what a configuration keeps secret, and nothing else', () => {
    const lines = [
      'username noc password encrypted 6b3a55e0261b0304143f805a24924d0c privilege 15',
      'snmp-server community hush-hush view AllView ro',
    ]
    const text = lines.join('\n')
    const masked = maskSecrets(cli, text)
    expect(masked).not.toContain('hush-hush')
    expect(masked).not.toContain('6b3a55e0261b0304143f805a24924d0c')
    expect(masked).toContain('username noc')
    expect(maskSecrets(cli, 'interface gpon 0/1\n vlan 110')).toBe('interface gpon 0/1\n vlan 110')
    expect(steadyText(cli, 'vlan 110\n')).toBe('vlan 110\n')
  })

  it('says of each step and command how sure it is', () => {
    const { unprovenSteps, steps } = cli.abilities
    for (const step of unprovenSteps) expect(steps).toContain(step)
    for (const { certainty } of Object.values(cli.profile.commands)) {
      expect(['proven', 'unproven']).toContain(certainty)
    }
  })
})

describe('a secret', () => {
  const secretPatterns = (...patterns: readonly string[]) => {
    const from = whole.slice(0, whole.indexOf('secretPatterns:'))
    const list = patterns.map((one) => `  - '${one}'\n`).join('')
    return parseFamilyCli('cli.yaml', `${from}secretPatterns:\n${list}`)
  }
  const cli = secretPatterns('\\bpassword "?(?<secret>[^ "]{1,200})')

  it('is masked wherever in a line it begins', () => {
    for (let before = 0; before < 1_200; before++) {
      const line = `${'x'.repeat(before)} password hush-hush end`
      expect(maskSecrets(cli, line)).toBe(`${'x'.repeat(before)} password •••• end`)
    }
  })

  it('is masked to the end of its word, however long, and wherever the line is cut for a look', () => {
    for (const length of [1, 54, 55, 199, 200, 201, 254, 255, 256, 3_000]) {
      for (const before of [0, 1, 54, 55, 56, 200, 254, 255, 300]) {
        const line = `${' '.repeat(before)}password "${'s'.repeat(length)}" level 3`
        expect(maskSecrets(cli, line)).toBe(`${' '.repeat(before)}password "••••" level 3`)
      }
    }
  })

  it('is masked each time, behind a word of its own kind too', () => {
    expect(maskSecrets(cli, 'password a level password b')).toBe(
      'password •••• level password ••••',
    )
    expect(maskSecrets(cli, 'password password hush')).toBe('password •••• ••••')
    expect(maskSecrets(cli, 'a password of nobody\npassword b')).toBe(
      'a password •••• nobody\npassword ••••',
    )
  })

  it('with blanks in it, longer than a look, takes the rest of the line with it', () => {
    const quoted = secretPatterns('key "(?<secret>[^"]{1,5000})"?')
    const words = 'hush '.repeat(100)
    expect(maskSecrets(quoted, `key "${words}" on`)).toBe('key "••••')
    expect(maskSecrets(quoted, `key "hush hush" on`)).toBe('key "••••" on')
  })

  it('of a pattern that names none is all that the pattern fits', () => {
    expect(maskSecrets(secretPatterns('hush-\\w+'), 'a hush-hush b')).toBe('a •••• b')
  })

  it('is not seen where a pattern means the begin of a line only', () => {
    const anchored = secretPatterns('^key (?<secret>\\S+)')
    const line = `${'x'.repeat(254)} key a key b`
    expect(maskSecrets(anchored, `key a ${line}`)).toBe(`key •••• ${line}`)
    expect(maskSecrets(anchored, line)).toBe(line)
  })

  it('is found in the longest line that a session takes, full of them', () => {
    const pairs = 5_000
    expect(maskSecrets(cli, 'password x '.repeat(pairs))).toBe('password •••• '.repeat(pairs))
    const one = 'password'.repeat(8_000)
    expect(maskSecrets(cli, `password ${one}`)).toBe('password ••••')
    expect(maskSecrets(secretPatterns('(?<secret>p)'), one)).toBe('••••')
  })
})

describe('what differs at each reading', () => {
  const unsteady = (pattern: string) =>
    parseFamilyCli('cli.yaml', `${whole}unsteadyPatterns:\n  - '${pattern}'\n`)

  it('is left out wherever it stands', () => {
    const far = 'x'.repeat(700)
    const cli = unsteady('clock (?<changing>[0-9:]+)')
    expect(steadyText(cli, `a\n${far} clock 11:32 b\nc`)).toBe(`a\n${far} clock  b\nc`)
    expect(steadyText(unsteady('^! saved at'), 'a\n! saved at 11:32\nb')).toBe('a\nb')
    expect(steadyText(unsteady('saved at'), `a\n${far} saved at 11:32\nb`)).toBe('a\nb')
  })
})

describe('the configuration of a SmartAX', () => {
  it('shows no password', () => {
    const cli = familyClis.get('huawei-smartax-gpon')
    if (cli === undefined) throw new Error('no such family')
    const text = [
      '  terminal user name noc password cipher %^%#x.AYnk4v5519456..ZnAb3czIK4luDds%^%# level 3',
      '  snmp-agent community read cipher %^%#hxYCsalC1.qisq0DAx7jC.Kc.wIKhPli%^%#',
      '  ont ipconfig 1 2 pppoe vlan 200 user-account username "rumah7" password "hush-hush"',
    ].join('\n')
    const masked = maskSecrets(cli, text)
    for (const secret of ['AYnk4v', 'hxYCsal', 'hush']) expect(masked).not.toContain(secret)
    expect(masked).toContain('rumah7')
  })
})
