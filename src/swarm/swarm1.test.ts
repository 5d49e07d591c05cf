/** Seeds 1 to 125 of the swarm. */
import { swarmShard } from './shard.ts'

swarmShard(1)
