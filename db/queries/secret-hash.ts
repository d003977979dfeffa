import { createHash } from 'node:crypto'

/** What is kept of a secret of 256 random bits: nobody finds one by trying, so a hash without a salt is enough. */
export const hashOfSecret = (secret: string): Buffer => createHash('sha256').update(secret).digest()
