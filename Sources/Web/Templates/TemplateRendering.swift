/// Prints a value through templates, into one run of bytes.
struct TemplateRendering {
  private let templates: [String: Template]
  /// From the whole page to the innermost value.
  private var stack: [Value]
  private(set) var bytes: [UInt8] = []

  /// Parts that a template takes instead of its own.
  private typealias Replaced = [String: [Template.Part]]

  /// Where the innermost value stands in its list.
  private struct Standing {
    var isFirst = false
    var isLast = false
  }

  init(_ value: Value, templates: [String: Template]) {
    self.templates = templates
    stack = [value]
    bytes.reserveCapacity(8192)
  }

  mutating func print(_ template: Template) { print(template.parts, [:], Standing()) }

  private mutating func print(_ parts: [Template.Part], _ replaced: Replaced, _ standing: Standing) {
    for part in parts {
      switch part {
      case .text(let text): bytes += text
      case .value(let path): if let value = find(path) { print(value) }
      case .section(let path, false, let inner): if let value = find(path) { printSection(value, inner, replaced, standing) }
      case .section(let path, true, let inner): if !isSomething(find(path)) { print(inner, replaced, standing) }
      case .place(let place, let isInverted, let inner):
        let isThere = place == .first ? standing.isFirst : standing.isLast
        if isThere != isInverted { print(inner, replaced, standing) }
      // What an outer page replaces counts more than what a template in between does.
      case .template(let name, let parts):
        if let template = templates[name] {
          print(template.parts, parts.isEmpty ? replaced : replaced.merging(parts) { outer, _ in outer }, Standing())
        }
      case .part(let name, let own): print(replaced[name] ?? own, replaced, Standing())
      }
    }
  }

  private mutating func printSection(_ value: Value, _ inner: [Template.Part], _ replaced: Replaced, _ standing: Standing) {
    switch value {
    case .array(let items):
      for (place, item) in items.enumerated() {
        print(item, inner, replaced, Standing(isFirst: place == 0, isLast: place == items.count - 1))
      }
    case .bool(let isTrue): if isTrue { print(inner, replaced, standing) }
    default: if isSomething(value) { print(value, inner, replaced, Standing()) }
    }
  }

  private mutating func print(_ value: Value, _ inner: [Template.Part], _ replaced: Replaced, _ standing: Standing) {
    stack.append(value)
    print(inner, replaced, standing)
    stack.removeLast()
  }

  private mutating func print(_ value: Value) {
    switch value {
    case .string(let text): Escaping.append(text, to: &bytes)
    case .html(let markup): bytes += markup.utf8
    default: bytes += value.plainText.utf8
    }
  }

  /// Empty text counts as nothing, so that `{{#note}}…{{/note}}` needs no second flag.
  private func isSomething(_ value: Value?) -> Bool {
    switch value {
    case nil, .null, .bytes: false
    case .bool(let isTrue): isTrue
    case .string(let text), .html(let text): !text.isEmpty
    case .array(let items): !items.isEmpty
    case .integer, .real, .object: true
    }
  }

  private func find(_ path: Template.Path) -> Value? {
    guard let inner = stack.last else { return nil }
    guard let first = path.names.first else { return inner }
    guard var value = path.isInner ? field(first, of: inner) : outward(first) else { return nil }
    for name in path.names.dropFirst() {
      guard let next = field(name, of: value) else { return nil }
      value = next
    }
    return value
  }

  /// The field of that name of the innermost value that has one.
  private func outward(_ name: String) -> Value? {
    for place in stack.indices.reversed() {
      if let value = field(name, of: stack[place]) { return value }
    }
    return nil
  }

  private func field(_ name: String, of value: Value) -> Value? {
    guard case .object(let fields) = value, let found = fields[name] else { return nil }
    if case .null = found { return nil }
    return found
  }
}

extension Value {
  /// The value as a page shows it, before it is escaped; nothing for lists, objects and bytes.
  var plainText: String {
    switch self {
    case .string(let text): text
    case .html(let markup): markup
    case .integer(let value): String(value)
    case .real(let value): JSONWriter.number(value)
    case .bool(let value): String(value)
    case .null, .bytes, .array, .object: ""
    }
  }
}

/// Text in HTML.
enum Escaping {
  /// Adds a text with the five characters that mean something in HTML written as entities.
  static func append(_ text: String, to bytes: inout [UInt8]) {
    var text = text
    text.withUTF8 { source in
      var start = 0
      for place in source.indices {
        guard let entity = entity(source[place]) else { continue }
        bytes.append(contentsOf: source[start..<place])
        bytes.append(contentsOf: entity.utf8)
        start = place + 1
      }
      bytes.append(contentsOf: source[start...])
    }
  }

  private static func entity(_ byte: UInt8) -> String? {
    switch byte {
    case UInt8(ascii: "<"): "&lt;"
    case UInt8(ascii: ">"): "&gt;"
    case UInt8(ascii: "&"): "&amp;"
    case UInt8(ascii: "\""): "&quot;"
    case UInt8(ascii: "'"): "&#39;"
    default: nil
    }
  }
}
