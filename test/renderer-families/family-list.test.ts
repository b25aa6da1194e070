import i18next from 'i18next'
import { beforeAll, describe, expect, it } from 'vitest'
import {
  exampleFolder,
  issueLine,
  issueLines,
  readingOnly,
  sortFamilies,
  type FamilySummary,
} from '../../src-renderer/screens/families/family-list.ts'
import { ruleWords, type RecognitionRule } from '../../src-renderer/screens/families/rule-words.ts'
import english from '../../assets/locales/en/families.json' with { type: 'json' }
import indonesian from '../../assets/locales/id/families.json' with { type: 'json' }

const family = (title: string, rest: Partial<FamilySummary> = {}): FamilySummary => ({
  id: title.toLowerCase().replaceAll(' ', '-'),
  title,
  vendor: 'V',
  technology: 'gpon',
  models: [],
  source: 'built-in',
  trust: 'built-in',
  contentHash: null,
  trustedAt: null,
  trustedBy: null,
  columns: { proven: 1, unproven: 0 },
  olts: 0,
  pollingReason: null,
  ...rest,
})

describe('the list of families', () => {
  it('begins with those in use; then they stand by name, numbers as numbers', () => {
    const sorted = sortFamilies([
      family('X 10'),
      family('X 9'),
      family('used late', { olts: 1 }),
      family('Used early', { olts: 40 }),
    ])
    expect(sorted.map(({ title }) => title)).toEqual(['Used early', 'used late', 'X 9', 'X 10'])
  })

  it('knows which are for reading only', () => {
    const trusts = ['built-in', 'trusted', 'untrusted', 'changed'] as const
    expect(trusts.map((trust) => readingOnly({ trust }))).toEqual([
      null,
      null,
      'untrusted',
      'changed',
    ])
  })

  it('spells mistakes the way editors find them', () => {
    const issue = { line: 12, column: 3, path: 'onus.fields.serail', message: 'unknown key' }
    const whole = { line: 1, column: 1, path: '', message: 'is larger than 1 MB' }
    expect(issueLine('/w/a/profile.yaml', issue)).toBe(
      '/w/a/profile.yaml:12:3 onus.fields.serail: unknown key',
    )
    expect(issueLines({ name: 'a', file: 'f', issues: [issue, whole] })).toBe(
      'f:12:3 onus.fields.serail: unknown key\nf:1:1 is larger than 1 MB',
    )
  })

  it('spells the first folder as the system spells paths', () => {
    expect(exampleFolder('/home/s/olt-families')).toBe('/home/s/olt-families/acme-olt-gpon')
    expect(exampleFolder('C:\\Users\\s\\olt-families')).toBe(
      'C:\\Users\\s\\olt-families\\acme-olt-gpon',
    )
  })
})

describe('a rule of recognition', () => {
  beforeAll(() =>
    i18next.init({
      lng: 'en',
      ns: ['families'],
      resources: { en: { families: english }, id: { families: indonesian } },
      interpolation: { escapeValue: false },
    }),
  )
  const rule = (rest: Partial<RecognitionRule>): RecognitionRule => ({
    model: 'X',
    certainty: 'proven',
    sysObjectId: null,
    sysObjectIdTail: null,
    except: [],
    sysDescr: null,
    probe: null,
    absent: [],
    ...rest,
  })

  it('is a sentence with all of its conditions, in both languages', () => {
    const whole = rule({
      sysObjectId: '1.3.6',
      sysObjectIdTail: '9.1',
      except: ['1.3.6.2'],
      sysDescr: '^V1600D',
      probe: { oid: '1.3.6.5', text: 'GPON' },
      absent: ['1.3.6.7', '1.3.6.8'],
    })
    expect(ruleWords(i18next.getFixedT('en', 'families'), whole)).toBe(
      'sysObjectID is 1.3.6 or below it and sysObjectID ends in 9.1 and it is not 1.3.6.2 and ' +
        'sysDescr matches ^V1600D and 1.3.6.5 says GPON and there is nothing below 1.3.6.7 and ' +
        'there is nothing below 1.3.6.8',
    )
    const words = ruleWords(i18next.getFixedT('id', 'families'), whole)
    for (const part of ['1.3.6', '9.1', '1.3.6.2', '^V1600D', 'GPON', '1.3.6.7', '1.3.6.8']) {
      expect(words).toContain(part)
    }
  })

  it('says of a probe without a text that something is there', () => {
    const probe = rule({ sysDescr: 'ISAM', probe: { oid: '1.3.6.5', text: null } })
    expect(ruleWords(i18next.getFixedT('en', 'families'), probe)).toBe(
      'sysDescr matches ISAM and there is something below 1.3.6.5',
    )
  })
})
