import { EventEmitter } from 'node:events'
import type { App } from 'electron'
import { expect, it } from 'vitest'
import { claimSingleInstance } from '../../src-main/shell/single-instance.ts'

const fakeApp = (isFirst: boolean) =>
  Object.assign(new EventEmitter(), { requestSingleInstanceLock: () => isFirst })

it('a second console ends and the first one is told', () => {
  const calls: string[] = []
  const second = fakeApp(false)
  expect(claimSingleInstance(second as unknown as App, () => calls.push('second'))).toBe(false)
  expect(second.eventNames()).toEqual([])
  const first = fakeApp(true)
  expect(claimSingleInstance(first as unknown as App, () => calls.push('first'))).toBe(true)
  first.emit('second-instance')
  expect(calls).toEqual(['first'])
})
