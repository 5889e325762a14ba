extension CSV {
  /// What a cell holds. A text is guarded against being run as a formula, a number is written as it is.
  public enum Cell: Sendable, Hashable, ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral {
    case text(String)
    case integer(Int)
    /// Not finite is written as an empty cell.
    case decimal(Double)
    case empty

    public init(stringLiteral text: String) { self = .text(text) }
    public init(integerLiteral number: Int) { self = .integer(number) }
    public init(floatLiteral number: Double) { self = .decimal(number) }
  }

  /// Builds a file row by row; rows end in CRLF.
  public struct Writer: Sendable {
    /// The file so far.
    public private(set) var text: String
    private let separator: Separator

    /// - Parameter byteOrderMark: lets spreadsheets on Windows recognise UTF-8.
    public init(separator: Separator = .comma, byteOrderMark: Bool = false) {
      self.separator = separator
      text = byteOrderMark ? "\u{FEFF}" : ""
    }

    public mutating func append(_ cells: [Cell]) {
      guard let first = cells.first else { return }
      // A row of one empty cell must not look like a blank line.
      let line = cells.count == 1 && written(first).isEmpty ? "\"\"" : cells.map(written).joined(separator: sign)
      text += line + "\r\n"
    }

    private var sign: String { String(Unicode.Scalar(separator.rawValue)) }

    private func written(_ cell: Cell) -> String {
      switch cell {
      case .text(let text): quoted(CSV.guarded(text))
      case .integer(let number): String(number)
      case .decimal(let number): number.isFinite ? quoted(number.description) : ""
      case .empty: ""
      }
    }

    private func quoted(_ text: String) -> String {
      let signs: [UInt8] = [Ascii.quote, Ascii.carriageReturn, Ascii.lineFeed, Ascii.space, separator.rawValue]
      // At the start of a file an unquoted U+FEFF would be taken for a byte order mark.
      guard text.utf8.contains(where: signs.contains) || text.utf8.starts(with: "\u{FEFF}".utf8) else { return text }
      var scalars = String.UnicodeScalarView("\"".unicodeScalars)
      for scalar in text.unicodeScalars {
        if scalar == "\"" { scalars.append(scalar) }
        scalars.append(scalar)
      }
      scalars.append("\"")
      return String(scalars)
    }
  }

  /// A file of rows.
  public static func text(_ rows: [[Cell]], separator: Separator = .comma, byteOrderMark: Bool = false) -> String {
    var writer = Writer(separator: separator, byteOrderMark: byteOrderMark)
    for row in rows { writer.append(row) }
    return writer.text
  }

  /// The text with an apostrophe before it if a spreadsheet would run it: it begins with `= + - @`, tab or CR.
  ///
  /// Apostrophes already there get one more, so that ``unguarded(_:)`` always gives the text back. NUL becomes U+FFFD.
  public static func guarded(_ text: String) -> String {
    let text = text.utf8.contains(0) ? String(String.UnicodeScalarView(text.unicodeScalars.map { $0 == "\0" ? "\u{FFFD}" : $0 })) : text
    return isFormula(text) ? "'" + text : text
  }

  /// The text an export guarded.
  public static func unguarded(_ text: String) -> String {
    guard text.utf8.first == Ascii.apostrophe, isFormula(text) else { return text }
    return String(text.unicodeScalars.dropFirst())
  }

  /// Whether the first sign after any apostrophes would start a formula.
  private static func isFormula(_ text: String) -> Bool {
    guard let first = text.utf8.first(where: { $0 != Ascii.apostrophe }) else { return false }
    return "=+-@\t\r".utf8.contains(first)
  }
}
