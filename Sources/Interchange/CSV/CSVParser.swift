/// The states a row goes through, one byte at a time.
struct CSVParser: Sendable {
  private enum State { case fieldStart, plain, quoted, afterQuote, failed }

  private let separator: UInt8
  private let limits: CSV.Limits
  private var state = State.fieldStart
  private var field: [UInt8] = []
  private var fields: [String] = []
  private var row = 1
  private var line = 1
  private var firstLine = 1
  private var previous: UInt8 = 0

  init(separator: UInt8, limits: CSV.Limits) {
    self.separator = separator
    self.limits = limits
  }

  mutating func take(_ byte: UInt8, into records: inout [CSV.Record]) throws(CSV.Fault) {
    guard state != .failed else { return }
    defer { previous = byte }
    let completesPair = byte == Ascii.lineFeed && previous == Ascii.carriageReturn
    if byte == 0 { throw fault("nul", "it holds a NUL byte. Save the file as \"CSV UTF-8\".") }
    switch (state, byte) {
    case (.quoted, Ascii.quote): state = .afterQuote
    case (.quoted, _): try append(byte)
    case (.afterQuote, Ascii.quote):
      try append(byte)
      state = .quoted
    case (_, separator): try endField()
    case (_, Ascii.lineFeed) where completesPair: firstLine = line
    case (_, Ascii.lineFeed), (_, Ascii.carriageReturn): try endRow(into: &records)
    case (.fieldStart, Ascii.quote): state = .quoted
    case (.afterQuote, _): throw fault("text-after-quote", "text follows a closing quotation mark. Double a mark that is text.")
    case (_, Ascii.quote):
      throw fault("stray-quote", "a quotation mark stands inside a field without marks around it. Put the field in marks and double it.")
    default:
      try append(byte)
      state = .plain
    }
    if byte == Ascii.carriageReturn || (byte == Ascii.lineFeed && !completesPair) {
      line += 1
      if state != .quoted { firstLine = line }
    }
  }

  mutating func finish(into records: inout [CSV.Record]) throws(CSV.Fault) {
    if state == .quoted {
      throw fault("open-quote", "a quotation mark that opens in this row, which begins at line \(firstLine), is never closed.")
    }
    if state != .failed { try endRow(into: &records) }
  }

  private mutating func append(_ byte: UInt8) throws(CSV.Fault) {
    guard field.count < limits.bytesInField else {
      throw fault("field-too-long", "a field is longer than \(limits.bytesInField) bytes. A quotation mark may be missing.")
    }
    field.append(byte)
  }

  private mutating func endField() throws(CSV.Fault) {
    guard fields.count < limits.fieldsInRow else {
      throw fault("too-many-fields", "it has more than \(limits.fieldsInRow) fields.")
    }
    guard let text = String(validating: field, as: UTF8.self) else {
      throw fault("not-utf-8", "it is not UTF-8 text. Save the file as \"CSV UTF-8\" and import it again.")
    }
    fields.append(text)
    field.removeAll(keepingCapacity: true)
    state = .fieldStart
  }

  /// A line with nothing on it is no row; `""` is a row with one empty field.
  private mutating func endRow(into records: inout [CSV.Record]) throws(CSV.Fault) {
    if state == .fieldStart, fields.isEmpty { return }
    guard row <= limits.rows else {
      throw fault("too-many-rows", "the file has more than \(limits.rows) rows. Split it and import the parts.")
    }
    try endField()
    records.append(CSV.Record(number: row, line: firstLine, fields: fields))
    fields.removeAll(keepingCapacity: true)
    row += 1
  }

  private mutating func fault(_ code: String, _ sentence: String) -> CSV.Fault {
    state = .failed
    return CSV.Fault(row: row, line: firstLine, code: code, sentence)
  }
}
