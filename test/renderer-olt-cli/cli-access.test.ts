import { describe, expect, it } from 'vitest'
import { oltCliCommands, type OltCliAccess } from '../../src-shared/contract/olt-cli.ts'
import {
  formOf,
  inputOf,
  withTransport,
  wrongFields,
} from '../../src-renderer/screens/olt-cli/cli-access-form.ts'
import { byWarning } from '../../src-renderer/screens/olt-cli/cli-overview.ts'
import { warningsOf } from '../../src-renderer/screens/olt-cli/cli-warnings.ts'

const access: OltCliAccess = {
  oltId: '01930000-0000-7000-8000-000000000001',
  configured: true,
  version: 3,
  transport: 'ssh',
  host: null,
  port: 22,
  userName: 'noc',
  allowTelnet: false,
  allowLegacySsh: false,
  maxReaders: 2,
  hasPassword: true,
  hasEnablePassword: true,
  hasWriteCommunity: false,
  hostKey: null,
  offeredHostKey: null,
  failedLogins: 0,
  obstacle: null,
  lastProblem: null,
  lastLoginAt: null,
  sessions: { writer: 'none', readers: 0, waiting: 0, allowedReaders: 2, peakWriters: 0 },
  familyTransports: ['ssh', 'telnet'],
  familyKnowsLegacySsh: true,
}
const none: OltCliAccess = { ...access, configured: false, hasPassword: false, userName: '' }

describe('CLI access of an OLT', () => {
  it('is not saved without user and password', () => {
    expect(wrongFields(formOf(none), none)).toEqual(['userName', 'password'])
  })

  it('takes Telnet only with its own switch', () => {
    const form = withTransport(formOf(access), 'telnet')
    expect(wrongFields(form, access)).toEqual(['allowTelnet'])
    expect(wrongFields({ ...form, allowTelnet: true }, access)).toEqual([])
  })

  it('refuses an address or a secret that is more than one line', () => {
    const wrong = wrongFields(
      { ...formOf(access), host: '10.0.0.1\nreboot', password: 'a\nb', port: '70000' },
      access,
    )
    expect(wrong).toEqual(['host', 'port', 'password'])
  })

  it('never fills a secret in, and sends only those that were typed', () => {
    const form = formOf(access)
    expect([form.password, form.enablePassword, form.writeCommunity]).toEqual(['', '', ''])
    const input = inputOf(form, access)
    expect(Object.keys(input)).not.toEqual(expect.arrayContaining(['password']))
    expect(input).not.toHaveProperty('enablePassword')
    expect(oltCliCommands['olt-cli.setAccess'].input.safeParse(input).success).toBe(true)
  })

  it('says that a stored secret is there no more', () => {
    const input = inputOf({ ...formOf(access), noEnablePassword: true }, access)
    expect(input.enablePassword).toBeNull()
    expect(input).not.toHaveProperty('writeCommunity')
  })

  it('brings the usual port along with the transport, but leaves one that was chosen', () => {
    expect(withTransport(formOf(access), 'telnet').port).toBe(23)
    expect(withTransport({ ...formOf(access), port: 2222 }, 'telnet').port).toBe(2222)
  })
})

describe('warnings that stay', () => {
  it('stand as long as Telnet or old algorithms are allowed, used or not', () => {
    expect(warningsOf({ ...access, allowTelnet: true, allowLegacySsh: true })).toEqual([
      'telnet',
      'legacySsh',
    ])
    expect(warningsOf(access)).toEqual([])
    expect(warningsOf({ ...none, allowTelnet: true })).toEqual([])
  })

  it('stand first for a key that changed, and the frame leaves paused logins to the page', () => {
    const key = { algorithm: 'ssh-ed25519', fingerprint: 'SHA256:x', at: 1 }
    const changed = { ...access, oltName: 'A', offeredHostKey: key, allowTelnet: true }
    const paused = {
      ...access,
      oltName: 'B',
      obstacle: { code: 'cli-logins-paused' as const, params: {} },
    }
    expect(byWarning([paused, changed]).map(({ warning }) => warning)).toEqual([
      'keyChanged',
      'telnet',
    ])
    expect(warningsOf(paused)).toEqual(['loginsPaused'])
  })
})
