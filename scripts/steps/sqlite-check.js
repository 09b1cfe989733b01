// Runs in each runtime that loads the SQLite binding. A binding that does not fit ends the process without an error,
// so the caller looks for the line printed last.
import Database from 'better-sqlite3';

const database = new Database(':memory:');
database.exec('CREATE TABLE sample (id INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT');
const insert = database.prepare('INSERT INTO sample (name) VALUES (@name)');
for (const name of ['one', 'two', 'three']) insert.run({ name });
database.function('shout', (text) => `${text}!`);
database.aggregate('longest', { start: 0, step: (best, text) => Math.max(best, text.length) });
const { longest } = database.prepare('SELECT longest(shout(name)) AS longest FROM sample').get();
const names = [...database.prepare('SELECT name FROM sample').iterate()].map((row) => row.name);
let code;
try {
  insert.run({ name: null });
} catch (error) {
  code = error.code;
}
database.close();
if (longest !== 6 || names.join() !== 'one,two,three' || code !== 'SQLITE_CONSTRAINT_NOTNULL') {
  throw new Error(`Unexpected answers: ${JSON.stringify({ longest, names, code })}`);
}
console.log(`sqlite works, Node-API ${process.versions.napi}, Node ${process.versions.node}`);
