import { expect, it } from 'vitest'
import { simulatedOwner } from '../../src-main/engine/simulated-workspace.ts'
import { simulatedOwner as told } from '../../src-renderer/screens/access/simulated-owner.ts'

it('tells the name and the password that open the simulated plant', () => {
  expect(told).toEqual(simulatedOwner)
})
