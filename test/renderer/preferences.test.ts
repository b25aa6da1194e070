import { expect, it } from 'vitest'
import { preferences } from '../../src-shared/contract/preferences.ts'
import { defaultPreferences } from '../../src-renderer/state/preferences.ts'

it('the preferences before sign-in are the defaults of the contract', () => {
  expect(defaultPreferences).toEqual(preferences.parse({}))
})
