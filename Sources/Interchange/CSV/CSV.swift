/// Comma separated values as RFC 4180 describes them, and as spreadsheets write them.
public enum CSV {
  /// What parts the fields of a row.
  public enum Separator: UInt8, Sendable, Hashable, CaseIterable {
    case comma = 0x2C
    case semicolon = 0x3B
    case tab = 0x09
  }

  /// One row as it stands in the file.
  public struct Record: Sendable, Hashable {
    /// 1 for the first row; rows are counted, not lines, as a quoted field may hold line breaks. Blank lines do not count.
    public let number: Int
    /// Line of the file on which the row begins, 1 for the first.
    public let line: Int
    public let fields: [String]
  }

  /// Bounds on what is read. Beyond them reading stops with a fault.
  public struct Limits: Sendable, Hashable {
    /// Rows, the header included.
    public var rows: Int
    public var fieldsInRow: Int
    public var bytesInField: Int

    public init(rows: Int = 100_000, fieldsInRow: Int = 200, bytesInField: Int = 100_000) {
      self.rows = rows
      self.fieldsInRow = fieldsInRow
      self.bytesInField = bytesInField
    }
  }

  /// Why a row cannot be read, or not be used.
  public struct Fault: Error, Sendable, Hashable {
    public let row: Int
    public let line: Int
    /// Stable, kebab case, such as `too-many-rows`.
    public let code: String
    /// What is wrong, for a place that names the row itself; it begins in lower case.
    public let sentence: String
    /// The same with the row number.
    public var text: String { "Row \(row): \(sentence)" }

    init(row: Int, line: Int, code: String, _ sentence: String) {
      self.row = row
      self.line = line
      self.code = code
      self.sentence = sentence
    }
  }
}
