/**
 * What names, labels, ports and percentages may look like, and what is said when they do not.
 * Each function returns the complaints about one text; an empty list means that it is fine.
 * Models: staging/src/k8s.io/apimachinery/pkg/util/validation/validation.go and pkg/api/validate/content, v1.36.
 */

type Complaints = readonly string[]

const LABEL = '[a-z0-9]([-a-z0-9]*[a-z0-9])?'
const SUBDOMAIN = `${LABEL}(\\.${LABEL})*`
const DNS_1035 = '[a-z]([-a-z0-9]*[a-z0-9])?'
const KEY_NAME = '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]'
const VALUE = `(${KEY_NAME})?`
const PERCENT = '[0-9]+%'
const CONFIG_KEY = '[-._a-zA-Z0-9]+'

const whole = (pattern: string): RegExp => new RegExp(`^${pattern}$`)
const labelPattern = whole(LABEL)
const subdomainPattern = whole(SUBDOMAIN)
const dns1035Pattern = whole(DNS_1035)
const keyNamePattern = whole(KEY_NAME)
const valuePattern = whole(VALUE)
const percentPattern = whole(PERCENT)
const configKeyPattern = whole(CONFIG_KEY)

const tooMany = (most: number): string => `must be no more than ${most} bytes`
const outOfRange = (least: number, most: number): string => `must be between ${least} and ${most}, inclusive`

const mismatch = (message: string, pattern: string, ...examples: string[]): string =>
  `${message} (e.g. ${examples.map((example) => `'${example}', `).join(' or ')}regex used for validation is '${pattern}')`

/** Bytes of the text in UTF-8. */
function byteLength(text: string): number {
  let bytes = text.length
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    if (unit > 0x7f) bytes += unit > 0x7ff && (unit < 0xd800 || unit > 0xdfff) ? 2 : 1
  }
  return bytes
}

const limited = (value: string, most: number): Complaints => (byteLength(value) > most ? [tooMany(most)] : [])

const LABEL_TEXT =
  "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character"

export function dnsLabel(value: string): Complaints {
  const length = limited(value, 63)
  if (labelPattern.test(value)) return length
  if (subdomainPattern.test(value)) return [...length, 'must not contain dots']
  return [...length, mismatch(LABEL_TEXT, LABEL, 'my-name', '123-abc')]
}

const SUBDOMAIN_TEXT =
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character"

export function dnsSubdomain(value: string): Complaints {
  const length = limited(value, 253)
  return subdomainPattern.test(value) ? length : [...length, mismatch(SUBDOMAIN_TEXT, SUBDOMAIN, 'example.com')]
}

const DNS_1035_TEXT =
  "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character"

/** What a Service may be called. */
export function dns1035Label(value: string): Complaints {
  const length = limited(value, 63)
  return dns1035Pattern.test(value) ? length : [...length, mismatch(DNS_1035_TEXT, DNS_1035, 'my-name', 'abc-123')]
}

const KEY_TEXT =
  "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character"

/** `name` or `prefix/name`: keys of labels and annotations, finalizers. */
export function qualifiedName(value: string): Complaints {
  const parts = value.split('/')
  const found: string[] = []
  if (parts.length > 2)
    return [
      `a qualified name ${mismatch(KEY_TEXT, KEY_NAME, 'MyName', 'my.name', '123-abc')} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')`,
    ]
  const name = parts[parts.length - 1] as string
  if (parts.length === 2) {
    const prefix = parts[0] as string
    if (prefix === '') found.push('prefix part must be non-empty')
    else for (const complaint of dnsSubdomain(prefix)) found.push(`prefix part ${complaint}`)
  }
  if (name === '') found.push('name part must be non-empty')
  else if (byteLength(name) > 63) found.push(`name part ${tooMany(63)}`)
  if (!keyNamePattern.test(name))
    found.push(`name part ${mismatch(KEY_TEXT, KEY_NAME, 'MyName', 'my.name', '123-abc')}`)
  return found
}

const VALUE_TEXT =
  "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character"

export function labelValue(value: string): Complaints {
  const length = limited(value, 63)
  return valuePattern.test(value) ? length : [...length, mismatch(VALUE_TEXT, VALUE, 'MyValue', 'my_value', '12345')]
}

const CONFIG_KEY_TEXT = "a valid config key must consist of alphanumeric characters, '-', '_' or '.'"

/** A key of the data of a ConfigMap or Secret. */
export function configKey(value: string): Complaints {
  const length = limited(value, 253)
  return configKeyPattern.test(value)
    ? length
    : [...length, mismatch(CONFIG_KEY_TEXT, CONFIG_KEY, 'key.name', 'KEY_NAME', 'key-name')]
}

export const portNumber = (port: number): Complaints => (port >= 1 && port <= 65_535 ? [] : [outOfRange(1, 65_535)])

export function portName(name: string): Complaints {
  const found = [...limited(name, 15)]
  if (!/^[-a-z0-9]+$/.test(name)) found.push('must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)')
  if (!/[a-z]/.test(name)) found.push('must contain at least one letter (a-z)')
  if (name.includes('--')) found.push('must not contain consecutive hyphens')
  if (name.startsWith('-') || name.endsWith('-')) found.push('must not begin or end with a hyphen')
  return found
}

export const percent = (text: string): Complaints =>
  percentPattern.test(text)
    ? []
    : [mismatch("a valid percent string must be a numeric string followed by an ending '%'", PERCENT, '1%', '93%')]

/** Printable ASCII without `=`: what the name of an environment variable may be made of. */
export function envName(name: string): Complaints {
  if (name === '') return ['environment variable name must be non-empty']
  return /^[ -<>-~]+$/.test(name)
    ? []
    : ["a valid environment variable name must consist only of printable ASCII characters other than '='"]
}
