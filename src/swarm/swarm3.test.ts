/** Seeds 251 to 375 of the swarm. */
import { swarmShard } from './shard.ts'

swarmShard(3)
