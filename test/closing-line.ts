import mocha from 'mocha';

const { Runner, reporters } = mocha;

/** Mocha's own list, and last the one line that scripts read: `N passed, N failed, N skipped`. */
export default class ClosingLine extends reporters.Spec {
  constructor(runner: Mocha.Runner, options: Mocha.MochaOptions) {
    super(runner, options);
    runner.once(Runner.constants.EVENT_RUN_END, () => {
      const { passes, failures, pending } = this.stats;
      setImmediate(() => process.stdout.write(`${passes} passed, ${failures} failed, ${pending} skipped\n`));
    });
  }
}
