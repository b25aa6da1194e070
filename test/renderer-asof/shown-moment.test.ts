import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

const at = Date.UTC(2026, 10, 21, 7, 5)

/** What a page has of the browser, as far as these parts ask for it. */
const openPage = (hash: string) => {
  const asked: { readonly channel: string; readonly input: unknown }[] = []
  const answers: { resolve: (envelope: unknown) => void; channel: string }[] = []
  const location = { hash }
  const go = (_: unknown, __: string, to: string): void => {
    location.hash = to
  }
  vi.stubGlobal('window', {
    location,
    history: { pushState: go, replaceState: go },
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
    nocturne: {
      on: () => () => undefined,
      invoke: (channel: string, input: unknown) => {
        asked.push({ channel, input })
        return new Promise((resolve) => answers.push({ resolve, channel }))
      },
    },
  })
  const answer = async (channel: string, envelope: unknown): Promise<void> => {
    const index = answers.findIndex((each) => each.channel === channel)
    answers.splice(index, 1)[0]?.resolve(envelope)
    await new Promise((resolve) => setImmediate(resolve))
  }
  return { asked, location, answer }
}

const load = async () => ({
  ...(await import('../../src-renderer/client/client.ts')),
  ...(await import('../../src-renderer/client/moment.ts')),
  ...(await import('../../src-renderer/state/as-of.ts')),
  ...(await import('../../src-renderer/app/location.ts')),
})

beforeEach(() => {
  vi.resetModules()
})
afterEach(() => {
  vi.unstubAllGlobals()
})

describe('while a past moment is shown', () => {
  it('nothing is done to the network', async () => {
    const { asked } = openPage('#/')
    const { showMoment, runCommand, callQuery } = await load()
    showMoment(at)
    const oltId = '01900000-0000-7000-8000-000000000100'
    await expect(runCommand('network.pollNow', { oltId, group: 'status' })).rejects.toMatchObject({
      failure: { code: 'past-is-shown' },
    })
    await expect(
      callQuery('network.openLiveView', {
        oltId,
        address: { shelf: 0, slot: 1, port: 2, onuId: 3 },
      }),
    ).rejects.toMatchObject({ failure: { code: 'past-is-shown' } })
    expect(asked).toEqual([])
  })

  it('every question about the network is asked of it, unless it names a moment itself', async () => {
    const { asked } = openPage('#/')
    const { showMoment, callQuery } = await load()
    void callQuery('network.olts', {})
    showMoment(at)
    void callQuery('network.olts', {})
    void callQuery('network.olts', { asOf: null })
    void callQuery('network.olts', { asOf: at - 1 })
    void callQuery('network.families', {})
    expect(asked.map(({ input }) => input)).toEqual([
      {},
      { asOf: at },
      { asOf: null },
      { asOf: at - 1 },
      {},
    ])
  })
})

describe('the address', () => {
  it('keeps its moment from page to page, and tells screens nothing of it', async () => {
    const { location } = openPage('#/onus?at=2026-11-21T07:05Z&states=online')
    const { navigate, currentSearch, currentMoment, goToMoment } = await load()
    expect(currentSearch()).toBe('states=online')
    navigate('/olts')
    expect(location.hash).toBe('#/olts?at=2026-11-21T07:05Z')
    navigate('/onus?at=2026-11-20T00:00Z')
    expect(currentMoment()).toBe(Date.UTC(2026, 10, 20))
    goToMoment(null)
    expect(location.hash).toBe('#/onus')
  })

  it('says what is shown, once the engine has it ready', async () => {
    const page = openPage('#/?at=2026-11-21T07:05Z')
    const { startAsOf, useAsOf, shownMoment, backToNow, navigate } = await load()
    const stop = startAsOf()
    expect(useAsOf.getState().asOf).toMatchObject({ kind: 'preparing', at })
    expect(shownMoment()).toBeNull()
    await page.answer('network.prepareAsOf', {
      ok: true,
      value: { asOf: at, onus: 3, unknown: 1 },
    })
    expect(useAsOf.getState().asOf).toEqual({ kind: 'ready', at, onus: 3, unknown: 1 })
    expect(shownMoment()).toBe(at)
    // A page of the present shows the present, and the moment waits.
    navigate('/settings')
    expect(useAsOf.getState().asOf).toEqual({ kind: 'waiting', at })
    expect(shownMoment()).toBeNull()
    backToNow()
    expect(useAsOf.getState().asOf).toEqual({ kind: 'now' })
    stop()
  })

  it('gives up what is no longer wanted, and drops its answer', async () => {
    const page = openPage('#/')
    const { startAsOf, useAsOf, shownMoment, lookAt } = await load()
    const stop = startAsOf()
    lookAt(at)
    lookAt(at - 3_600_000)
    expect(page.asked.map(({ channel }) => channel)).toContain('workspace.cancel')
    await page.answer('network.prepareAsOf', { ok: true, value: { asOf: at, onus: 3, unknown: 0 } })
    expect(shownMoment()).toBeNull()
    await page.answer('network.prepareAsOf', {
      ok: false,
      error: { code: 'before-history', params: { oldestAt: at }, traceId: 't' },
    })
    expect(useAsOf.getState().asOf).toMatchObject({
      kind: 'failed',
      failure: { code: 'before-history', params: { oldestAt: at } },
    })
    stop()
    expect(useAsOf.getState().asOf).toEqual({ kind: 'now' })
  })
})

describe('a file', () => {
  it('of a past moment says so in its name and its first line', async () => {
    openPage('#/')
    const { nameAtMoment, asOfLine } = await import('../../src-renderer/components/export-csv.ts')
    expect(nameAtMoment('onus-2026-11-23.csv', at)).toBe(
      'onus-2026-11-23 as of 2026-11-21 0705Z.csv',
    )
    expect(asOfLine(at)).toBe('As of 2026-11-21T07:05:00.000Z')
  })
})
