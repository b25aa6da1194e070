import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  startBuiltConsole,
  whyNoBrowser,
  type BuiltConsole,
} from '../support/fake-engine/built-page.ts'

/** Pages are lent to one test after another: none may find anything of the one before. */

const reason = whyNoBrowser()
const query = 'fake=3&still=1&start=locked'

// The reason of a skip stands in the name, so that it is printed with it.
describe.skipIf(reason !== '')(`a page that was lent before${reason}`, () => {
  let built: BuiltConsole

  beforeAll(async () => {
    built = await startBuiltConsole()
  }, 120_000)
  afterAll(() => built?.close())

  const open = async () => {
    const opened = await built.open(query)
    await opened.page.getByRole('heading', { name: 'Locked' }).waitFor()
    return opened
  }

  it('remembers nothing of what was done in it', async () => {
    const state = () => ({
      kept: [
        ...Object.values({ ...window.localStorage, ...window.sessionStorage }),
        window.name,
        document.cookie,
        document.body.dataset['mark'],
        Reflect.get(window, 'mark'),
      ].join(''),
      history: window.history.length,
      hovered: document.querySelectorAll(':hover').length,
      width: window.innerWidth,
    })
    const first = await open()
    const fresh = await first.page.evaluate(state)
    await first.page.setViewportSize({ width: 800, height: 600 })
    await first.page.getByRole('heading', { name: 'Locked' }).hover()
    await first.page.evaluate(() => {
      window.localStorage.setItem('mark', 'local')
      window.sessionStorage.setItem('mark', 'session')
      window.name = 'name'
      document.cookie = 'mark=cookie'
      document.body.dataset['mark'] = 'document'
      Reflect.set(window, 'mark', 'window')
      window.location.hash = '/elsewhere'
      setTimeout(() => {
        throw new Error('too late')
      }, 100)
    })
    await first.page.close()
    const second = await open()
    expect(second.page).toBe(first.page)
    expect(await second.page.evaluate(state)).toEqual(fresh)
    expect(second.complaints).toEqual([])
    await second.page.close()
  })

  it('is not lent to two at once, nor again once its clock or its keys were changed', async () => {
    const [one, other] = await Promise.all([open(), open()])
    expect(one.page).not.toBe(other.page)
    expect(one.page.context()).not.toBe(other.page.context())
    await one.page.keyboard.down('Shift')
    await other.page.clock.install()
    await built.closePages()
    const third = await open()
    expect([one.page, other.page]).not.toContain(third.page)
    await third.page.close()
  })

  it('complains of what the site does not have and of what lies outside', async () => {
    const { page, complaints } = await open()
    await page.evaluate(() => fetch('/nothing-here').catch(() => undefined))
    await page.evaluate(() => fetch('http://127.0.0.2:9/').catch(() => undefined))
    expect(complaints.join('\n')).toMatch(/request to .*\/nothing-here/)
    expect(complaints.join('\n')).toMatch(/http:\/\/127\.0\.0\.2:9\//)
    await page.close()
  })
})
