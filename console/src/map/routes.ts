import { MapLocation } from '@element-plus/icons-vue'
import type { RouteRecordRaw } from 'vue-router'
import { kWorking } from '@/account/roles'

export const routes: RouteRecordRaw[] = [
  {
    path: '/map',
    component: () => import('./MapPage.vue'),
    meta: { title: 'map.title', rail: { icon: MapLocation, order: 3 }, go: 'm', roles: [...kWorking] },
  },
]
