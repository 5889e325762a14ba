extension ProgramReader {
  /// Reads mentors.csv: `mentor,capacity[,min]`.
  public mutating func readMentors(_ bytes: Span<UInt8>) throws(RowFault) {
    try readPeople(bytes, file: "mentors.csv", column: "mentor", areMentees: false)
  }

  /// Reads mentees.csv: `mentee[,capacity][,min]`. Without this file the mentees are those of edges.csv, with one place each.
  public mutating func readMentees(_ bytes: Span<UInt8>) throws(RowFault) {
    menteesAreListed = true
    try readPeople(bytes, file: "mentees.csv", column: "mentee", areMentees: true)
  }

  private mutating func readPeople(_ bytes: Span<UInt8>, file: String, column: String, areMentees: Bool) throws(RowFault) {
    var rows = PlainRows(bytes)
    let header = Header(rows.next(bytes))
    let idPlace = try header.need(column, file: file)
    if traits != nil { try TraitColumns.check(header, file: file, areMentees: areMentees) }
    while let row = rows.next(bytes) {
      guard row.count == header.count else {
        try refuse(file, rows.line, "wrong number of fields")
        continue
      }
      do throws(FieldFault) {
        let most = try header["capacity"].map { (place) throws(FieldFault) in try row[place].integer(in: 0...1_000_000) } ?? 1
        let least =
          try header["min"].map { (place) throws(FieldFault) in
            row[place].isEmpty ? 0 : try row[place].integer(in: 0...1_000_000)
          } ?? 0
        guard !row[idPlace].isEmpty else { throw FieldFault("empty id") }
        guard let id = row[idPlace].text else { throw FieldFault("an id that is not UTF-8") }
        guard least <= most else { throw FieldFault("min above capacity") }
        let own = try traits?.traits(of: row, header, areMentees: areMentees)
        let key = row[idPlace].key
        let range = PlaceRange(least: least, most: most)
        if areMentees {
          guard mentees.number(key, text: { id }) < 0 else { throw FieldFault("id twice: '\(id)'") }
          _ = mentees.add(key, id)
          menteeRanges.append(range)
          if let own { traits?.mentees.append(own) }
        } else {
          guard mentors.number(key, text: { id }) < 0 else { throw FieldFault("id twice: '\(id)'") }
          _ = mentors.add(key, id)
          mentorRanges.append(range)
          if let own { traits?.mentors.append(own) }
        }
      } catch {
        try refuse(file, rows.line, error.reason)
      }
    }
  }
}
