/** A call for the desk's form, from a key on any page or from the inbox; the form answers when it stands. */
import { ref, shallowRef } from 'vue'
import type { Candidate } from '@/base/contract'

/** What is marked as a drill or a test never becomes a real incident: the server refuses it. */
export function isAdoptable(candidate: Pick<Candidate, 'drill'>): boolean {
  return !candidate.drill
}

export const reportCalled = ref(0)
export const candidateCalled = shallowRef<Candidate | null>(null)

export function callReport(): void {
  reportCalled.value += 1
}

export function callCandidate(candidate: Candidate): void {
  candidateCalled.value = candidate
}
