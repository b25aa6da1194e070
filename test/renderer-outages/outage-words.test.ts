import { describe, expect, it } from 'vitest'
import { evidenceKinds, verdicts } from '../../src-shared/domain/outage-verdicts.ts'
import {
  causeText,
  eventText,
  evidenceText,
  gaspText,
  headline,
} from '../../src-renderer/screens/outages/outage-words.ts'
import { sampleOutage } from './sample-outage.ts'
import { wordsOf } from './words.ts'

const languages = ['en', 'id'] as const
const unfilled = /\{\{|\bundefined\b|\bnull\b/

describe('the headline of an outage', () => {
  it('says what, where, how many of how many, and the gasps', async () => {
    const { t, format } = await wordsOf('en', 'outages')
    expect(headline(t, format, sampleOutage(), [{ total: 64 }])).toBe(
      'Distribution fibre below ODB Melati-03: 14 of 64 ONUs, no gasps',
    )
  })

  it('names streets where power is out, and how many gasped', async () => {
    const { t, format } = await wordsOf('en', 'outages')
    const outage = sampleOutage({
      verdict: 'area-power',
      areas: ['Jl. Kenanga', 'Mill Lane'],
      withGasp: 12,
      withoutGasp: 2,
    })
    expect(headline(t, format, outage, [])).toBe(
      'Power out: Jl. Kenanga, Mill Lane: 14 ONUs, 12 gasped',
    )
  })

  it('follows the correction of a person', async () => {
    const { t } = await wordsOf('en', 'outages')
    const corrected = {
      verdict: 'feeder' as const,
      by: { accountId: null, name: 'Sari' },
      at: 1,
      note: '',
    }
    expect(causeText(t, sampleOutage({ corrected }))).toBe('Feeder fibre of 1/2/4 (Harbour 1)')
  })

  it('has words for every verdict, in both languages, wherever it is', async () => {
    for (const language of languages) {
      const { t, format } = await wordsOf(language, 'outages')
      for (const verdict of verdicts) {
        for (const place of [
          {},
          { node: null },
          { node: null, pons: [] },
          { olts: [], pons: [] },
        ]) {
          const text = headline(t, format, sampleOutage({ verdict, ...place }), [])
          expect(text, `${language} ${verdict}`).not.toMatch(unfilled)
          expect(text, `${language} ${verdict}`).not.toMatch(/head\.|place\./)
        }
      }
    }
  })

  it('counts gasps as none, some or all', async () => {
    const { t, format } = await wordsOf('en', 'outages')
    const gasped = (withGasp: number) =>
      gaspText(t, format, sampleOutage({ withGasp, withoutGasp: 14 - withGasp }))
    expect([gasped(0), gasped(3), gasped(14)]).toEqual(['no gasps', '3 gasped', 'all gasped'])
  })
})

describe('evidence', () => {
  it('is a sentence for every kind in both languages, with figures and without', async () => {
    const params = {
      total: 64,
      affected: 14,
      withGasp: 12,
      pon: '1/2/4',
      ports: 2,
      pons: 3,
      cards: 1,
      olt: 'Harbour 1',
      onus: 5,
      node: 'ODB Melati-03',
      up: 50,
      street: 'Jl. Melati',
      area: 'Jl. Kenanga',
      seconds: 9,
      dropDb: 2.4,
      distanceM: 1800,
    }
    for (const language of languages) {
      const { t, format } = await wordsOf(language, 'outages')
      for (const kind of evidenceKinds) {
        for (const given of [params, {}]) {
          const text = evidenceText(t, format, { kind, speaks: 'for', weight: 1, params: given })
          expect(text, `${language} ${kind}`).toMatch(/^\S.+\.$/)
          expect(text, `${language} ${kind}`).not.toMatch(unfilled)
          expect(text, `${language} ${kind}`).not.toMatch(/^evidence\./)
        }
      }
    }
  })

  it('does not count nothing', async () => {
    const { t, format } = await wordsOf('en', 'outages')
    const say = (pons: number) =>
      evidenceText(t, format, {
        kind: 'several-pons-one-cable',
        speaks: 'for',
        weight: 1,
        params: { pons },
      })
    expect(say(4)).toBe('4 PON ports on one cable went down together.')
    expect(say(0)).toBe('Several PON ports on one cable went down together.')
  })
})

describe('the time line', () => {
  const kinds = [
    'began',
    'opened',
    'grew',
    'verdict',
    'corrected',
    'acknowledged',
    'assigned',
    'noted',
    'ticket',
    'returning',
    'ended',
    'reopened',
  ] as const

  it('has a line for every event, whatever was noted with it', async () => {
    for (const language of languages) {
      const { t, format } = await wordsOf(language, 'outages')
      for (const kind of kinds) {
        const text = eventText(t, format, { at: 1, kind, by: null, text: null, params: {} })
        expect(text, `${language} ${kind}`).not.toMatch(unfilled)
        expect(text, `${language} ${kind}`).not.toMatch(/^event\./)
      }
    }
  })

  it('tells an act from its taking back', async () => {
    const { t, format } = await wordsOf('en', 'outages')
    const say = (
      kind: 'acknowledged' | 'corrected',
      params: Record<string, string | boolean | null>,
    ) => eventText(t, format, { at: 1, kind, by: 'Sari', text: null, params })
    expect(say('acknowledged', { acknowledged: false })).toBe('Acknowledgement taken back')
    expect(say('corrected', { verdict: null })).toBe('Correction taken back')
    expect(say('corrected', { verdict: 'card' })).toBe('Verdict corrected to: Line card')
  })
})
