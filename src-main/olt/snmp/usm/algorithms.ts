import type {
  SnmpAuthAlgorithm,
  SnmpPrivAlgorithm,
} from '../../../../src-shared/contract/snmp-access.ts'

/**
 * How each algorithm of contract/snmp-access.ts is computed: RFC 3414 (MD5, SHA-1, DES), RFC 7860
 * (SHA-2), RFC 3826 (AES-128), and the two spellings of AES-192 and AES-256 in the field, which
 * differ in how a short key is made longer: draft-blumenthal-aes-usm-04 (net-snmp and most OLTs) and
 * draft-reeder-snmpv3-usm-3desede-00 (Cisco's, here with `-reeder`).
 */

/** Octets of the authentication code in a message. */
export const macOctets: Readonly<Record<SnmpAuthAlgorithm, number>> = {
  md5: 12,
  sha1: 12,
  sha224: 16,
  sha256: 24,
  sha384: 32,
  sha512: 48,
}

interface PrivAlgorithm {
  readonly cipher: 'des' | 'aes'
  /** Octets of the localised key; for DES the key and what its IV is made of. */
  readonly keyOctets: 16 | 24 | 32
  readonly extension: 'blumenthal' | 'reeder'
}

export const privAlgorithms: Readonly<Record<SnmpPrivAlgorithm, PrivAlgorithm>> = {
  des: { cipher: 'des', keyOctets: 16, extension: 'blumenthal' },
  aes128: { cipher: 'aes', keyOctets: 16, extension: 'blumenthal' },
  aes192: { cipher: 'aes', keyOctets: 24, extension: 'blumenthal' },
  aes256: { cipher: 'aes', keyOctets: 32, extension: 'blumenthal' },
  'aes192-reeder': { cipher: 'aes', keyOctets: 24, extension: 'reeder' },
  'aes256-reeder': { cipher: 'aes', keyOctets: 32, extension: 'reeder' },
}
