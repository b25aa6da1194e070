import { execFile } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { cliPlant, huaweiOlt } from './support/cli-plant.ts'

/** What Debian's client says and how it ends; the password comes by a program, as it wants it. */
const ssh = (
  port: number,
  password: string,
  typed: string,
): Promise<{ readonly code: number; readonly out: string; readonly errors: string }> => {
  const folder = mkdtempSync(join(tmpdir(), 'simulated-ssh-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const asker = join(folder, 'ask')
  writeFileSync(asker, `#!/bin/sh\necho '${password}'\n`)
  chmodSync(asker, 0o700)
  return new Promise((resolve) => {
    const child = execFile(
      '/usr/bin/ssh',
      [
        '-F', '/dev/null', '-tt', '-p', String(port),
        '-o', 'StrictHostKeyChecking=accept-new',
        '-o', `UserKnownHostsFile=${join(folder, 'known')}`,
        '-o', 'PreferredAuthentications=password',
        '-o', 'NumberOfPasswordPrompts=1',
        'noc@127.0.0.1',
      ], // prettier-ignore
      {
        env: { SSH_ASKPASS: asker, SSH_ASKPASS_REQUIRE: 'force', DISPLAY: ':9', HOME: folder },
        timeout: 20_000,
        encoding: 'latin1',
      },
      (error, out, errors) => resolve({ code: Number(error?.code ?? 0), out, errors }),
    )
    child.stdin?.write(typed)
  })
}

describe("Debian's OpenSSH client", () => {
  it('is refused with a wrong password', async () => {
    const { cli } = await cliPlant(huaweiOlt)
    const { code, errors } = await ssh(cli.sshPort ?? 0, 'wrong', '')
    expect(code).toBe(255)
    expect(errors).toContain('Permission denied')
  })

  it('works at the CLI and leaves in order', async () => {
    const { cli } = await cliPlant(huaweiOlt)
    const { out } = await ssh(
      cli.sshPort ?? 0,
      cli.password,
      'enable\ndisplay board 0\n\nquit\ny\n',
    )
    expect(out).toContain('H805GPFD')
    expect(out).toContain('Configuration console exit, please retry to log on')
  })
})
