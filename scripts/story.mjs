// Plays every scenario against its golden transcript (*.story.txt). With --update the transcripts are rewritten: the
// difference is then the review. Other arguments go to Vitest.
import { run } from './check.mjs'

const args = process.argv.slice(2).filter((arg) => arg !== '--update')
const env = process.argv.includes('--update') ? { ORDINAL_STORY_UPDATE: '1' } : {}
process.exit(run(['npx', '--no-install', 'vitest', 'run', 'stories', ...args], env) ? 0 : 1)
