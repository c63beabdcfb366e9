/** The node that this console belongs to, and the world (real, or a drill) that is shown. The world stands in the URL. */
import { defineStore } from 'pinia'
import { computed, ref } from 'vue'
import { currentWorld, forgetPosition, get, setWorld } from './api'
import type { Node } from './contract'

export const useNode = defineStore('node', () => {
  const node = ref<Node | null>(null)
  const world = ref(currentWorld())
  const drill = computed(() => node.value?.worlds.find((entry) => entry.id === world.value && entry.drill) ?? null)
  const inDrill = computed(() => world.value !== 'real')

  async function load(): Promise<void> {
    node.value = await get<Node>('/node')
  }

  function choose(id: string): void {
    if (id === world.value) return
    world.value = id
    setWorld(id)
    forgetPosition()
  }

  return { node, world, drill, inDrill, load, choose }
})
