import Interchange

/// The two sides of a card as Markdown: its template filled in, the HTML turned into plain words with a little emphasis.
public struct CardFaces: Sendable, Hashable {
  public let front: String
  public let back: String

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
    fields["Tags"] = note.tags.joined(separator: " ")
    fields["Deck"] = deck
    fields["Subdeck"] = deck.split(separator: ":").last.map(String.init) ?? deck
    fields["Type"] = type.name
    fields["Card"] = template.name
    let gap = type.isCloze ? card.ordinal + 1 : nil
    front = HTMLMarkdown.text(CardTemplate(template.front).filled(fields, gap: gap, isBack: false), media: media)
    back = HTMLMarkdown.text(CardTemplate(template.back).filled(fields, gap: gap, isBack: true), media: media)
  }
}

/// One side of a template: text with `{{Field}}`, `{{filter:Field}}`, `{{#Field}}…{{/Field}}` and `{{^Field}}…{{/Field}}`.
struct CardTemplate {
  private let text: String
  static let mostDepth = 20

  init(_ text: String) { self.text = text }

  func filled(_ fields: [String: String], gap: Int?, isBack: Bool) -> String {
    var result = ""
    var rest = text[...]
    /// Whether each open section is shown.
    var shown: [Bool] = []
    while let open = rest.firstRange(of: "{{") {
      let isShown = !shown.contains(false)
      if isShown { result += rest[..<open.lowerBound] }
      guard let close = rest[open.upperBound...].firstRange(of: "}}") else { return result }
      let tag = rest[open.upperBound..<close.lowerBound].trimmingBlanks
      rest = rest[close.upperBound...]
      let name = String(tag.dropFirst().trimmingBlanks)
      switch tag.first {
      case "#" where shown.count < Self.mostDepth: shown.append(!Self.isEmpty(fields[name]))
      case "^" where shown.count < Self.mostDepth: shown.append(Self.isEmpty(fields[name]))
      case "/": _ = shown.popLast()
      default: if isShown { result += Self.value(tag, fields, gap: gap, isBack: isBack) }
      }
    }
    return shown.contains(false) ? result : result + rest
  }

  private static func isEmpty(_ field: String?) -> Bool { HTMLText.plain(field ?? "").trimmingBlanks.isEmpty }

  private static func value(_ tag: Substring, _ fields: [String: String], gap: Int?, isBack: Bool) -> String {
    // The back stands under the front, so the front is not said again.
    if tag == "FrontSide" { return "" }
    let parts = tag.split(separator: ":")
    guard let name = parts.last, let field = fields[String(name.trimmingBlanks)] else { return "" }
    let filters = Set(parts.dropLast().map { $0.trimmingBlanks })
    if filters.contains("cloze") { return ClozeText(field).shown(gap: gap ?? 1, isBack: isBack) }
    if filters.contains("type") { return isBack ? field : "" }
    return field
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
    while let open = rest.firstMatch(of: /\{\{c(\d{1,3})::/) {
      result += rest[..<open.range.lowerBound]
      let inside = rest[open.range.upperBound...]
      guard let close = inside.firstRange(of: "}}") else { return result + rest[open.range.lowerBound...] }
      let body = inside[..<close.lowerBound]
      let hintMark = body.firstRange(of: "::")
      let answer = hintMark.map { body[..<$0.lowerBound] } ?? body
      if Int(open.1) == gap {
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
  var trimmingBlanks: Substring {
    guard let first = firstIndex(where: { !$0.isWhitespace }), let last = lastIndex(where: { !$0.isWhitespace }) else { return "" }
    return self[first...last]
  }
}

extension String {
  var trimmingBlanks: Substring { self[...].trimmingBlanks }
}
