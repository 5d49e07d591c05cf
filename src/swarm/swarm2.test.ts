/** Seeds 126 to 250 of the swarm. */
import { swarmShard } from './shard.ts'

swarmShard(2)
