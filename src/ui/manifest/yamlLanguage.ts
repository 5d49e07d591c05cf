/**
 * YAML as the editor colours and indents it. What is nested without end would overflow the stack of the parser, or of those
 * that walk its tree: such a text is left without structure. It is no manifest, as the reader says beside it.
 */
import { yamlLanguage } from '@codemirror/lang-yaml'
import { Language, LanguageSupport } from '@codemirror/language'
import type { Input, PartialParse, TreeFragment } from '@lezer/common'
import { Parser, Tree } from '@lezer/common'

/** Far more than any manifest, and far less than any stack. */
const DEEPEST = 500

const { parser } = yamlLanguage

function isTooDeep(tree: Tree): boolean {
  let depth = 0
  let deepest = 0
  tree.iterate({
    enter: () => {
      depth++
      if (depth > deepest) deepest = depth
      return depth <= DEEPEST
    },
    leave: () => {
      depth--
    },
  })
  return deepest > DEEPEST
}

class CarefulParser extends Parser {
  override createParse(
    input: Input,
    fragments: readonly TreeFragment[],
    ranges: readonly { from: number; to: number }[],
  ): PartialParse {
    const parse = parser.startParse(input, fragments, ranges)
    const from = ranges[0]?.from ?? 0
    const bare = () => new Tree(parser.topNode, [], [], (parse.stoppedAt ?? ranges.at(-1)?.to ?? input.length) - from)
    return {
      advance() {
        try {
          const tree = parse.advance()
          return tree && isTooDeep(tree) ? bare() : tree
        } catch (error) {
          if (error instanceof RangeError) return bare()
          throw error
        }
      },
      get parsedPos() {
        return parse.parsedPos
      },
      stopAt: (position) => parse.stopAt(position),
      get stoppedAt() {
        return parse.stoppedAt
      },
    }
  }
}

const language = new Language(yamlLanguage.data, new CarefulParser(), [], 'yaml')

export const yaml = (): LanguageSupport => new LanguageSupport(language)
