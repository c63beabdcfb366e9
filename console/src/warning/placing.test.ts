import { describe, expect, it } from 'vitest'
import { filled, rewritten } from './placing'

const kText = '预报出现洪水，影响{area}。{area}沿岸人员撤离。'

describe('A text with the area filled in', () => {
  it('names the area wherever it is meant', () => {
    expect(filled(kText, '弥河下游段')).toBe('预报出现洪水，影响弥河下游段。弥河下游段沿岸人员撤离。')
  })
  it('goes on following the area after a change elsewhere', () => {
    const typed = '预报将出现洪水，影响弥河下游段。弥河下游段沿岸人员撤离。'
    expect(rewritten(kText, '弥河下游段', typed)).toBe('预报将出现洪水，影响{area}。{area}沿岸人员撤离。')
  })
  it('keeps what was written over the area', () => {
    const typed = '预报出现洪水，影响羊口镇。弥河下游段沿岸人员撤离。'
    expect(rewritten(kText, '弥河下游段', typed)).toBe('预报出现洪水，影响羊口镇。{area}沿岸人员撤离。')
  })
  it('takes a text typed anew as it stands', () => {
    expect(rewritten(kText, '弥河下游段', '停课。')).toBe('停课。')
    expect(rewritten('停课。', '弥河下游段', '')).toBe('')
  })
  it('loses no character where the same words repeat', () => {
    const typed = '影响河。河河沿岸。'
    expect(filled(rewritten('影响{area}。{area}沿岸。', '河', typed), '河')).toBe(typed)
  })
})
