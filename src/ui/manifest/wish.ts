/** The wish to write in the manifest editor. */
import { Wish } from '../wish.ts'

export const manifestWish = new Wish()
