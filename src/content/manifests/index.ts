/** The manifests that lie in the terminal's home folder when it is first opened, by file name. */
import { strictBudget } from './strictBudget.ts'
import { web } from './web.ts'
import { webComponents } from './webComponents.ts'
import { webService, webSet } from './webInTwoFiles.ts'
import { webParallel } from './webParallel.ts'
import { webV1 } from './webV1.ts'
import { zookeeper } from './zookeeper.ts'
import { zookeeperV1 } from './zookeeperV1.ts'

export const exampleFiles: Readonly<Record<string, string>> = {
  'strict-budget.yaml': strictBudget,
  'web.yaml': web,
  'web-components.yaml': webComponents,
  'web-parallel.yaml': webParallel,
  'web-service.yaml': webService,
  'web-set.yaml': webSet,
  'web-v1.yaml': webV1,
  'zookeeper.yaml': zookeeper,
  'zookeeper-v1.yaml': zookeeperV1,
}
