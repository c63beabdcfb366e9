// The text of the printed documents, without what layout puts between characters: blanks, page numbers, the demo's mark.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export const plain = (text) => text.normalize('NFKC').replace(/\s+/g, '')

function inFile(bytes, name, read) {
  const folder = mkdtempSync(join(tmpdir(), 'anlan-document-'))
  try {
    writeFileSync(join(folder, name), bytes)
    return read(join(folder, name))
  } finally {
    rmSync(folder, { recursive: true })
  }
}

export const textOfPdf = (bytes) =>
  inFile(bytes, 'a.pdf', (file) => plain(execFileSync('pdftotext', ['-enc', 'UTF-8', file, '-'], { encoding: 'utf8' })).replace(/—\d+—|演示数据/g, ''))

export const textOfDocx = (bytes) =>
  inFile(bytes, 'a.docx', (file) => {
    const xml = execFileSync('unzip', ['-p', file, 'word/document.xml'], { encoding: 'utf8', maxBuffer: 1 << 26 })
    const words = xml.replace(/<[^>]*>/g, '').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"')
    return plain(words.replaceAll('&amp;', '&'))
  })
