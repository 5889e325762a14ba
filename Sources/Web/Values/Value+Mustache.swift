import Mustache

/// Templates read values directly, without reflection.
extension Value: MustacheParent, MustacheCustomRenderable, MustacheCustomRepresentation {
  public func child(named name: String) -> Any? {
    guard case .object(let fields) = self, let value = fields[name] else { return nil }
    if case .null = value { return nil }
    return value
  }

  public var renderText: String {
    switch self {
    case .string(let text): text
    case .integer(let value): String(value)
    case .real(let value): JSONWriter.number(value)
    case .bool(let value): String(value)
    case .html(let markup): markup
    case .null, .bytes, .array, .object: ""
    }
  }

  /// Empty text counts as absent, so that `{{#note}}…{{/note}}` needs no second flag.
  public var isNull: Bool {
    switch self {
    case .null, .bytes: true
    case .string(let text): text.isEmpty
    case .html(let markup): markup.isEmpty
    default: false
    }
  }

  public var representation: Any? {
    switch self {
    case .null, .bytes: nil
    case .bool(let value): value
    case .array(let items): items
    case .html(let markup) where !markup.isEmpty: Value.literal(markup)
    default: self
    }
  }

  /// A template that prints the markup and cannot be anything else: its delimiters are control characters, which are removed from
  /// the markup first.
  private static func literal(_ markup: String) -> Any? {
    let clean = markup.unicodeScalars.contains { $0 == "\u{1}" } ? markup.replacing("\u{1}", with: "") : markup
    return try? MustacheTemplate(string: "{{=<\u{1} \u{1}>=}}" + clean)
  }
}
