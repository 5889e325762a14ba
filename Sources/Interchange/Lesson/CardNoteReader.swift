extension CardNote {
  /// Reads `front :: back` or a sentence with `{{hidden}}` or `{{1:hidden}}`; `id=…` may end the line.
  static func read(_ line: SourceLine, lesson: String) throws(Finding) -> CardNote {
    guard line.text.utf8.count <= 4_000 else {
      throw Finding(line: line.number, code: "card-too-long", text: "A card has at most 4000 bytes.")
    }
    let (body, id) = takeID(line.text.trimmed)
    let content: Content
    if let sides = try sides(of: body, line: line.number) {
      content = .twoSided(front: sides.front, back: sides.back)
    } else {
      content = .cloze(try pieces(of: body, line: line.number))
    }
    return CardNote(lesson: lesson, id: id, content: content)
  }

  private static func takeID(_ text: String) -> (body: String, id: String?) {
    guard let parts = text.cutLast(at: " id="), isID(parts.after) else { return (text, nil) }
    return (parts.before.trimmed, parts.after)
  }

  static func isID(_ text: String) -> Bool {
    (1...64).contains(text.utf8.count)
      && text.utf8.allSatisfy { Ascii.isLetter($0) || Ascii.isDigit($0) || $0 == Ascii.minus || $0 == 0x5F }
  }

  private static func sides(of body: String, line: Int) throws(Finding) -> (front: String, back: String)? {
    var cursor = ByteCursor(body.utf8)
    var front: [UInt8] = []
    while let byte = cursor.peek() {
      if cursor.skip("\\::") {
        front += "::".utf8
      } else if cursor.skip("::") {
        let sides = (
          front: String(decoding: front, as: UTF8.self).trimmed,
          back: unescaped(String(decoding: cursor.rest, as: UTF8.self)).trimmed
        )
        guard !sides.front.isEmpty, !sides.back.isEmpty else {
          throw Finding(line: line, code: "empty-side", text: "A card has nothing before or after its ::.")
        }
        guard sides.front.cut(at: "{{") == nil || sides.front.cut(at: "}}") != nil else {
          throw Finding(line: line, code: "bad-cloze", text: "Inside {{ }} write one colon after the number, and \\:: for two colons.")
        }
        return sides
      } else {
        front.append(byte)
        cursor.next()
      }
    }
    return nil
  }

  private static func unescaped(_ text: String) -> String {
    var cursor = ByteCursor(text.utf8)
    var bytes: [UInt8] = []
    while let byte = cursor.peek() {
      if cursor.skip("\\::") {
        bytes += "::".utf8
      } else {
        bytes.append(byte)
        cursor.next()
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func pieces(of body: String, line: Int) throws(Finding) -> [ClozePiece] {
    var pieces: [ClozePiece] = []
    var rest = body
    while let (before, after) = rest.cut(at: "{{") {
      guard let (hidden, remainder) = after.cut(at: "}}"), hidden.cut(at: "{{") == nil, before.cut(at: "}}") == nil else {
        throw Finding(line: line, code: "bad-cloze", text: "The braces {{ and }} do not pair up.")
      }
      if !before.isEmpty { pieces.append(ClozePiece(unescaped(before))) }
      pieces.append(try hiddenPiece(hidden, line: line))
      guard pieces.count <= 100 else { throw Finding(line: line, code: "bad-cloze", text: "A line hides more than 50 pieces.") }
      rest = remainder
    }
    guard rest.cut(at: "}}") == nil else {
      throw Finding(line: line, code: "bad-cloze", text: "The braces {{ and }} do not pair up.")
    }
    guard !pieces.isEmpty else {
      throw Finding(line: line, code: "not-a-card", text: "A card is written front :: back, or as a sentence with {{hidden words}}.")
    }
    if !rest.isEmpty { pieces.append(ClozePiece(unescaped(rest))) }
    return numbered(pieces)
  }

  private static func hiddenPiece(_ hidden: String, line: Int) throws(Finding) -> ClozePiece {
    var piece = ClozePiece(unescaped(hidden).trimmed, group: 0)
    if let (number, text) = hidden.cut(at: ":"), number.utf8.allSatisfy(Ascii.isDigit), let group = Int(number) {
      guard (1...99).contains(group) else { throw Finding(line: line, code: "bad-cloze", text: "A cloze group is a number from 1 to 99.") }
      piece = ClozePiece(unescaped(text).trimmed, group: group, hasWrittenGroup: true)
    }
    guard !piece.text.isEmpty else { throw Finding(line: line, code: "bad-cloze", text: "There is nothing between {{ and }}.") }
    return piece
  }

  /// Pieces without a number get the lowest free ones, each its own.
  private static func numbered(_ pieces: [ClozePiece]) -> [ClozePiece] {
    let taken = Set(pieces.filter(\.hasWrittenGroup).compactMap(\.group))
    var free = (1...).lazy.filter { !taken.contains($0) }.makeIterator()
    return pieces.map { piece in
      guard piece.group == 0 else { return piece }
      return ClozePiece(piece.text, group: free.next())
    }
  }

  /// The line that reads back as this note.
  var written: String {
    let line =
      switch content {
      case .twoSided(let front, let back): "\(Self.escaped(front)) :: \(Self.escaped(back))"
      case .cloze(let pieces): pieces.map(Self.written).joined().trimmed
      }
    return hasWrittenID || Self.takeID(line).id != nil ? "\(line) id=\(id)" : line
  }

  private static func written(_ piece: ClozePiece) -> String {
    guard let group = piece.group else { return escaped(piece.text) }
    // A number and a colon at the start of hidden text would be read as its group.
    let looksNumbered = piece.text.cut(at: ":").map { !$0.before.isEmpty && $0.before.utf8.allSatisfy(Ascii.isDigit) } ?? false
    return piece.hasWrittenGroup || looksNumbered ? "{{\(group):\(escaped(piece.text))}}" : "{{\(escaped(piece.text))}}"
  }

  private static func escaped(_ text: String) -> String {
    var cursor = ByteCursor(text.utf8)
    var bytes: [UInt8] = []
    while let byte = cursor.peek() {
      if cursor.skip("::") {
        bytes += "\\::".utf8
      } else {
        bytes.append(byte)
        cursor.next()
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
