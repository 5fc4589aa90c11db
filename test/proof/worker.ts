// One of the processes that share the servers among them: observes what it is sent, one by one.
import { observe } from './observe.ts'
import type { Order } from './order.ts'

process.on('message', async (order: Order) => {
  process.send?.(await observe(order))
})
