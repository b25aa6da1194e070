import { config } from 'zod'

// The page's policy forbids `new Function`, with which zod would make its parsers faster; without
// this it would try, be refused and leave a violation behind. Must run before any schema is made.
config({ jitless: true })
