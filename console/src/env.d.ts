/// <reference types="vite/client" />
import 'vue-router'
import type { Component } from 'vue'

declare module 'vue-router' {
  interface RouteMeta {
    /** Key of the page's title. */
    title?: string
    /** A place among the icons on the left, smallest first. */
    rail?: { icon: Component; order: number }
    /** The page among the icons that stands for this one too. */
    under?: string
    /** The letter after `g` that goes here. */
    go?: string
    /** May be seen without a session. */
    open?: boolean
    /** Any one of these roles may open this page. */
    roles?: string[]
    /** Fills the screen: without bar and icons. */
    bare?: boolean
  }
}
