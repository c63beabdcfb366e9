/// <reference types="vite/client" />
import 'vue-router'
import type { Component } from 'vue'

declare module 'vue-router' {
  interface RouteMeta {
    /** Key of the page's title. */
    title?: string
    /** A place among the icons on the left, smallest first. */
    rail?: { icon: Component; order: number }
    /** The letter after `g` that goes here. */
    go?: string
    /** May be seen without a session. */
    open?: boolean
    /** The command that a person must be allowed to give to be shown this page in the rail. */
    permission?: string
    /** Any one of these roles is shown this page in the rail. */
    roles?: string[]
  }
}
