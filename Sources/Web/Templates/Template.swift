/// One template, read once: text, and places for what a value says. The part of Mustache that pages need:
///
/// | tag | prints |
/// |---|---|
/// | `{{name}}`, `{{a.b}}`, `{{.}}` | a value, escaped unless it is markup of ours; `{{.name}}` looks at the innermost value only |
/// | `{{#name}}…{{/name}}` | what is inside, for each item of a list, or once for what is there and not empty |
/// | `{{^name}}…{{/name}}` | what is inside when there is nothing |
/// | `{{#first()}}`, `{{#last()}}` | what is inside at the first or last item of the list around |
/// | `{{> name}}` | another template |
/// | `{{<name}}{{$part}}…{{/part}}{{/name}}` | another template with some of its `{{$part}}…{{/part}}` replaced |
///
/// A line that holds nothing but one tag of the lower five kinds leaves no line behind.
struct Template: Sendable {
  indirect enum Part: Sendable {
    case text([UInt8])
    case value(Path)
    case section(Path, isInverted: Bool, [Part])
    case place(Place, isInverted: Bool, [Part])
    case template(String, parts: [String: [Part]])
    case part(String, [Part])
  }

  /// Where a value is found.
  struct Path: Sendable {
    /// Empty for the innermost value itself.
    let names: [String]
    /// Whether only the innermost value is looked at.
    let isInner: Bool

    init(_ text: String) {
      names = text.split(separator: ".").map(String.init)
      isInner = text.hasPrefix(".")
    }
  }

  /// A place in the list around.
  enum Place: String, Sendable { case first = "first()", last = "last()" }

  let parts: [Part]

  /// The templates that it names.
  var named: Set<String> { Template.named(in: parts) }

  private static func named(in parts: [Part]) -> Set<String> {
    parts.reduce(into: []) { names, part in
      switch part {
      case .text, .value: break
      case .section(_, _, let inner), .place(_, _, let inner), .part(_, let inner): names.formUnion(named(in: inner))
      case .template(let name, let replaced):
        names.insert(name)
        for inner in replaced.values { names.formUnion(named(in: inner)) }
      }
    }
  }
}
