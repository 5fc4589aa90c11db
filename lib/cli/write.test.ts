import assert from 'node:assert/strict'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { UsageError } from './usage-error.ts'
import { openJournal, prepareFolder, writeReportFile } from './write.ts'

function inFolder(work: (folder: string) => void): void {
  const folder = mkdtempSync(join(tmpdir(), 'conformance-write-'))
  try {
    work(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

test('makes the folder and writes a file only its owner can read', () =>
  inFolder((folder) => {
    const path = writeReportFile(join(folder, 'reports', 'latest'), 'report.json', '{"é":1}\n')
    assert.equal(readFileSync(path, 'utf8'), '{"é":1}\n')
    assert.equal(statSync(path).mode & 0o777, 0o600)
    assert.deepEqual(readdirSync(join(folder, 'reports', 'latest')), ['report.json'])
  }))

test('replaces an older file, whatever its mode', () =>
  inFolder((folder) => {
    writeFileSync(join(folder, 'report.json'), 'old', { mode: 0o644 })
    const path = writeReportFile(folder, 'report.json', 'new')
    assert.equal(readFileSync(path, 'utf8'), 'new')
    assert.equal(statSync(path).mode & 0o777, 0o600)
  }))

test('makes folders below for several systems', () =>
  inFolder((folder) => {
    writeReportFile(folder, 'generic/report.json', '1')
    assert.equal(readFileSync(join(folder, 'generic', 'report.json'), 'utf8'), '1')
  }))

test('replaces a link that stands in place of the file and leaves its goal alone', () =>
  inFolder((folder) => {
    const goal = join(folder, 'precious')
    writeFileSync(goal, 'mine')
    mkdirSync(join(folder, 'out'))
    symlinkSync(goal, join(folder, 'out', 'report.json'))
    symlinkSync(goal, join(folder, 'out', 'journal.jsonl'))
    writeReportFile(join(folder, 'out'), 'report.json', 'report')
    const journal = openJournal(join(folder, 'out'), 'journal.jsonl')
    journal.append('{}')
    journal.close()
    assert.equal(readFileSync(goal, 'utf8'), 'mine')
    assert.equal(readFileSync(join(folder, 'out', 'report.json'), 'utf8'), 'report')
  }))

test('refuses a folder that is a link', () =>
  inFolder((folder) => {
    mkdirSync(join(folder, 'elsewhere'))
    symlinkSync(join(folder, 'elsewhere'), join(folder, 'out'))
    assert.throws(
      () => writeReportFile(join(folder, 'out'), 'report.json', ''),
      (error) => error instanceof UsageError && /is a symbolic link/u.test(error.message),
    )
    mkdirSync(join(folder, 'own'))
    symlinkSync(join(folder, 'elsewhere'), join(folder, 'own', 'generic'))
    assert.throws(() => writeReportFile(join(folder, 'own'), 'generic/report.json', ''), UsageError)
    assert.deepEqual(readdirSync(join(folder, 'elsewhere')), [])
  }))

test('refuses a link anywhere on a path below the working folder', () =>
  inFolder((folder) => {
    const before = process.cwd()
    mkdirSync(join(folder, 'here'))
    mkdirSync(join(folder, 'elsewhere'))
    symlinkSync(join(folder, 'elsewhere'), join(folder, 'here', 'reports'))
    process.chdir(join(folder, 'here'))
    try {
      assert.throws(() => prepareFolder('reports/latest'), /symbolic link/u)
      prepareFolder('own/latest')
    } finally {
      process.chdir(before)
    }
    assert.equal(existsSync(join(folder, 'elsewhere', 'latest')), false)
  }))

test('says in one sentence that a folder cannot be made', () =>
  inFolder((folder) => {
    writeFileSync(join(folder, 'file'), '')
    assert.throws(
      () => prepareFolder(join(folder, 'file', 'below')),
      (error) =>
        error instanceof UsageError && /cannot make .* \(ENOTDIR\)\.$/u.test(error.message),
    )
  }))

test('leaves nothing half written where the place is taken by a folder', () =>
  inFolder((folder) => {
    mkdirSync(join(folder, 'report.json'))
    assert.throws(() => writeReportFile(folder, 'report.json', 'x'))
    assert.deepEqual(readdirSync(folder), ['report.json'])
  }))

test('refuses names that leave the folder', () =>
  inFolder((folder) => {
    for (const name of ['../report.json', '/report.json', 'a/../b', './a', ''])
      assert.throws(() => writeReportFile(folder, name, ''), TypeError)
  }))

test('a journal starts anew and has each line at once', () =>
  inFolder((folder) => {
    writeFileSync(join(folder, 'journal.jsonl'), 'old\n')
    const journal = openJournal(folder, 'journal.jsonl')
    journal.append('{"a":1}')
    assert.equal(readFileSync(join(folder, 'journal.jsonl'), 'utf8'), '{"a":1}\n')
    journal.append('{"b":2}')
    journal.close()
    assert.equal(readFileSync(join(folder, 'journal.jsonl'), 'utf8'), '{"a":1}\n{"b":2}\n')
    assert.equal(statSync(join(folder, 'journal.jsonl')).mode & 0o777, 0o600)
  }))
