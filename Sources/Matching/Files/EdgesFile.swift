extension ProgramReader {
  /// Reads edges.csv: `mentee,mentor,mentee_score,mentor_score` (each ±1,000,000) or `mentee,mentor,weight` (±2,000,000), columns in any
  /// order.
  ///
  /// - Complexity: O(bytes), about a nanosecond each for plain rows; rows with quotes or blanks take a slower way.
  public mutating func readEdges(_ bytes: Span<UInt8>) throws(RowFault) {
    var plain = PlainRows(bytes)
    let header = Header(plain.next(bytes))
    let columns = try EdgeColumns(header)
    rows = PairRows(areWeights: columns.areWeights, expected: bytes.count / 18 + 16)
    var position = plain.position
    var line = plain.line
    var last = FastRow()
    while position < bytes.count {
      var row = FastRow()
      let next = columns.count <= 16 ? row.scan(bytes, from: position, columns) : -1
      if next > 0, row.isPlain(columns), try take(row, after: last) {
        position = next
        line += 1
        last = row
        continue
      }
      var slow = PlainRows(at: position, line: line)
      let fields = slow.next(bytes)
      position = slow.position
      line = slow.line
      if let fields { try take(fields, columns, header, line: line) }
    }
  }

  /// Adds a plain row; false when somebody in it is not known yet.
  @inline(__always)
  private mutating func take(_ row: FastRow, after last: FastRow) throws(RowFault) -> Bool {
    guard row.mentor.length <= 8, row.mentee.length <= 8 else { return false }
    let mentor = mentors.number(row.mentor, text: { "" })
    let mentee = row.mentee == last.mentee && rows.count > 0 ? rows.lastMentee : mentees.number(row.mentee, text: { "" })
    guard mentor >= 0, mentee >= 0 else { return false }
    rows.append(mentee: mentee, mentor: mentor, menteeScore: row.first, mentorScore: row.second)
    return true
  }

  private mutating func take(_ fields: [[UInt8]], _ columns: EdgeColumns, _ header: Header, line: Int) throws(RowFault) {
    guard fields.count == header.count else { return try refuse("edges.csv", line, "wrong number of fields") }
    do throws(FieldFault) {
      let first = try fields[columns.first].integer(in: columns.range)
      let second = try fields[columns.second].integer(in: columns.range)
      guard !fields[columns.mentee].isEmpty, !fields[columns.mentor].isEmpty else { throw FieldFault("empty id") }
      guard let menteeID = fields[columns.mentee].text, let mentorID = fields[columns.mentor].text else {
        throw FieldFault("an id that is not UTF-8")
      }
      let mentor = mentors.number(fields[columns.mentor].key, text: { mentorID })
      guard mentor >= 0 else { throw FieldFault("unknown mentor: '\(mentorID.prefix(20))'") }
      var mentee = mentees.number(fields[columns.mentee].key, text: { menteeID })
      if mentee < 0, !menteesAreListed { mentee = mentees.add(fields[columns.mentee].key, menteeID) }
      guard mentee >= 0 else { throw FieldFault("unknown mentee: '\(menteeID.prefix(20))'") }
      rows.append(mentee: mentee, mentor: mentor, menteeScore: Int32(first), mentorScore: Int32(second))
    } catch {
      try refuse("edges.csv", line, error.reason)
    }
  }
}

/// The columns of edges.csv.
struct EdgeColumns {
  let mentee: Int
  let mentor: Int
  let first: Int
  let second: Int
  let count: Int
  let areWeights: Bool
  /// What each of the first sixteen columns holds, four bits each; in a wider file no row counts as plain.
  private let kinds: UInt64

  enum Kind: UInt8 { case mentee, mentor, first, second, other }

  @inline(__always)
  func kind(_ place: Int) -> Kind { Kind(rawValue: UInt8(truncatingIfNeeded: kinds >> UInt64(4 &* place)) & 15) ?? .other }

  var range: ClosedRange<Int> { areWeights ? -2_000_000...2_000_000 : -1_000_000...1_000_000 }

  init(_ header: Header) throws(RowFault) {
    count = header.count
    mentee = try header.need("mentee", file: "edges.csv")
    mentor = try header.need("mentor", file: "edges.csv")
    if let weight = header["weight"] {
      (first, second, areWeights) = (weight, weight, true)
    } else {
      first = try header.need("mentee_score", file: "edges.csv")
      second = try header.need("mentor_score", file: "edges.csv")
      areWeights = false
    }
    var kinds = [Kind](repeating: .other, count: header.count)
    kinds[second] = .second
    kinds[first] = .first
    kinds[mentor] = .mentor
    kinds[mentee] = .mentee
    self.kinds = kinds.prefix(16).enumerated().reduce(0) { $0 | UInt64($1.element.rawValue) << UInt64(4 * $1.offset) }
  }
}
