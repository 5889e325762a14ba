/// One character of a question. A literal one was escaped and never has a meaning of its own.
struct GIFTGlyph: Equatable {
  let scalar: Unicode.Scalar
  let isLiteral: Bool

  func isSign(_ sign: Unicode.Scalar) -> Bool { !isLiteral && scalar == sign }
  /// A break written as `\n` counts: at the ends of a text it is as good as nothing.
  var isBlank: Bool { scalar.isASCII && Ascii.isBlank(UInt8(truncatingIfNeeded: scalar.value)) }
}

extension Sequence<GIFTGlyph> {
  var text: String {
    var scalars = String.UnicodeScalarView()
    scalars.append(contentsOf: map(\.scalar))
    return String(scalars)
  }
}

extension ArraySlice<GIFTGlyph> {
  /// Sets escapes aside: `\\` first of all, so `\\n` is a backslash and an n.
  init(unescaping raw: String) {
    var glyphs: [GIFTGlyph] = []
    var scalars = raw.unicodeScalars.makeIterator()
    while let scalar = scalars.next() {
      guard scalar == "\\" else {
        glyphs.append(GIFTGlyph(scalar: scalar, isLiteral: false))
        continue
      }
      switch scalars.next() {
      case .some("n"): glyphs.append(GIFTGlyph(scalar: "\n", isLiteral: true))
      case .some(let escaped) where "\\:#={}~".unicodeScalars.contains(escaped):
        glyphs.append(GIFTGlyph(scalar: escaped, isLiteral: true))
      case .some(let other):
        glyphs.append(GIFTGlyph(scalar: "\\", isLiteral: true))
        glyphs.append(GIFTGlyph(scalar: other, isLiteral: false))
      case nil: glyphs.append(GIFTGlyph(scalar: "\\", isLiteral: true))
      }
    }
    self = glyphs[...]
  }

  func holds(_ sign: Unicode.Scalar) -> Bool { contains { $0.isSign(sign) } }

  func position(of sign: Unicode.Scalar) -> Int? { firstIndex { $0.isSign(sign) } }

  /// Where the signs of `run` stand next to each other for the first time.
  func position(ofRun run: String) -> Int? {
    indices.first { self[$0...].begins(withRun: run) }
  }

  func lastPosition(ofRun run: String) -> Int? {
    indices.last { self[$0...].begins(withRun: run) }
  }

  func begins(withRun run: String) -> Bool {
    var index = startIndex
    for sign in run.unicodeScalars {
      guard index < endIndex, self[index].isSign(sign) else { return false }
      index += 1
    }
    return true
  }

  var trimmed: ArraySlice<GIFTGlyph> {
    guard let first = firstIndex(where: { !$0.isBlank }), let last = lastIndex(where: { !$0.isBlank }) else { return [] }
    return self[first...last]
  }

  /// The part before `position` and the part after the `width` glyphs that stand there.
  func split(at position: Int, width: Int) -> (before: ArraySlice<GIFTGlyph>, after: ArraySlice<GIFTGlyph>) {
    (self[..<position], dropFirst(position - startIndex + width))
  }

  /// The part before the first `sign` and, if there is one, the part after it.
  func split(atFirst sign: Unicode.Scalar) -> (before: ArraySlice<GIFTGlyph>, after: ArraySlice<GIFTGlyph>?) {
    guard let position = position(of: sign) else { return (self, nil) }
    let parts = split(at: position, width: 1)
    return (parts.before, parts.after)
  }
}
