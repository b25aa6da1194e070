/**
 * Headers of every answer of `app://console` (facts/security.md row 7). The nonce is for the style
 * tags that the UI kit adds; it is new with each load of the page and allows no script.
 */
export const contentSecurityPolicy = (styleNonce: string | null): string =>
  [
    `default-src 'none'`,
    `script-src 'self'`,
    styleNonce === null ? `style-src 'self'` : `style-src 'self' 'nonce-${styleNonce}'`,
    `img-src 'self' data:`,
    `font-src 'self'`,
    `connect-src 'self'`,
    `base-uri 'none'`,
    `form-action 'none'`,
    `frame-ancestors 'none'`,
    `require-trusted-types-for 'script'`,
    // One policy, the page's own (src-renderer/app/trusted-types.ts), which refuses markup.
    `trusted-types default`,
  ].join('; ')

/** A second lock on what policy.ts refuses already: the page may not even ask. */
const refusedFeatures = [
  'bluetooth',
  'camera',
  'clipboard-read',
  'display-capture',
  'geolocation',
  'hid',
  'idle-detection',
  'local-fonts',
  'microphone',
  'midi',
  'payment',
  'screen-wake-lock',
  'serial',
  'usb',
  'window-management',
] as const

export const permissionsPolicy = refusedFeatures.map((feature) => `${feature}=()`).join(', ')

export const responseHeaders = (
  contentType: string,
  styleNonce: string | null,
): Readonly<Record<string, string>> => ({
  'content-type': contentType,
  // SECURITY: row 7.
  'content-security-policy': contentSecurityPolicy(styleNonce),
  'permissions-policy': permissionsPolicy,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-store', // a nonce that is used twice is none
})
