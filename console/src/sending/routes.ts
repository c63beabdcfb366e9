import { Promotion } from '@element-plus/icons-vue'
import type { RouteRecordRaw } from 'vue-router'
import { kLookers } from './types'

export const routes: RouteRecordRaw[] = [
  {
    path: '/channels',
    component: () => import('./ChannelsPage.vue'),
    meta: { title: 'sending.title', rail: { icon: Promotion, order: 70 }, go: 's', roles: [...kLookers] },
  },
]
