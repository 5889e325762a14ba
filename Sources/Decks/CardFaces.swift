import Interchange

/// The two sides of a card as Markdown: its template filled in, the HTML turned into plain words with a little emphasis.
public struct CardFaces: Sendable, Hashable {
  public let front: String
  public let back: String
  /// Whether a field or a side was too long, and its end was left out.
  public let isCut: Bool
  /// Bytes of templates and fields that were looked at, each as often as it is used.
  public let work: Int

  /// - Parameter media: the address of a picture or a sound by its name; nil for one that is missing.
  /// - Returns: nil when the note has no such card, as far as its type tells.
  public init?(
    _ card: Deck.Card, _ note: Deck.Note, _ type: Deck.NoteType, deck: String, media: @escaping (String) -> String? = { _ in nil }
  ) {
    guard
      let template = type.isCloze
        ? type.templates.first : type.templates.indices.contains(card.ordinal) ? type.templates[card.ordinal] : nil
    else { return nil }
    var fields = Dictionary(zip(type.fields, note.fields), uniquingKeysWith: { first, _ in first })
    let tags = note.tags.joined(separator: " ")
    fields["Tags"] = tags
    fields["Deck"] = deck
    fields["Subdeck"] = deck.split(separator: ":").last.map(String.init) ?? deck
    fields["Type"] = type.name
    fields["Card"] = template.name
    let gap = type.isCloze ? card.ordinal + 1 : nil
    let first = CardTemplate(template.front).filled(fields, gap: gap, isBack: false)
    let second = CardTemplate(template.back).filled(fields, gap: gap, isBack: true)
    front = HTMLMarkdown.text(first.text, media: media)
    back = HTMLMarkdown.text(second.text, media: media)
    isCut = first.isCut || second.isCut
    let names = type.fields.reduce(0) { $0 + $1.utf8.count + 16 }
    work = first.work + second.work + names + tags.utf8.count + deck.utf8.count
  }
}

extension Deck.NoteType {
  /// Without what no reader of a card sees, so that it is not read again for each card.
  public var withoutScripts: Deck.NoteType {
    let templates = templates.map {
      Deck.Template(name: $0.name, front: HTMLText.withoutScripts($0.front), back: HTMLText.withoutScripts($0.back))
    }
    return Deck.NoteType(id: id, name: name, fields: fields, templates: templates, isCloze: isCloze, css: css)
  }
}

/// One side of a template: text with `{{Field}}`, `{{filter:Field}}`, `{{#Field}}…{{/Field}}` and `{{^Field}}…{{/Field}}`.
struct CardTemplate {
  private let text: String
  static let mostDepth = 20

  init(_ text: String) { self.text = text }

  func filled(_ fields: [String: String], gap: Int?, isBack: Bool) -> FilledSide {
    var side = FilledSide()
    var rest = side.looked(at: text)
    /// Whether each open section is shown.
    var shown: [Bool] = []
    while !side.isFull, let open = rest.place(of: "{{") {
      let isShown = !shown.contains(false)
      if isShown { side.add(rest[..<open.lowerBound]) }
      guard let close = rest[open.upperBound...].place(of: "}}") else { return side }
      let tag = rest[open.upperBound..<close.lowerBound].trimmingBlanks
      rest = rest[close.upperBound...]
      let name = String(tag.dropFirst().trimmingBlanks)
      switch tag.first {
      case "#" where shown.count < Self.mostDepth: shown.append(!Self.isEmpty(fields[name], &side))
      case "^" where shown.count < Self.mostDepth: shown.append(Self.isEmpty(fields[name], &side))
      case "/": _ = shown.popLast()
      default:
        if isShown {
          let words = Self.value(tag, fields, gap: gap, isBack: isBack, &side)
          side.add(words[...])
        }
      }
    }
    if !shown.contains(false) { side.add(rest) }
    return side
  }

  private static func isEmpty(_ field: String?, _ side: inout FilledSide) -> Bool {
    HTMLText.plain(String(side.looked(at: field ?? ""))).trimmingBlanks.isEmpty
  }

  private static func value(
    _ tag: Substring, _ fields: [String: String], gap: Int?, isBack: Bool, _ side: inout FilledSide
  ) -> String {
    // The back stands under the front, so the front is not said again.
    if tag == "FrontSide" { return "" }
    let parts = tag.split(separator: ":")
    guard let name = parts.last, let field = fields[String(name.trimmingBlanks)] else { return "" }
    let filters = Set(parts.dropLast().map { $0.trimmingBlanks })
    let words = String(side.looked(at: field))
    if filters.contains("cloze") { return ClozeText(words).shown(gap: gap ?? 1, isBack: isBack) }
    if filters.contains("type") { return isBack ? words : "" }
    return words
  }
}

/// A side of a card as it grows. However often a template asks for a field, it stays short and is soon made.
struct FilledSide {
  private(set) var text = ""
  /// Whether something was left out.
  private(set) var isCut = false
  /// Whether nothing more is taken.
  private(set) var isFull = false
  /// Bytes that were looked at.
  private(set) var work = 0

  /// Bytes of a field, of a template and of a side that count.
  static let mostBytes = 100_000
  static let mostWork = 1_000_000

  /// The part of a field or a template that counts.
  mutating func looked(at field: String) -> Substring {
    let part = field.cut(to: Self.mostBytes)
    work += part.utf8.count
    if part.endIndex < field.endIndex { isCut = true }
    if work > Self.mostWork { (isCut, isFull) = (true, true) }
    return part
  }

  mutating func add(_ words: Substring) {
    if isFull { return }
    let part = words.cut(to: Self.mostBytes - text.utf8.count)
    text += part
    if part.endIndex < words.endIndex { (isCut, isFull) = (true, true) }
  }
}

/// A text with gaps: `{{c1::answer::hint}}`.
struct ClozeText {
  private let text: String

  init(_ text: String) { self.text = text }

  /// The gap asked for is hidden on the front and strong on the back; all others are plain text.
  func shown(gap: Int, isBack: Bool) -> String {
    var result = ""
    var rest = text[...]
    while let open = rest.place(of: "{{c") {
      result += rest[..<open.lowerBound]
      let number = rest[open.upperBound...].prefix(3).prefix { $0.isASCII && $0.isNumber }
      let after = rest[number.endIndex...]
      guard !number.isEmpty, after.hasPrefix("::") else {
        result += rest[open]
        rest = rest[open.upperBound...]
        continue
      }
      let inside = after.dropFirst(2)
      guard let close = inside.place(of: "}}") else { return result + rest[open.lowerBound...] }
      let body = inside[..<close.lowerBound]
      let hintMark = body.place(of: "::")
      let answer = hintMark.map { body[..<$0.lowerBound] } ?? body
      if Int(number) == gap {
        result += isBack ? "<b>\(answer)</b>" : "<b>[\(hintMark.map { body[$0.upperBound...] } ?? "…")]</b>"
      } else {
        result += answer
      }
      rest = inside[close.upperBound...]
    }
    return result + rest
  }
}

extension Substring {
  /// The beginning, of at most so many bytes, with its last character whole.
  func cut(to bytes: Int) -> Substring {
    guard utf8.count > bytes else { return self }
    return self[..<utf8.index(startIndex, offsetBy: bytes)].dropLast()
  }

  /// Where these words stand first, found byte by byte: that takes as long for flags and accents as for letters.
  func place(of words: String) -> Range<Index>? { utf8.firstRange(of: words.utf8) }

  var trimmingBlanks: Substring {
    guard let first = firstIndex(where: { !$0.isWhitespace }), let last = lastIndex(where: { !$0.isWhitespace }) else { return "" }
    return self[first...last]
  }
}

extension String {
  func cut(to bytes: Int) -> Substring { self[...].cut(to: bytes) }

  var trimmingBlanks: Substring { self[...].trimmingBlanks }
}
