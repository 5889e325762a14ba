/// A program read from its files.
public struct ProgramFiles: Sendable {
  /// What is to be decided.
  public let problem: MatchProblem
  /// The ids of the mentees in the order of their numbers.
  public let mentees: [String]
  /// The ids of the mentors in the order of their numbers.
  public let mentors: [String]
  /// Rows left out because they cannot be read, where that was asked for: the first thousand of them.
  public let skipped: [RowFault]
  /// How many rows were left out.
  public let skippedCount: Int
}

/// Reads the files of a program from their bytes: mentors first, then mentees if there is such a file, then edges, pins and bans.
///
/// The formats are those of `tandem lab match`; see the article *Matching a program*.
public struct ProgramReader: ~Copyable {
  var mentors = IdentityIndex()
  var mentees = IdentityIndex()
  var mentorRanges: [PlaceRange] = []
  var menteeRanges: [PlaceRange] = []
  var menteesAreListed = false
  var rows = PairRows()
  var pins: [(mentee: Int, mentor: Int)] = []
  var pinLines: [Int] = []
  var bans: [(mentee: Int, mentor: Int)] = []
  var traits: TraitColumns?
  let skipsInvalid: Bool
  private var skipped: [RowFault] = []
  private var skippedCount = 0

  /// Makes a reader.
  ///
  /// - Parameters:
  ///   - skipsInvalid: Leave out rows that cannot be read instead of refusing the file.
  ///   - readsTraits: The files of people say what each offers and needs; the pairs come from that instead of edges.csv.
  public init(skipsInvalid: Bool = false, readsTraits: Bool = false) {
    self.skipsInvalid = skipsInvalid
    traits = readsTraits ? TraitColumns() : nil
  }

  mutating func refuse(_ file: String, _ line: Int, _ reason: String) throws(RowFault) {
    let fault = RowFault(file: file, line: line, reason: reason)
    guard skipsInvalid else { throw fault }
    skippedCount += 1
    if skipped.count < 1000 { skipped.append(fault) }
  }

  /// Puts together what was read, once; sorting the pairs is the first step of solving.
  public mutating func finish() throws(RowFault) -> ProgramFiles {
    guard let traits else { return try put() }
    let ranking = TraitPairs(traits, mentees: mentees.names, mentors: mentors.names, mentorRanges: mentorRanges)
    var found = ranking.shortlists(pins: pins)
    while true {
      rows = found.rows()
      let files = try put()
      guard found.widen(files.problem, ranking) else { return files }
    }
  }

  private mutating func put() throws(RowFault) -> ProgramFiles {
    if !menteesAreListed { menteeRanges = Array(repeating: PlaceRange(most: 1), count: mentees.names.count) }
    var pairs = PairRows()
    swap(&pairs, &rows)
    let table = PairTable(pairs, mentees: mentees.names.count, mentors: mentors.names.count)
    let problem: MatchProblem
    do {
      problem = try MatchProblem(table: table, mentees: menteeRanges, mentors: mentorRanges, pins: pins, bans: bans)
    } catch {
      switch error {
      case .pin(let mentee, let mentor):
        throw RowFault(
          file: "pins.csv", line: pinLines.first ?? 0,
          reason: "not an allowed pair: '\(mentees.names[mentee])', '\(mentors.names[mentor])'")
      case .tooManyPins(let isMentee, let person):
        throw RowFault(
          file: "pins.csv", line: 0, reason: "more pins than places: '\(isMentee ? mentees.names[person] : mentors.names[person])'")
      case .places: throw RowFault(file: "mentors.csv", line: 0, reason: "places out of range")
      case .tooLarge: throw RowFault(file: "edges.csv", line: 0, reason: "too large for exact arithmetic")
      }
    }
    return ProgramFiles(
      problem: problem, mentees: mentees.names, mentors: mentors.names, skipped: skipped, skippedCount: skippedCount)
  }
}
