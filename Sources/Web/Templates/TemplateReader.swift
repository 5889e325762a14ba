import Kit

/// Reads the text of a template.
struct TemplateReader {
  struct Fault: Error, CustomStringConvertible {
    let line: Int
    let text: String
    var description: String { "line \(line): \(text)" }
  }

  private struct Tag {
    let kind: Character?
    let name: String
    let line: Int
  }

  private enum Token {
    case text(Substring)
    case tag(Tag)
  }

  private var tokens: ArraySlice<Token>

  static func read(_ text: String) throws(Fault) -> Template {
    var reader = TemplateReader(tokens: try tokens(of: text)[...])
    return Template(parts: try reader.parts(until: nil))
  }

  /// The parts up to the tag that ends `open`.
  private mutating func parts(until open: Tag?) throws(Fault) -> [Template.Part] {
    var parts: [Template.Part] = []
    while let token = tokens.popFirst() {
      switch token {
      case .text(let text): parts.append(.text(Array(text.utf8)))
      case .tag(let tag) where tag.kind == "/":
        guard tag.name == open?.name else { throw Fault(line: tag.line, text: "{{/\(tag.name)}} ends nothing that is open.") }
        return parts
      case .tag(let tag): parts.append(try part(tag))
      }
    }
    if let open { throw Fault(line: open.line, text: "{{\(open.kind ?? " ")\(open.name)}} has no end.") }
    return parts
  }

  private mutating func part(_ tag: Tag) throws(Fault) -> Template.Part {
    switch tag.kind {
    case nil: return .value(Template.Path(tag.name))
    case ">": return .template(tag.name, parts: [:])
    case "$": return .part(tag.name, try parts(until: tag))
    case "<":
      var replaced: [String: [Template.Part]] = [:]
      for part in try parts(until: tag) {
        switch part {
        case .part(let name, let inner): replaced[name] = inner
        case .text: break
        default: throw Fault(line: tag.line, text: "Between {{<\(tag.name)}} and its end stand parts only.")
        }
      }
      return .template(tag.name, parts: replaced)
    default:
      let isInverted = tag.kind == "^"
      if let place = Template.Place(rawValue: tag.name) { return .place(place, isInverted: isInverted, try parts(until: tag)) }
      if tag.name.contains("(") { throw Fault(line: tag.line, text: "\(tag.name) is not known.") }
      return .section(Template.Path(tag.name), isInverted: isInverted, try parts(until: tag))
    }
  }

  private static let kinds: Set<Character> = ["#", "^", "/", ">", "<", "$"]

  private static func tokens(of text: String) throws(Fault) -> [Token] {
    var tokens: [Token] = []
    var rest = Substring(text)
    var line = 1
    // Whether only blanks stand before the next tag on its line.
    var isLineEmpty = true
    while let opening = rest.firstRange(of: "{{") {
      var before = rest[..<opening.lowerBound]
      line += before.count(where: \.isNewline)
      guard let closing = rest[opening.upperBound...].firstRange(of: "}}") else { throw Fault(line: line, text: "{{ has no }}.") }
      let inside = rest[opening.upperBound..<closing.lowerBound].trimmed
      let after = rest[closing.upperBound...]
      rest = after
      let tagLine = line
      let kind = inside.first.flatMap { kinds.contains($0) ? $0 : nil }
      let name = kind == nil ? inside : inside.dropFirst().trimmed
      guard let first = name.first, first.isLetter || first == "." || first == "_" else {
        throw Fault(line: tagLine, text: "{{\(inside)}} is not known.")
      }
      let blanks = before.reversed().prefix { $0 == " " || $0 == "\t" }.count
      isLineEmpty = before.count == blanks ? isLineEmpty : before.dropLast(blanks).last?.isNewline == true
      let trail = after.prefix { $0 == " " || $0 == "\t" }.count
      let end = after.dropFirst(trail)
      if kind != nil, isLineEmpty, end.isEmpty || end.first?.isNewline == true {
        before = before.dropLast(blanks)
        rest = end.dropFirst()
        line += 1
      } else {
        isLineEmpty = false
      }
      if !before.isEmpty { tokens.append(.text(before)) }
      tokens.append(.tag(Tag(kind: kind, name: name, line: tagLine)))
    }
    if !rest.isEmpty { tokens.append(.text(rest)) }
    return tokens
  }
}
