/** Documents and reports that values of dialects rest on, where no clause of the catalogue has them. */
export const sources = {
  'entra-requests': { title: 'Microsoft: SCIM request catalogue of Entra ID provisioning', mark: 'documented' },
  'entra-compatibility': { title: 'Microsoft: flag aadOptscim062020 and what it changes', mark: 'documented' },
  'entra-cycles': { title: 'Microsoft: how application provisioning works', mark: 'documented' },
  'entra-form-encoding': { title: 'MicrosoftDocs/azure-docs, issue 21660', mark: 'observed' },
  'entra-no-user-agent': { title: 'kortix-ai/suna, pull request 7297', mark: 'observed' },
  'entra-add-by-filter': { title: 'Captain-P-Goldfish/SCIM-SDK, issue 416', mark: 'observed' },
  'okta-scim-2': { title: 'Okta: SCIM 2.0 protocol reference', mark: 'documented' },
  'okta-headers': { title: 'oktadeveloper/okta-blog-archive, pull request 1956', mark: 'observed' },
  'okta-probes': { title: 'joelfranusic-okta/okta-scim-beta, tests for Runscope', mark: 'observed' },
} as const satisfies Readonly<Record<string, { readonly title: string; readonly mark: 'documented' | 'observed' }>>;

/** Key of a source. */
export type Source = keyof typeof sources;
