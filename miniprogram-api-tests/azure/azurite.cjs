// Runs Azurite until the process that started it is gone: then its end of the standard input closes.
process.stdin.on('end', () => process.exit()).resume();
require('azurite/dist/src/azurite');
