/// Tells code from comments and quoted text, well enough for rules about words. Line breaks stay, so that line numbers hold.
enum SwiftText {
  static func code(of text: String) -> String {
    var reader = Reader(bytes: Array(text.utf8))
    reader.run()
    return String(decoding: reader.out, as: UTF8.self)
  }

  private struct Reader {
    let bytes: [UInt8]
    var place = 0
    var out: [UInt8] = []

    init(bytes: [UInt8]) {
      self.bytes = bytes
      out.reserveCapacity(bytes.count)
    }

    func at(_ offset: Int, _ word: StaticString) -> Bool {
      let start = place + offset
      guard start >= 0, start + word.utf8CodeUnitCount <= bytes.count else { return false }
      return word.withUTF8Buffer { $0.indices.allSatisfy { bytes[start + $0] == word.utf8Start[$0] } }
    }

    mutating func run() {
      while place < bytes.count {
        if at(0, "//") {
          skipLine()
        } else if at(0, "/*") {
          skipBlock()
        } else if at(0, "\"\"\"") {
          skipText(3, hashes: 0)
        } else if at(0, "\"") {
          skipText(1, hashes: 0)
        } else if at(0, "#\"\"\"") {
          skipText(3, hashes: 1)
        } else if at(0, "#\"") {
          skipText(1, hashes: 1)
        } else if at(0, "#/") {
          skipPattern()
        } else {
          out.append(bytes[place])
          place += 1
        }
      }
    }

    mutating func skipLine() { while place < bytes.count, bytes[place] != 10 { place += 1 } }

    mutating func skipBlock() {
      while place < bytes.count, !at(0, "*/") { keepBreak() }
      place = min(place + 2, bytes.count)
    }

    /// A regular expression between `#/` and `/#` on one line.
    mutating func skipPattern() {
      place += 2
      while place < bytes.count, bytes[place] != 10, !at(0, "/#") { place += 1 }
      if at(0, "/#") { place += 2 }
    }

    /// Quoted text with its interpolations; one line of text ends at the end of its line at the latest.
    mutating func skipText(_ quotes: Int, hashes: Int) {
      place += quotes + hashes
      out.append(contentsOf: [34, 34])
      var depth = 0
      while place < bytes.count {
        let byte = bytes[place]
        if quotes == 1, byte == 10 { return }
        if byte == 92, hashes == 0, depth == 0 {
          if at(1, "(") { depth = 1 }
          place = min(place + 2, bytes.count)
          continue
        }
        if depth > 0 {
          if byte == 40 {
            depth += 1
          } else if byte == 41 {
            depth -= 1
          } else if at(0, "\"\"\"") {
            skipInner(3); continue
          } else if byte == 34 {
            skipInner(1)
            continue
          }
        } else if quotes == 3 ? at(0, "\"\"\"") : byte == 34 {
          place += quotes + hashes
          return
        }
        keepBreak()
      }
    }

    /// Text quoted inside an interpolation, itself perhaps with one.
    mutating func skipInner(_ quotes: Int) {
      let kept = out.count
      skipText(quotes, hashes: 0)
      out.removeSubrange(kept..<min(kept + 2, out.count))
    }

    mutating func keepBreak() {
      if bytes[place] == 10 { out.append(10) }
      place += 1
    }
  }
}
