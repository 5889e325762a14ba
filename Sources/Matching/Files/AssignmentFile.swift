extension ProgramFiles {
  /// assignment.csv: `mentee,mentor,weight`, people in the order of their files.
  public func assignment(_ pairs: [Int]) -> [UInt8] {
    var text: [UInt8] = Array("mentee,mentor,weight\n".utf8)
    text.reserveCapacity(pairs.count * 20)
    for pair in pairs {
      Self.append(mentees[problem.table.mentee(of: pair)], to: &text)
      text.append(44)
      Self.append(mentors[problem.table.mentor(of: pair)], to: &text)
      text.append(44)
      text.append(contentsOf: String(problem.table.weight(of: pair)).utf8)
      text.append(10)
    }
    return text
  }

  /// Reads an assignment back, to check it: as `readPrevious`, but a weight that is not the pair's is a fault.
  public func readAssignment(_ bytes: Span<UInt8>) throws(RowFault) -> (
    named: [MatchDiff.Pair], numbers: [Int], impossible: [MatchDiff.Pair]
  ) {
    try read(bytes, file: "assignment.csv", checksWeights: true)
  }

  /// Reads an earlier assignment: the pairs by name, and the numbers of those that are possible.
  ///
  /// - Throws: A fault for a missing column or a row of another length.
  public func readPrevious(_ bytes: Span<UInt8>) throws(RowFault) -> (
    named: [MatchDiff.Pair], numbers: [Int], impossible: [MatchDiff.Pair]
  ) {
    try read(bytes, file: "assignment.csv", checksWeights: false)
  }

  private func read(_ bytes: Span<UInt8>, file: String, checksWeights: Bool) throws(RowFault) -> (
    named: [MatchDiff.Pair], numbers: [Int], impossible: [MatchDiff.Pair]
  ) {
    var rows = PlainRows(bytes)
    let header = Header(rows.next(bytes))
    let menteePlace = try header.need("mentee", file: file)
    let mentorPlace = try header.need("mentor", file: file)
    let menteeNumbers = Dictionary(mentees.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    let mentorNumbers = Dictionary(mentors.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    var named: [MatchDiff.Pair] = []
    var numbers: [Int] = []
    var impossible: [MatchDiff.Pair] = []
    while let row = rows.next(bytes) {
      guard row.count == header.count else { throw RowFault(file: file, line: rows.line, reason: "wrong number of fields") }
      let pair = MatchDiff.Pair(
        mentee: String(decoding: row[menteePlace], as: UTF8.self), mentor: String(decoding: row[mentorPlace], as: UTF8.self))
      named.append(pair)
      guard let mentee = menteeNumbers[pair.mentee], let mentor = mentorNumbers[pair.mentor],
        let number = problem.table.number(mentee: mentee, mentor: mentor)
      else {
        impossible.append(pair)
        continue
      }
      if checksWeights, let place = header["weight"], let weight = try? row[place].integer(in: -2_000_000...2_000_000),
        weight != problem.table.weight(of: number)
      {
        throw RowFault(file: file, line: rows.line, reason: "the weight of this pair is \(problem.table.weight(of: number))")
      }
      numbers.append(number)
    }
    return (named, numbers, impossible)
  }

  /// Writes a field, in quotes where needed.
  static func append(_ field: String, to text: inout [UInt8]) {
    guard field.utf8.contains(where: { $0 == 44 || $0 == 34 || $0 == 10 || $0 == 13 }) else { return text.append(contentsOf: field.utf8) }
    text.append(34)
    for byte in field.utf8 {
      if byte == 34 { text.append(34) }
      text.append(byte)
    }
    text.append(34)
  }
}
