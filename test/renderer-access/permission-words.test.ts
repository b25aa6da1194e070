import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { neededFor } from '../../src-renderer/app/page-needs.ts'
import { pages } from '../../src-renderer/app/pages.ts'
import { builtInRoles } from '../../src-shared/domain/roles.ts'
import { everyPermission } from '../support/fake-engine/fake-access-book.ts'

type Texts = { readonly [key: string]: string | Texts }

const folder = resolve(import.meta.dirname, '../../assets/locales')

const read = (language: string, name: string): Texts =>
  JSON.parse(readFileSync(resolve(folder, language, `${name}.json`), 'utf8')) as Texts

const at = (texts: Texts, key: string): unknown =>
  key.split('.').reduce<unknown>((found, part) => (found as Texts | undefined)?.[part], texts)

describe.each(['en', 'id'])('permissions in words, %s', (language) => {
  const words = read(language, 'access-permissions')
  const people = read(language, 'access-people')

  it('has plain words for every permission of the contract and for its capability', () => {
    const keys = everyPermission.flatMap((name) => [
      `permission.${name}`,
      `capability.${name.split('.')[0]}`,
    ])
    expect(keys.filter((key) => typeof at(words, key) !== 'string')).toEqual([])
  })

  it('has no two permissions of the same words', () => {
    const texts = everyPermission.map((name) => at(words, `permission.${name}`))
    expect(new Set(texts).size).toBe(everyPermission.length)
  })

  it('calls every built-in role by a name and says what it is for', () => {
    for (const role of builtInRoles) {
      expect(typeof at(people, `role.${role}`), role).toBe('string')
      expect(typeof at(people, `roleFor.${role}`), role).toBe('string')
    }
  })
})

it('asks for no permission that the contract does not know', () => {
  const asked = pages.map(({ route }) => neededFor(route)).filter((name) => name !== undefined)
  expect(asked.length).toBeGreaterThan(15)
  expect(asked.filter((name) => !everyPermission.includes(name))).toEqual([])
})
