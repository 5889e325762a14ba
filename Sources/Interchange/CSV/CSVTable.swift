extension CSV {
  /// A file with a header row, its fields reached by name.
  public struct Table: Sendable {
    /// Names as written in the file, without blanks around them.
    public let header: [String]
    public let rows: [Row]
    /// Rows that do not fit the header, in the order of the file. They are not among ``rows``.
    public let faults: [Fault]

    private let columns: [String: Int]

    /// Reads a whole file.
    ///
    /// - Parameter required: columns that must be there; names are compared without regard to case.
    /// - Throws: the fault that makes the file as a whole unreadable: broken quotes, a limit, a header without a name or with one twice.
    public init(
      _ bytes: some Sequence<UInt8>, required: [String] = [], separator: Separator? = nil, limits: Limits = Limits()
    ) throws(Fault) {
      let records = try CSV.records(bytes, separator: separator, limits: limits)
      guard let first = records.first else { throw Fault(row: 1, line: 1, code: "empty-file", "the file holds no header.") }
      header = first.fields.map(\.trimmed)
      columns = try Self.columns(header, of: first, required: required)
      var rows: [Row] = []
      var faults: [Fault] = []
      for record in records.dropFirst() {
        let surplus = record.fields.dropFirst(header.count)
        if record.fields.count >= header.count, surplus.allSatisfy(\.isEmpty) {
          rows.append(Row(record: record, columns: columns))
        } else {
          faults.append(
            Fault(
              row: record.number, line: record.line, code: "wrong-number-of-fields",
              "it has \(record.fields.count) fields, the header has \(header.count)."))
        }
      }
      (self.rows, self.faults) = (rows, faults)
    }

    private static func columns(_ header: [String], of first: Record, required: [String]) throws(Fault) -> [String: Int] {
      func fault(_ code: String, _ sentence: String) -> Fault { Fault(row: first.number, line: first.line, code: code, sentence) }
      var columns: [String: Int] = [:]
      for (position, name) in header.enumerated() {
        guard !name.isEmpty else { throw fault("column-without-name", "column \(position + 1) has no name.") }
        guard columns.updateValue(position, forKey: name.lowercased()) == nil else {
          throw fault("column-twice", "the column \(name) stands there twice.")
        }
      }
      let missing = required.filter { columns[$0.lowercased()] == nil }
      guard missing.isEmpty else { throw fault("missing-column", "the header lacks \(missing.joined(separator: ", ")).") }
      return columns
    }
  }

  /// A row below the header.
  public struct Row: Sendable {
    public let record: Record
    fileprivate let columns: [String: Int]

    public var number: Int { record.number }
    public var line: Int { record.line }

    /// The field below `name`, compared without regard to case; `nil` when the file has no such column.
    public subscript(_ name: String) -> String? {
      guard let position = columns[name.lowercased()], record.fields.indices.contains(position) else { return nil }
      return record.fields[position]
    }
  }
}
