/** Seeds 376 to 500 of the swarm. */
import { swarmShard } from './shard.ts'

swarmShard(4)
