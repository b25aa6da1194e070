/**
 * Run as a child process: `node plain-net-snmp.ts <plain|ours> <port>` asks one GET of the port and
 * prints what came of it. `plain` uses net-snmp as its README shows; `ours` uses our session.
 */
import netSnmp from 'net-snmp'
import { openSnmpSession } from '../../../src-main/olt/snmp/session.ts'

const [, , mode, portText] = process.argv
const port = Number(portText)
const sysDescr = '1.3.6.1.2.1.1.1.0'

if (mode === 'plain') {
  const session = netSnmp.createSession('127.0.0.1', 'public', {
    version: netSnmp.Version2c,
    port,
    retries: 0,
    timeout: 2000,
  })
  session.get([sysDescr], (error) => {
    process.stdout.write(error === null ? 'answered' : 'failed')
    session.close()
  })
} else {
  const session = await openSnmpSession({
    host: '127.0.0.1',
    port,
    version: '2c',
    community: Buffer.from('public'),
    timeoutMs: 300,
    retries: 0,
  })
  await session.get([sysDescr]).then(
    () => process.stdout.write('answered'),
    (error: { code: string }) => process.stdout.write(error.code),
  )
  session.close()
}
