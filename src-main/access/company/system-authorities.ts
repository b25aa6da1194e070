import { getCACertificates, setDefaultCACertificates } from 'node:tls'

let areTrusted = false

/**
 * From now on this thread's TLS also trusts whom the operating system trusts: a company's provider
 * often has its certificate from the company's own authority, which its computers know and Node's
 * list does not. Nothing that Node trusts is given up. Read once: the store of Windows takes a while.
 */
export const trustSystemAuthorities = (): void => {
  if (areTrusted) return
  areTrusted = true
  try {
    const system = getCACertificates('system')
    if (system.length > 0) setDefaultCACertificates([...getCACertificates('default'), ...system])
  } catch {
    // A store of the system that cannot be read: what Node trusts stays, and a refusal says so.
  }
}
