import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { createProviderFetch } from '../../src-main/access/company/provider-fetch.ts'
import { temporaryFolder } from '../support/store-workspace.ts'

/** A provider behind TLS whose certificate comes from a company's own authority. */

let folder = ''
const openssl = (command: string): void => {
  execFileSync('openssl', command.split(' '), { cwd: folder, stdio: 'pipe' })
}
const newKey = '-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes'

const authority = (name: string): void => {
  openssl(`req -x509 ${newKey} -keyout ${name}.key -out ${name}.pem -days 2 -subj /CN=${name}`)
}

const certificate = (name: string, by: string, host: string): void => {
  writeFileSync(join(folder, `${name}.ext`), `subjectAltName=${host}\n`)
  openssl(`req ${newKey} -keyout ${name}.key -out ${name}.csr -subj /CN=idp`)
  const signedBy = `-CA ${by}.pem -CAkey ${by}.key -CAcreateserial`
  openssl(`x509 -req -in ${name}.csr ${signedBy} -out ${name}.pem -days 2 -extfile ${name}.ext`)
}

const serve = async (name: string): Promise<URL> => {
  const server = createServer(
    {
      key: readFileSync(join(folder, `${name}.key`)),
      cert: readFileSync(join(folder, `${name}.pem`)),
    },
    (_, response) => response.end('{"issuer":"here"}'),
  )
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return new URL(`https://127.0.0.1:${(server.address() as AddressInfo).port}/`)
}

const ask = async (issuer: URL): Promise<string> => {
  const { signal } = new AbortController()
  const web = createProviderFetch({ issuer, loopback: false, signal })
  try {
    return await (await web.fetch(issuer.href, { method: 'GET', headers: {} })).text()
  } catch (error) {
    return (error as { readonly code: string }).code
  }
}

test("a certificate of the system's authority is trusted, another's and another host's are not", async () => {
  folder = temporaryFolder()
  authority('company')
  authority('stranger')
  certificate('good', 'company', 'IP:127.0.0.1')
  certificate('elsewhere', 'company', 'DNS:login.example')
  certificate('foreign', 'stranger', 'IP:127.0.0.1')
  // What this machine trusts, on Debian; read once, with the first question.
  process.env['SSL_CERT_FILE'] = join(folder, 'company.pem')
  onTestFinished(() => {
    delete process.env['SSL_CERT_FILE']
  })
  expect(await ask(await serve('good'))).toBe('{"issuer":"here"}')
  expect(await ask(await serve('elsewhere'))).toBe('company-certificate')
  expect(await ask(await serve('foreign'))).toBe('company-certificate')
})
