// Runs Azurite until the process that started it is gone: then its end of the standard input closes. Azurite then saves and stops.
process.stdin.on('end', () => process.kill(process.pid, 'SIGTERM')).resume();
require('azurite/dist/src/azurite');
