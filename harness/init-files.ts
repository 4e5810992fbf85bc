import { VERSION } from './version.ts';

/** A baseline in which nothing is known yet. */
export const emptyBaseline = `# yaml-language-server: $schema=https://scimulator.example/schemas/baseline.schema.json
# Deviations that are known and may stay: each is reported, and does not count until it expires.
# scimulator conform --update-baseline adds what deviates today; then give each a reason and an owner.
known: []
`;

/**
 * A GitHub workflow that gates every change by what the endpoint of the configuration does.
 * @param config path of the configuration
 * @param variables environment variables that hold secrets
 */
export function workflowText(config: string, variables: readonly string[]): string {
  const env = variables.map(name => `          ${name}: \${{ secrets.${name} }}\n`).join('');
  return `# A new deviation from SCIM turns this red. The endpoint and how it is judged stand in ${config}.
name: scim
on:
  push:
    branches: [main]
  pull_request:
jobs:
  conformance:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-node@v4
        with:
          node-version: 22
      - run: >-
          npx --yes scimulator@${VERSION} conform --config ${config} --yes --out scimulator-results
          --report github=- --report "markdown=$GITHUB_STEP_SUMMARY" --report junit=scimulator-results/junit.xml
${env === '' ? '' : `        env:\n${env}`}      - uses: actions/upload-artifact@v4
        if: always()
        with:
          name: scimulator
          path: scimulator-results
`;
}
