import { describe, expect, it } from 'vitest'
import type { ExportTarget } from '../../src-main/olt/cli/config-port.ts'
import type { CliFaultAct } from '../../src-main/simulator/cli/cli-faults.ts'
import { startTftpReceiver } from '../simulator-cli/support/tftp-receiver.ts'
import { rejectionOf } from '../support/error-code.ts'
import { simulatedOlt } from './simulated-olt.ts'

const signal = new AbortController().signal
const target: ExportTarget = {
  by: 'tftp',
  host: '127.0.0.1',
  file: 'karang-01.cfg',
  userName: null,
  password: null,
}

const huawei = async (options: { readonly refuses?: boolean } = {}) => {
  const receiver = await startTftpReceiver(options)
  const olt = {
    name: 'HW',
    family: 'huawei-smartax',
    model: 'MA5608T',
    pons: [{ at: '0/1/0', onus: 12 }],
    cli: { tftpPort: receiver.port },
  }
  return { receiver, ...(await simulatedOlt('huawei-smartax-gpon', olt)) }
}

/** Without line ends, and without what the OLT dates anew. */
const steady = (text: string): string => text.replaceAll(/\s+/gu, ' ').replaceAll(/\d+:\d+/gu, '')

describe('an OLT that sends its configuration by itself', { timeout: 60_000 }, () => {
  it('sends it whole, by the line that was shown, and says so at the end', async () => {
    const { port, receiver } = await huawei()
    expect(port.renderExport(target)).toEqual([
      { mode: 'enable', line: 'backup configuration tftp 127.0.0.1 karang-01.cfg' },
    ])
    await port.exportConfiguration(target, signal)
    const [[name, text] = []] = receiver.files()
    expect(name).toBe('karang-01.cfg')
    expect(text).toContain('sysname HW')
    expect(text?.match(/ont add/gu)).toHaveLength(12)
    expect(steady(text ?? '')).toContain(steady(await port.readConfiguration(signal)).trim())
    // The session is as good as before: the next one goes the same way.
    await port.exportConfiguration({ ...target, file: 'again.cfg' }, signal)
    expect([...receiver.files().keys()]).toEqual(['karang-01.cfg', 'again.cfg'])
  })

  it('tells what the OLT says when nobody takes the file', async () => {
    const { port, receiver } = await huawei({ refuses: true })
    expect(await rejectionOf(port.exportConfiguration(target, signal))).toMatchObject({
      code: 'cli-refused',
      params: { line: 'Failure: The transmission failed: refused by the server' },
    })
    expect(receiver.files().size).toBe(0)
    expect((await port.readConfiguration(signal)).length).toBeGreaterThan(200)
  })

  it('tells that it is busy, does not know the words, or was lost on the way', async () => {
    const { port, plant, receiver } = await huawei()
    const fault = (act: CliFaultAct): void =>
      plant.control({ kind: 'cli-fault', olt: 'HW', act, matching: '^backup', times: 1 })
    fault({ kind: 'busy' })
    expect(await rejectionOf(port.exportConfiguration(target, signal))).toMatchObject({
      code: 'cli-busy',
    })
    // An address that this OLT does not take as one.
    expect(
      await rejectionOf(port.exportConfiguration({ ...target, host: 'fe80::1' }, signal)),
    ).toMatchObject({ code: 'cli-refused', params: { line: expect.stringContaining('%') } })
    fault({ kind: 'drop', when: 'before-effect' })
    expect(await rejectionOf(port.exportConfiguration(target, signal))).toMatchObject({
      code: 'cli-session-lost',
    })
    expect(receiver.files().size).toBe(0)
    await port.exportConfiguration(target, signal)
    expect(receiver.files().size).toBe(1)
  })

  it('is sent nothing that would be more than an address and a name', async () => {
    const { port, receiver } = await huawei()
    const hostile: Partial<ExportTarget>[] = [
      { host: '127.0.0.1 x' },
      { host: '127.0.0.1\nreboot' },
      { file: 'a b' },
      { file: 'a"\nreboot system' },
      { file: '../../etc/passwd' },
      { file: '' },
    ]
    for (const one of hostile) {
      expect(
        await rejectionOf(port.exportConfiguration({ ...target, ...one }, signal)),
      ).toMatchObject({ code: 'cli-parameter-refused' })
      expect(() => port.renderExport({ ...target, ...one })).toThrow('cli-parameter-refused')
    }
    for (const by of ['ftp', 'sftp'] as const) {
      expect(await rejectionOf(port.exportConfiguration({ ...target, by }, signal))).toMatchObject({
        code: 'cli-family-cannot',
      })
    }
    expect(receiver.files().size).toBe(0)
  })
})
