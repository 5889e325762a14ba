extension ProgramReader {
  /// Reads pins.csv: `mentee,mentor`. A pin of somebody unknown is always refused.
  public mutating func readPins(_ bytes: Span<UInt8>) throws(RowFault) {
    var rows = PlainRows(bytes)
    let header = Header(rows.next(bytes))
    let places = (try header.need("mentee", file: "pins.csv"), try header.need("mentor", file: "pins.csv"))
    while let row = rows.next(bytes) {
      guard let pair = pair(of: row, header, places) else {
        throw RowFault(file: "pins.csv", line: rows.line, reason: reason(row, header, places))
      }
      pins.append(pair)
      pinLines.append(rows.line)
    }
  }

  /// Reads bans.csv: `mentee,mentor`.
  public mutating func readBans(_ bytes: Span<UInt8>) throws(RowFault) {
    var rows = PlainRows(bytes)
    let header = Header(rows.next(bytes))
    let places = (try header.need("mentee", file: "bans.csv"), try header.need("mentor", file: "bans.csv"))
    while let row = rows.next(bytes) {
      if let pair = pair(of: row, header, places) {
        bans.append(pair)
      } else {
        try refuse("bans.csv", rows.line, reason(row, header, places))
      }
    }
  }

  private func pair(of row: [[UInt8]], _ header: Header, _ places: (Int, Int)) -> (mentee: Int, mentor: Int)? {
    guard row.count == header.count, let menteeText = row[places.0].text, let mentorText = row[places.1].text else { return nil }
    let mentee = mentees.number(row[places.0].key, text: { menteeText })
    let mentor = mentors.number(row[places.1].key, text: { mentorText })
    return mentee >= 0 && mentor >= 0 ? (Int(mentee), Int(mentor)) : nil
  }

  private func reason(_ row: [[UInt8]], _ header: Header, _ places: (Int, Int)) -> String {
    guard row.count == header.count else { return "wrong number of fields" }
    guard !row[places.0].isEmpty, !row[places.1].isEmpty else { return "empty id" }
    guard let mentee = row[places.0].text, row[places.1].text != nil else { return "an id that is not UTF-8" }
    return mentees.number(row[places.0].key, text: { mentee }) < 0 ? "unknown mentee" : "unknown mentor"
  }
}
