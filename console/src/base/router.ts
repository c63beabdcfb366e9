/** Pages come from the `routes.ts` of each noun's folder; what a page shows stands in its URL, the world too. */
import { createRouter, createWebHistory, type RouteRecordRaw } from 'vue-router'
import { useSession } from '@/session/store'
import { homeOf, mayOpen } from './home'
import { useNode } from './node'

const found = import.meta.glob<RouteRecordRaw[]>('/src/**/routes.ts', { eager: true, import: 'routes' })

export const pages: RouteRecordRaw[] = Object.values(found).flat()

export const router = createRouter({
  history: createWebHistory(),
  routes: [...pages, { path: '/', redirect: '/desk' }, { path: '/:rest(.*)*', redirect: '/desk' }],
})

router.beforeEach(async (to, from) => {
  // Whoever is in a drill stays in it until an address says otherwise.
  if (to.query.world === undefined && from.query.world !== undefined) {
    return { ...to, query: { ...to.query, world: from.query.world } }
  }
  useNode().choose(typeof to.query.world === 'string' ? to.query.world : 'real')
  if (to.meta.open) return true
  const session = useSession()
  const here = await session.ensure().catch(() => null)
  if (!here) return { path: '/login', query: { ...to.query, to: to.fullPath === '/desk' ? undefined : to.fullPath } }
  if (here.must_change_password && to.path !== '/login') return { path: '/login', query: { to: to.fullPath } }
  return mayOpen(to.meta.roles, here.roles) || { path: homeOf(here.roles), query: to.query }
})
