import { ENTERPRISE_USER, USER } from '../message/urn.ts';
import { attribute, complex, plural, string, type Schema } from './attribute.ts';

/** The User schema (RFC 7643 sections 4.1 and 8.7.1). */
export const userSchema: Schema = {
  id: USER,
  name: 'User',
  description: 'User Account',
  attributes: [
    string('userName', 'Name by which the person signs in; unique at the service provider.', {
      required: true,
      uniqueness: 'server',
    }),
    complex('name', 'The parts of the person’s name.', [
      string('formatted', 'The whole name, ready to be shown.'),
      string('familyName', 'Family name.'),
      string('givenName', 'Given name.'),
      string('middleName', 'Middle name or names.'),
      string('honorificPrefix', 'Title before the name.'),
      string('honorificSuffix', 'Suffix after the name.'),
    ]),
    string('displayName', 'Name to show.'),
    string('nickName', 'Informal way to address the person.'),
    attribute('profileUrl', 'reference', 'Page about the person.', { referenceTypes: ['external'] }),
    string('title', 'Job title.'),
    string('userType', 'Relationship to the organisation: employee, contractor and so on.'),
    string('preferredLanguage', 'Preferred language, as in Accept-Language.'),
    string('locale', 'Default location for currency, dates and numbers: a language tag.'),
    string('timezone', 'Time zone of the IANA database.'),
    attribute('active', 'boolean', 'Whether the account may be used.'),
    string('password', 'Clear-text password, to set or replace it; never returned.', {
      mutability: 'writeOnly',
      returned: 'never',
    }),
    plural('emails', 'E-mail addresses.', string('value', 'The address.'), ['work', 'home', 'other']),
    plural('phoneNumbers', 'Telephone numbers.', string('value', 'The number.'), [
      'work',
      'home',
      'mobile',
      'fax',
      'pager',
      'other',
    ]),
    plural('ims', 'Instant messaging addresses.', string('value', 'The address.'), [
      'aim',
      'gtalk',
      'icq',
      'xmpp',
      'msn',
      'skype',
      'qq',
      'yahoo',
    ]),
    plural(
      'photos',
      'Pictures of the person.',
      attribute('value', 'reference', 'Address of the picture.', { referenceTypes: ['external'] }),
      ['photo', 'thumbnail'],
    ),
    complex(
      'addresses',
      'Postal addresses.',
      [
        string('formatted', 'The whole address, ready to be shown.'),
        string('streetAddress', 'Street, house number and so on.'),
        string('locality', 'City.'),
        string('region', 'State or region.'),
        string('postalCode', 'Postal code.'),
        string('country', 'Country, two letters of ISO 3166-1.'),
        string('type', 'What the address is used for.', { canonicalValues: ['work', 'home', 'other'] }),
        // Missing in the figure of 8.7.1; section 2.4 makes it a default sub-attribute and the figures of 8.2 use it.
        attribute('primary', 'boolean', 'True for the one value that is preferred.'),
      ],
      { multiValued: true },
    ),
    complex(
      'groups',
      'Groups the person belongs to; changed through the groups.',
      [
        string('value', 'Id of the group.', { mutability: 'readOnly' }),
        attribute('$ref', 'reference', 'Address of the group.', {
          mutability: 'readOnly',
          referenceTypes: ['User', 'Group'],
        }),
        string('display', 'Name of the group.', { mutability: 'readOnly' }),
        string('type', 'Whether membership is direct.', {
          mutability: 'readOnly',
          canonicalValues: ['direct', 'indirect'],
        }),
      ],
      { multiValued: true, mutability: 'readOnly' },
    ),
    plural('entitlements', 'Things the person is entitled to.', string('value', 'The entitlement.')),
    plural('roles', 'Roles of the person.', string('value', 'The role.')),
    plural(
      'x509Certificates',
      'Certificates of the person.',
      attribute('value', 'binary', 'The certificate, DER in base64.'),
    ),
  ],
};

/** The enterprise extension (RFC 7643 sections 4.3 and 8.7.1). */
export const enterpriseUserSchema: Schema = {
  id: ENTERPRISE_USER,
  name: 'EnterpriseUser',
  description: 'Enterprise User',
  attributes: [
    string('employeeNumber', 'Number or text that identifies the person in the organisation.'),
    string('costCenter', 'Cost centre.'),
    string('organization', 'Organisation.'),
    string('division', 'Division.'),
    string('department', 'Department.'),
    complex('manager', 'The person’s manager, another user.', [
      string('value', 'Id of the manager.'),
      attribute('$ref', 'reference', 'Address of the manager.', { referenceTypes: ['User'] }),
      string('displayName', 'Name of the manager to show.', { mutability: 'readOnly' }),
    ]),
  ],
};
