/// The strict part of YAML that lessons use: strings, numbers, lists and one level of maps; no anchors, no tags.
struct KeyedText {
  struct Entry {
    let line: Int
    let key: String
    var value: Value
  }

  indirect enum Value {
    case scalar(String)
    case list([Value])
    case map([(key: String, value: String)])
    /// Nothing after the colon; indented lines may follow.
    case nothing
  }

  static let mostLines = 100

  private(set) var entries: [Entry] = []

  /// Reads every line it can; each bad line is one finding.
  static func read(_ lines: [SourceLine], findings: inout [Finding]) -> KeyedText {
    var text = KeyedText()
    if lines.count > mostLines, let first = lines.first {
      findings.append(Finding(line: first.number, code: "too-many-lines", text: "A block of keys has at most \(mostLines) lines."))
      return text
    }
    for line in lines where !line.text.isBlank && !line.text.trimmed.begins(with: "#") {
      do throws(Finding) {
        if line.text.begins(with: " ") || line.text.begins(with: "-") {
          try text.readIndented(line)
        } else {
          try text.readEntry(line)
        }
      } catch {
        findings.append(error)
      }
    }
    return text
  }

  private mutating func readEntry(_ line: SourceLine) throws(Finding) {
    var scanner = KeyedScanner(line)
    guard let key = scanner.takeKey() else {
      throw Finding(line: line.number, code: "not-a-key", text: "This line is not of the form key: value.")
    }
    guard !entries.contains(where: { $0.key == key }) else {
      throw Finding(line: line.number, code: "duplicate-key", text: "The key \(key) stands here a second time.")
    }
    let value = try scanner.value()
    try scanner.finish()
    entries.append(Entry(line: line.number, key: key, value: value))
  }

  /// `- item` extends a list, `key: value` a map.
  private mutating func readIndented(_ line: SourceLine) throws(Finding) {
    let unexpected = Finding(
      line: line.number, code: "unexpected-indentation", text: "This line is indented but belongs to no list. Put each value on one line.")
    guard let last = entries.indices.last else { throw unexpected }
    var scanner = KeyedScanner(line)
    scanner.skipBlanks()
    if scanner.takeDash() {
      let item = try scanner.item()
      try scanner.finish()
      switch entries[last].value {
      case .nothing: entries[last].value = .list([item])
      case .list(let items): entries[last].value = .list(items + [item])
      default: throw unexpected
      }
    } else if let key = scanner.takeKey() {
      let value = try scanner.scalar(inFlow: false)
      try scanner.finish()
      switch entries[last].value {
      case .nothing: entries[last].value = .map([(key, value)])
      case .map(let pairs): entries[last].value = .map(pairs + [(key, value)])
      default: throw unexpected
      }
    } else {
      throw unexpected
    }
  }
}
