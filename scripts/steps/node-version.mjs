// Imported first by every script: its check runs before anything that an older Node.js cannot load.
const [major, minor] = process.versions.node.split('.').map(Number);
const isSupported = major > 22 || (major === 22 && minor >= 12) || (major === 20 && minor >= 19);

if (!isSupported) {
  console.error(
    `Node.js 20.19 or newer (or 22.12 or newer) is needed and this is ${process.versions.node}; nothing was changed. Install a current Node.js from https://nodejs.org and run the command again.`,
  );
  process.exit(1);
}
