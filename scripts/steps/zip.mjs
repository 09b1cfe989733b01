import { createReadStream, createWriteStream } from 'node:fs';
import { chmod, mkdir, open, symlink } from 'node:fs/promises';
import { dirname, join, resolve, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createInflateRaw } from 'node:zlib';

const endOfDirectory = 0x06054b50;
const directoryEntry = 0x02014b50;
const symbolicLink = 0o120000;
const fileTypeMask = 0o170000;

/**
 * Unpacks a zip file. `place` maps an entry's name to a path below `folder`, or to undefined to leave it out.
 * Execute bits and symbolic links are kept; a machine without `unzip` needs nothing else.
 */
export async function unzip(zipPath, folder, place) {
  const file = await open(zipPath);
  try {
    for (const entry of await readDirectory(file)) {
      const name = place(entry.name);
      if (name === undefined || entry.name.endsWith('/')) continue;
      const target = join(folder, name);
      if (!resolve(target).startsWith(resolve(folder) + sep)) {
        throw new Error(`${zipPath} holds an entry outside its folder: ${entry.name}`);
      }
      await mkdir(dirname(target), { recursive: true });
      await writeEntry(zipPath, file, entry, target);
    }
  } finally {
    await file.close();
  }
}

async function readDirectory(file) {
  const { size } = await file.stat();
  const tail = await readBytes(file, Math.max(0, size - 65557), Math.min(size, 65557));
  let end = tail.length - 22;
  while (end >= 0 && tail.readUInt32LE(end) !== endOfDirectory) end -= 1;
  if (end < 0) throw new Error('not a zip file, or one that was cut short');
  const count = tail.readUInt16LE(end + 10);
  const offset = tail.readUInt32LE(end + 16);
  if (count === 0xffff || offset === 0xffffffff) throw new Error('a zip64 file');
  const directory = await readBytes(file, offset, tail.readUInt32LE(end + 12));
  const entries = [];
  for (let at = 0; entries.length < count;) {
    if (directory.readUInt32LE(at) !== directoryEntry) throw new Error('a damaged zip directory');
    const nameLength = directory.readUInt16LE(at + 28);
    entries.push({
      method: directory.readUInt16LE(at + 10),
      compressedSize: directory.readUInt32LE(at + 20),
      mode: directory.readUInt32LE(at + 38) >>> 16,
      headerOffset: directory.readUInt32LE(at + 42),
      name: directory.toString('utf8', at + 46, at + 46 + nameLength),
    });
    at += 46 + nameLength + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32);
  }
  return entries;
}

async function writeEntry(zipPath, file, entry, target) {
  const header = await readBytes(file, entry.headerOffset, 30);
  const start = entry.headerOffset + 30 + header.readUInt16LE(26) + header.readUInt16LE(28);
  if ((entry.mode & fileTypeMask) === symbolicLink) {
    await symlink((await readBytes(file, start, entry.compressedSize)).toString('utf8'), target);
    return;
  }
  const output = createWriteStream(target);
  if (entry.compressedSize === 0) output.end();
  else {
    const input = createReadStream(zipPath, { start, end: start + entry.compressedSize - 1 });
    if (entry.method === 0) await pipeline(input, output);
    else if (entry.method === 8) await pipeline(input, createInflateRaw(), output);
    else throw new Error(`an unknown compression method (${entry.method}) in ${entry.name}`);
  }
  await chmod(target, entry.mode & 0o111 ? 0o755 : 0o644);
}

async function readBytes(file, position, length) {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position);
  if (bytesRead !== length) throw new Error('a zip file that was cut short');
  return buffer;
}
