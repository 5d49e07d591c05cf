/** The version of this page, as its package has it: what a recorded run is stamped with. */
import { version } from '../../package.json'

export const engineVersion: string = version
