import Koa from 'koa'
import basicAuth from 'koa-basic-auth'
import mount from 'koa-mount'

/** One name and password below one prefix: the middleware knows a single account. */
export const start = ({ accounts: [first], realm }) => {
  const app = new Koa()
  app.silent = true
  app.use(mount('/protected', basicAuth({ name: first.user, pass: first.password, realm })))
  app.use((context) => {
    if (context.path === '/protected') context.body = { user: first.user }
    else if (context.path === '/public') context.body = { public: true }
  })
  return app.callback()
}
