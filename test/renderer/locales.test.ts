import { readdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readingGroups, reachability } from '../../src-shared/contract/network-model.ts'
import { causeClasses, downCauses, onuStates } from '../../src-shared/domain/onu-state.ts'
import { signalClasses } from '../../src-shared/domain/optics.ts'
import { errorCodes } from '../../src-shared/errors.ts'
import { shortcutNames } from '../../src-renderer/app/shortcuts.ts'

const folder = resolve(import.meta.dirname, '../../assets/locales')

type Texts = { readonly [key: string]: string | Texts }

const namespaces = readdirSync(resolve(folder, 'en')).toSorted()

const read = (language: string, namespace: string): Texts =>
  JSON.parse(readFileSync(resolve(folder, language, namespace), 'utf8')) as Texts

const flatten = (texts: Texts, prefix = ''): Map<string, string> => {
  const flat = new Map<string, string>()
  for (const [key, value] of Object.entries(texts)) {
    if (typeof value === 'string') flat.set(`${prefix}${key}`, value)
    else for (const [inner, text] of flatten(value, `${prefix}${key}.`)) flat.set(inner, text)
  }
  return flat
}

/** Languages have different plural forms: the key without its form is what must be there. */
const withoutPlural = (key: string): string => key.replace(/_(zero|one|two|few|many|other)$/, '')

const placeholders = (text: string): readonly string[] =>
  [...text.matchAll(/\{\{\s*([^}\s,]+)/g)].map((match) => match[1]!).toSorted()

const pluralForms = { en: ['one', 'other'], id: ['other'] } as const

describe('locales', () => {
  it('has the same files in every language', () => {
    expect(readdirSync(resolve(folder, 'id')).toSorted()).toEqual(namespaces)
  })

  for (const namespace of namespaces) {
    const english = flatten(read('en', namespace))
    const indonesian = flatten(read('id', namespace))

    it(`${namespace}: both languages have the same keys`, () => {
      const keys = (texts: Map<string, string>) => [
        ...new Set([...texts.keys()].map(withoutPlural)),
      ]
      expect(keys(indonesian).toSorted()).toEqual(keys(english).toSorted())
    })

    it(`${namespace}: no text is empty`, () => {
      for (const texts of [english, indonesian]) {
        expect([...texts].filter(([, text]) => text.trim() === '')).toEqual([])
      }
    })

    it(`${namespace}: a text has the same placeholders in both languages`, () => {
      const of = (texts: Map<string, string>) => {
        const found = new Map<string, string>()
        for (const [key, text] of texts) {
          // A form for exactly one may leave its number out; the form for all others counts.
          if (!key.endsWith('_one')) found.set(withoutPlural(key), placeholders(text).join(' '))
        }
        return Object.fromEntries([...found].toSorted())
      }
      expect(of(indonesian)).toEqual(of(english))
    })

    it(`${namespace}: a counted text has every plural form of its language`, () => {
      for (const [language, texts] of [
        ['en', english],
        ['id', indonesian],
      ] as const) {
        const counted = [...texts.keys()].filter((key) => withoutPlural(key) !== key)
        const wanted = [...new Set(counted.map(withoutPlural))].flatMap((key) =>
          pluralForms[language].map((form) => `${key}_${form}`),
        )
        expect(counted).toEqual(expect.arrayContaining(wanted))
      }
    })

    it(`${namespace}: no text holds markup`, () => {
      for (const texts of [english, indonesian]) {
        expect([...texts.values()].filter((text) => /<\/?[a-z]/i.test(text))).toEqual([])
      }
    })
  }

  for (const language of ['en', 'id']) {
    const error = read(language, 'error.json')
    const network = read(language, 'network.json')
    const common = read(language, 'common.json')

    it(`${language}: every error code says what happened, what it means and what to do`, () => {
      for (const code of errorCodes) {
        expect(Object.keys(error[code] ?? {}).toSorted(), code).toEqual(['do', 'means', 'what'])
      }
    })

    it(`${language}: no error text blames anybody`, () => {
      const blame = /\b(you (failed|forgot)|your (mistake|fault)|wrongly|illegal|salah Anda)\b/i
      for (const [key, text] of flatten(error)) expect(text, key).not.toMatch(blame)
    })

    it(`${language}: every state, cause, signal and shortcut has its word`, () => {
      const all = (group: Texts | string | undefined, names: readonly string[]) => {
        for (const name of names) expect(group, name).toHaveProperty([name])
      }
      all(network['state'], onuStates)
      all(network['stateHint'], onuStates)
      all(network['cause'], downCauses)
      all(network['causeClass'], causeClasses)
      all(network['signal'], signalClasses)
      all(network['signalHint'], signalClasses)
      all(network['reachability'], reachability.options)
      all(network['readingGroup'], [...readingGroups, 'chassis'])
      all(common['shortcut'], shortcutNames)
    })
  }
})
