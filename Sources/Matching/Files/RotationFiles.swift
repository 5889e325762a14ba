extension ProgramFiles {
  /// The request for a program's rounds: capacities are meetings wanted at most.
  public func rotation(rounds: Int, firstRound: Int = 1, tables: Int? = nil) -> RotationRequest {
    RotationRequest(
      table: problem.table, mentees: problem.mentees.map { .init(least: $0.least, most: $0.most) },
      mentors: problem.mentors.map { .init(least: $0.least, most: $0.most) }, rounds: rounds, firstRound: firstRound, tables: tables)
  }

  /// Reads presence.csv (`person,from,to`, rounds counted from 1) into a request. Who is not in it is there all the time.
  public func readPresence(_ bytes: Span<UInt8>, into request: inout RotationRequest) throws(RowFault) {
    let file = "presence.csv"
    let people = (Self.numbers(mentees), Self.numbers(mentors))
    try rows(bytes, file, ["person", "from", "to"]) { (fields) throws(FieldFault) in
      let from = try fields[1].integer(in: 1...1000)
      let to = try fields[2].integer(in: 0...1000)
      let name = fields[0].text ?? ""
      guard people.0[name] != nil || people.1[name] != nil else { throw FieldFault("unknown person: '\(name.prefix(20))'") }
      // Somebody who left before arriving is not there at all.
      let most: Int? = from > to ? 0 : nil
      if let mentee = people.0[name] {
        request.mentees[mentee].present = from...max(from, to)
        request.mentees[mentee].most = most ?? request.mentees[mentee].most
      }
      if let mentor = people.1[name] {
        request.mentors[mentor].present = from...max(from, to)
        request.mentors[mentor].most = most ?? request.mentors[mentor].most
      }
    }
  }

  /// Reads met.csv (`mentee,mentor`): pairs that met before the event.
  public func readMet(_ bytes: Span<UInt8>, into request: inout RotationRequest) throws(RowFault) {
    let people = (Self.numbers(mentees), Self.numbers(mentors))
    try rows(bytes, "met.csv", ["mentee", "mentor"]) { (fields) throws(FieldFault) in
      guard let mentee = people.0[fields[0].text ?? ""] else { throw FieldFault("unknown mentee") }
      guard let mentor = people.1[fields[1].text ?? ""] else { throw FieldFault("unknown mentor") }
      request.met.append((mentee, mentor))
    }
  }

  /// Reads the rounds before the request's first one from a rotation (`round,mentee,mentor[,table]`).
  public func readPlayed(_ bytes: Span<UInt8>, into request: inout RotationRequest) throws(RowFault) {
    let people = (Self.numbers(mentees), Self.numbers(mentors))
    try rows(bytes, "rotation.csv", ["round", "mentee", "mentor"]) { (fields) throws(FieldFault) in
      let round = try fields[0].integer(in: 1...1000)
      guard round < request.firstRound else { return }
      guard let mentee = people.0[fields[1].text ?? ""] else { throw FieldFault("unknown mentee") }
      guard let mentor = people.1[fields[2].text ?? ""] else { throw FieldFault("unknown mentor") }
      request.played.append((round, mentee, mentor))
    }
  }

  /// rotation.csv: `round,mentee,mentor,table`.
  public func rotationFile(_ rotation: Rotation) -> [UInt8] {
    var text: [UInt8] = Array("round,mentee,mentor,table\n".utf8)
    for meeting in rotation.meetings {
      text.append(contentsOf: "\(meeting.round),".utf8)
      Self.append(mentees[meeting.mentee], to: &text)
      text.append(44)
      Self.append(mentors[meeting.mentor], to: &text)
      text.append(contentsOf: ",\(meeting.table)\n".utf8)
    }
    return text
  }

  private static func numbers(_ names: [String]) -> [String: Int] {
    Dictionary(names.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// Hands over the wanted fields of each row.
  private func rows(
    _ bytes: Span<UInt8>, _ file: String, _ columns: [String], _ take: ([[UInt8]]) throws(FieldFault) -> Void
  ) throws(RowFault) {
    var rows = PlainRows(bytes)
    let header = Header(rows.next(bytes))
    var places: [Int] = []
    for column in columns { places.append(try header.need(column, file: file)) }
    while let row = rows.next(bytes) {
      guard row.count == header.count else { throw RowFault(file: file, line: rows.line, reason: "wrong number of fields") }
      do throws(FieldFault) { try take(places.map { row[$0] }) } catch {
        throw RowFault(file: file, line: rows.line, reason: error.reason)
      }
    }
  }
}
