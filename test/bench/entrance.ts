import type { PageScript } from './page.ts'
import { benchOwner } from './workspace.ts'

export interface EntranceTimes {
  /** When it was painted, ms since 1970. */
  readonly signInShown: number
  /** When the dashboard's first OLT row with readings was painted. */
  readonly dataShown: number
  /** How old the page calls them: `live`, `aged`, `stale`. */
  readonly freshness: string | null
}

/**
 * In the page: signs in as soon as the form is there, as a person would by hand, and notes when
 * the dashboard first shows data. Looks once per frame; "painted" is when the frame's work in the
 * page has ended.
 */
const walkIn = ({ name, password }: { name: string; password: string }): void => {
  const times: Partial<{ -readonly [Key in keyof EntranceTimes]: EntranceTimes[Key] }> = {}
  if (Object.hasOwn(window, 'benchEntrance') || window.location.protocol === 'data:') return
  Object.assign(window, { benchEntrance: times })
  const fill = (input: HTMLInputElement, value: string): void => {
    // React listens to the event and compares with what it last wrote itself.
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(input, value)
    input.dispatchEvent(new Event('input', { bubbles: true }))
  }
  const painted = (key: 'signInShown' | 'dataShown'): void => {
    const channel = new MessageChannel()
    channel.port1.addEventListener('message', () => {
      times[key] = performance.timeOrigin + performance.now()
    })
    channel.port1.start()
    channel.port2.postMessage(0)
  }
  let submitted = false
  const look = (): void => {
    const user = document.querySelector<HTMLInputElement>('form input[autocomplete="username"]')
    const secret = document.querySelector<HTMLInputElement>(
      'form input[autocomplete="current-password"]',
    )
    if (!submitted && user !== null && secret !== null) {
      submitted = true
      painted('signInShown')
      fill(user, name)
      fill(secret, password)
      requestAnimationFrame(() => user.form?.requestSubmit())
    }
    if (document.querySelector('.nd-olt .no-bar') === null) {
      requestAnimationFrame(look)
      return
    }
    times.freshness =
      document.querySelector('.nd-olt .nc-age[data-freshness]')?.getAttribute('data-freshness') ??
      null
    painted('dataShown')
  }
  requestAnimationFrame(look)
}

export const entrance: PageScript = { run: walkIn, argument: benchOwner }

/** What `walkIn` has noted, once there is data; runs in the page. */
export const entranceWhenShown = (): EntranceTimes | null => {
  const { benchEntrance } = window as unknown as { benchEntrance?: Partial<EntranceTimes> }
  return benchEntrance?.dataShown === undefined ? null : (benchEntrance as EntranceTimes)
}
