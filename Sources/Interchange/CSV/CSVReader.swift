extension CSV {
  /// Reads rows while bytes arrive: UTF-8, with or without byte order mark; line endings LF, CRLF or CR.
  ///
  /// Feed every chunk to ``read(_:)``, then call ``finish()`` once. After a fault nothing more is read. Linear time; memory for
  /// one row, and for the first row before the separator is known.
  public struct Reader: Sendable {
    /// Known as soon as the first row has ended.
    public private(set) var separator: Separator?

    private let limits: Limits
    private var start: [UInt8] = []
    private var parser: CSVParser?
    private var insideQuotes = false
    private var hasContent = false

    /// - Parameter separator: `nil` takes the one that stands most often in the first row.
    public init(separator: Separator? = nil, limits: Limits = Limits()) {
      self.separator = separator
      self.limits = limits
    }

    public mutating func read(_ chunk: some Sequence<UInt8>) throws(Fault) -> [Record] {
      var records: [Record] = []
      for byte in chunk {
        if parser != nil {
          try parser?.take(byte, into: &records)
        } else {
          try collect(byte, into: &records)
        }
      }
      return records
    }

    /// The rows that were still open when the file ended.
    public mutating func finish() throws(Fault) -> [Record] {
      var records: [Record] = []
      if parser == nil { try begin(&records) }
      try parser?.finish(into: &records)
      return records
    }

    /// Keeps the first row until it is complete.
    private mutating func collect(_ byte: UInt8, into records: inout [Record]) throws(Fault) {
      start.append(byte)
      if byte == Ascii.quote { insideQuotes.toggle() }
      if !Ascii.isBlank(byte) { hasContent = true }
      let isLineEnd = byte == Ascii.lineFeed || byte == Ascii.carriageReturn
      let isComplete = isLineEnd && !insideQuotes && hasContent
      if isComplete || start.count > limits.bytesInField { try begin(&records) }
    }

    private mutating func begin(_ records: inout [Record]) throws(Fault) {
      if start.starts(with: [0xFF, 0xFE]) || start.starts(with: [0xFE, 0xFF]) {
        throw Fault(row: 1, line: 1, code: "utf-16", "the file is UTF-16. Save it as \"CSV UTF-8\" and import it again.")
      }
      if start.starts(with: [0xEF, 0xBB, 0xBF]) { start.removeFirst(3) }
      let separator = separator ?? Self.mostFrequent(in: start)
      self.separator = separator
      parser = CSVParser(separator: separator.rawValue, limits: limits)
      for byte in start { try parser?.take(byte, into: &records) }
      start = []
    }

    private static func mostFrequent(in bytes: [UInt8]) -> Separator {
      var counts: [Separator: Int] = [:]
      var insideQuotes = false
      for byte in bytes {
        if byte == Ascii.quote { insideQuotes.toggle() }
        if !insideQuotes, let separator = Separator(rawValue: byte) { counts[separator, default: 0] += 1 }
      }
      return Separator.allCases.reduce(.comma) { counts[$1, default: 0] > counts[$0, default: 0] ? $1 : $0 }
    }
  }

  /// All rows of a file.
  public static func records(
    _ bytes: some Sequence<UInt8>, separator: Separator? = nil, limits: Limits = Limits()
  ) throws(Fault) -> [Record] {
    var reader = Reader(separator: separator, limits: limits)
    return try reader.read(bytes) + reader.finish()
  }
}
