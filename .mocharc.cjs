const { availableParallelism } = require('node:os');

module.exports = {
  extension: ['ts'],
  'node-option': ['import=tsx', 'enable-source-maps'],
  reporter: './test/closing-line.ts',
  require: ['./test/end-children.ts'],
  'forbid-only': true,
  parallel: true,
  jobs: availableParallelism(),
  timeout: 60000,
};
