import { describe, expect, it } from 'vitest'
import { deviceStepKinds } from '../../src-shared/domain/device-steps.ts'
import {
  actGroups,
  batchActs,
  groupOf,
  onuActs,
  plainChange,
  reasonAgainst,
  type ActFacts,
} from '../../src-renderer/screens/provisioning-onu/act-rules.ts'
import { settingsOf } from '../../src-renderer/screens/provisioning-onu/settings-of.ts'

const facts: ActFacts = {
  steps: deviceStepKinds,
  obstacle: null,
  online: true,
  adminEnabled: null,
  hasRecord: true,
}

describe('an act on an ONU', () => {
  it('cannot be done while it is not known what the OLT can', () => {
    for (const act of onuActs) {
      expect(reasonAgainst(act, { ...facts, steps: undefined }), act).toBe('waits')
    }
  })

  it('cannot be done where the family has no words for it', () => {
    for (const act of onuActs) {
      expect(reasonAgainst(act, { ...facts, steps: null })).toMatchObject({
        code: 'cli-family-cannot',
      })
    }
    expect(reasonAgainst('wifi', { ...facts, steps: ['describe'] })).toMatchObject({
      code: 'cli-family-cannot',
    })
  })

  it('says what stands against the whole OLT', () => {
    const obstacle = { code: 'cli-no-access' as const, params: {} }
    for (const act of onuActs) expect(reasonAgainst(act, { ...facts, obstacle })).toBe(obstacle)
  })

  it('does not restart an ONU that is away, nor switch what is so already', () => {
    expect(reasonAgainst('reboot', { ...facts, online: false })).toMatchObject({
      code: 'onu-offline',
    })
    expect(reasonAgainst('suspend', { ...facts, adminEnabled: false })).toBe('isOff')
    expect(reasonAgainst('resume', { ...facts, adminEnabled: true })).toBe('isOn')
    expect(reasonAgainst('suspend', { ...facts, adminEnabled: true })).toBeNull()
    expect(reasonAgainst('resync', { ...facts, hasRecord: false })).toMatchObject({
      code: 'plan-no-record',
    })
  })

  it('can be done otherwise', () => {
    for (const act of onuActs) expect(reasonAgainst(act, facts), act).toBeNull()
  })

  it('stands in the menu exactly once', () => {
    expect(actGroups.flat().toSorted()).toEqual([...onuActs].toSorted())
  })

  it('needs something said, or is a plan at once', () => {
    for (const act of onuActs) {
      const asks = groupOf(act) !== null || ['speed', 'move', 'replace'].includes(act)
      expect(plainChange(act) === null, act).toBe(asks)
    }
  })

  it('is not done to many where each one needs words of its own', () => {
    for (const act of ['move', 'replace', 'wan', 'wifi'] as const) {
      expect(batchActs.has(act)).toBe(false)
    }
  })
})

describe('what a form begins with', () => {
  it('is what the ONU is set to; what is not known is left out', () => {
    const config = {
      serial: 'X',
      onuType: null,
      lineProfile: 'HOME',
      serviceProfile: null,
      name: 'Budi',
      description: null,
      adminEnabled: null,
      services: null,
      ethPorts: null,
      wan: null,
      wifi: null,
    }
    expect(settingsOf(config, 'profiles')).toEqual({ lineProfile: 'HOME' })
    expect(settingsOf(config, 'texts')).toEqual({ name: 'Budi' })
    expect(settingsOf(config, 'services')).toEqual({})
    expect(settingsOf(null, 'wan')).toEqual({})
  })
})
