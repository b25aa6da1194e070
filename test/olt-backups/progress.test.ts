import { expect, it } from 'vitest'
import { createBackupsBench, oltId, taskId } from './backups-bench.ts'

it('a reading tells how far it is, beside how much it was the last time', async () => {
  const bench = createBackupsBench()
  const told: unknown[] = []
  const make = () =>
    bench.run(
      'olt-backups.make',
      { oltId, taskId },
      { progress: (...said) => void told.push(said) },
    )
  const { length } = bench.device.text
  await make()
  bench.device.text = 'sysname KARANG-01\nend\n'
  await make()
  bench.device.text = `${bench.device.text}vlan 9\n`
  await make()
  expect(told).toEqual([
    [taskId, 'read', length, null],
    [taskId, 'read', 22, length],
    // More than ever before: the end of it is not known.
    [taskId, 'read', 29, 29],
  ])
})
